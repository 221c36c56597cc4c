/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-auth-fixture.h"
#include "tpt-auth-flow.h"
#include "tpt-loopback-redirect.h"
#include "tpt-secret.h"

typedef struct
{
  TptAuthFixture *auth;
  TptRedirect *redirect;
  SoupSession *browser;
  TptClock *clock;
  TptTestResult flow;
  char *address;           /* what the browser was shown */
  char *callback;          /* the redirect URI in it */
  char *state;
  SoupMessage *message;    /* the browser's last, with its answer */
  char *page;
} Fixture;

static void
open_cb (const char *address,
         gpointer    user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GHashTable) query
      = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);

  fixture->address = g_strdup (address);
  fixture->callback = g_strdup (g_hash_table_lookup (query, "redirect_uri"));
  fixture->state = g_strdup (g_hash_table_lookup (query, "state"));
  g_assert_cmpstr (g_hash_table_lookup (query, "client_id"), ==, "client");
  g_assert_cmpstr (g_hash_table_lookup (query, "response_type"), ==, "code");
  g_assert_cmpstr (g_hash_table_lookup (query, "code_challenge_method"), ==, "S256");
  g_assert_cmpstr (g_hash_table_lookup (query, "scope"), ==, "users:read scheduled_events:read");
  fixture->auth->code = g_strdup ("c0de");
  fixture->auth->challenge = g_strdup (g_hash_table_lookup (query, "code_challenge"));
}

static gboolean
is_open_or_over (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->address != NULL || fixture->flow.result != NULL;
}

static void
start (Fixture      *fixture,
       guint16       port,
       guint         timeout_ms,
       GCancellable *cancellable)
{
  static const char *const scopes[] = { "users:read", "scheduled_events:read", NULL };
  TptAuthFlowOptions options = { NULL, "client", scopes, NULL, timeout_ms };

  fixture->auth = tpt_auth_fixture_new ();
  fixture->redirect = tpt_loopback_redirect_new ("127.0.0.1", port, NULL);
  fixture->browser = soup_session_new_with_options ("user-agent", "Browser", NULL);
  fixture->clock = tpt_clock_new_frozen (1800000000 * TPT_SECOND);
  options.auth_url = fixture->auth->address;
  options.redirect = fixture->redirect;
  tpt_auth_flow_run_async (&options, fixture->clock, open_cb, fixture, cancellable,
                           tpt_test_result_cb, &fixture->flow);
  tpt_test_await_func (is_open_or_over, fixture);
}

static TptGrant *
end (Fixture  *fixture,
     GError  **error)
{
  g_autoptr (GAsyncResult) result = tpt_test_await (&fixture->flow);
  TptGrant *grant = tpt_auth_flow_run_finish (result, error);

  g_clear_object (&result);
  /* Closed with the flow. */
  if (fixture->callback != NULL)
    {
      g_autoptr (GUri) uri = g_uri_parse (fixture->callback, G_URI_FLAGS_NONE, NULL);
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
          client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, NULL);

      g_assert_null (connection);
    }
  tpt_test_finalized (g_steal_pointer (&fixture->redirect));
  g_clear_object (&fixture->browser);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->message);
  tpt_auth_fixture_free (fixture->auth);
  g_free (fixture->address);
  g_free (fixture->callback);
  g_free (fixture->state);
  g_free (fixture->page);

  return grant;
}

/* Goes to the callback with @suffix, and one more header; what came back stays in the fixture. */
static guint
visit (Fixture    *fixture,
       const char *method,
       const char *suffix,
       const char *header,
       const char *value)
{
  g_autofree char *address = g_strconcat (fixture->callback, suffix, NULL);
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->message);
  g_clear_pointer (&fixture->page, g_free);
  fixture->message = soup_message_new (method, address);
  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (fixture->message), header,
                                  value);
  soup_session_send_and_read_async (fixture->browser, fixture->message, G_PRIORITY_DEFAULT, NULL,
                                    tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  bytes = soup_session_send_and_read_finish (fixture->browser, result, &error);
  g_assert_no_error (error);
  fixture->page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return soup_message_get_status (fixture->message);
}

static guint
visit_right (Fixture    *fixture,
             const char *more)
{
  g_autofree char *suffix = g_strdup_printf ("?code=c0de&state=%s%s", fixture->state, more);

  return visit (fixture, "GET", suffix, NULL, NULL);
}

static void
check_page (Fixture *fixture)
{
  static const char *const expected[][2] = {
    { "Cache-Control", "no-store" },
    { "Pragma", "no-cache" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Content-Type-Options", "nosniff" },
    { "Connection", "close" },
    { "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" },
  };
  SoupMessageHeaders *headers = soup_message_get_response_headers (fixture->message);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (soup_message_headers_get_one (headers, expected[i][0]), ==, expected[i][1]);
  g_assert_null (strstr (fixture->page, "c0de"));
  g_assert_null (strstr (fixture->page, fixture->state));
  g_assert_null (strstr (fixture->page, "src="));
  g_assert_null (strstr (fixture->page, "href="));
}

static void
test_success (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptGrant) grant = NULL;

  start (&fixture, 0, 0, NULL);
  g_assert_true (g_str_has_prefix (fixture.callback, "http://127.0.0.1:"));
  g_assert_cmpuint (visit_right (&fixture, ""), ==, 200);
  check_page (&fixture);
  grant = end (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (grant->access_token, ==, "access-1");
  g_assert_cmpstr (grant->refresh_token, ==, "refresh-1");
  g_assert_cmpint (grant->expires_at, ==, (1800000000 + 7200) * TPT_SECOND);
  g_assert_cmpstr (grant->scopes[1], ==, "scheduled_events:read");
  g_assert_cmpstr (grant->client_id, ==, "client");
}

/* None of these ends the flow, and after all of them the right one still does. */
static void
test_strangers (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autofree char *huge = g_strnfill (8000, 'x');
  g_autofree char *right = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *both = NULL;
  g_autofree char *long_one = NULL;
  g_autofree char *no_code = NULL;
  g_autofree char *bad_utf8 = NULL;

  start (&fixture, 0, 0, NULL);
  right = g_strdup_printf ("?code=c0de&state=%s", fixture.state);
  twice = g_strdup_printf ("?code=c0de&code=other&state=%s", fixture.state);
  both = g_strdup_printf ("?code=c0de&error=access_denied&state=%s", fixture.state);
  long_one = g_strdup_printf ("?code=c0de&state=%s&x=%s", fixture.state, huge);
  no_code = g_strdup_printf ("?state=%s", fixture.state);
  bad_utf8 = g_strdup_printf ("?code=%%ff%%fe&state=%s", fixture.state);

  g_assert_cmpuint (visit (&fixture, "GET", "", NULL, NULL), ==, 400);
  check_page (&fixture);
  g_assert_cmpuint (visit (&fixture, "GET", "?code=c0de", NULL, NULL), ==, 400);
  g_assert_cmpuint (visit (&fixture, "GET", "?code=c0de&state=wrong", NULL, NULL), ==, 400);
  g_assert_cmpuint (visit (&fixture, "GET", "?error=access_denied&state=wrong", NULL, NULL), ==,
                    400);
  g_assert_cmpuint (visit (&fixture, "GET", no_code, NULL, NULL), ==, 400);
  g_assert_cmpuint (visit (&fixture, "GET", twice, NULL, NULL), ==, 400);
  g_assert_cmpuint (visit (&fixture, "GET", both, NULL, NULL), ==, 400);
  g_assert_cmpuint (visit (&fixture, "GET", long_one, NULL, NULL), ==, 400);
  g_assert_cmpuint (visit (&fixture, "GET", bad_utf8, NULL, NULL), ==, 400);
  g_assert_cmpuint (tpt_loopback_redirect_get_refused (TPT_LOOPBACK_REDIRECT (fixture.redirect)),
                    ==, 9);
  g_assert_cmpuint (visit (&fixture, "POST", right, NULL, NULL), ==, 405);
  g_assert_cmpuint (visit (&fixture, "HEAD", right, NULL, NULL), ==, 405);
  g_assert_cmpuint (visit (&fixture, "GET", right, "Host", "evil.example"), ==, 404);
  g_assert_cmpuint (visit (&fixture, "GET", right, "Host", "127.0.0.1:1"), ==, 404);
  g_assert_cmpuint (visit (&fixture, "GET", right, "Origin", "https://evil.example"), ==, 404);
  g_assert_cmpuint (visit (&fixture, "GET", "/favicon.ico", NULL, NULL), ==, 404);
  g_assert_cmpuint (fixture.auth->forms->len, ==, 0);

  g_assert_cmpuint (visit_right (&fixture, "&scope=x"), ==, 200);
  grant = end (&fixture, &error);
  g_assert_no_error (error);
  g_assert_nonnull (grant);
}

static gboolean
has_ended (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->flow.result != NULL;
}

static void
test_second_callback (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptGrant) grant = NULL;
  g_autofree char *right = NULL;
  g_autofree char *other = NULL;
  TptTestResult first = { NULL }, second = { NULL };
  g_autoptr (SoupMessage) a = NULL;
  g_autoptr (SoupMessage) b = NULL;

  start (&fixture, 0, 0, NULL);
  right = g_strdup_printf ("%s?code=c0de&state=%s", fixture.callback, fixture.state);
  other = g_strdup_printf ("%s?code=other&state=%s", fixture.callback, fixture.state);
  a = soup_message_new ("GET", right);
  b = soup_message_new ("GET", other);
  soup_session_send_and_read_async (fixture.browser, a, 0, NULL, tpt_test_result_cb, &first);
  soup_session_send_and_read_async (fixture.browser, b, 0, NULL, tpt_test_result_cb, &second);
  g_object_unref (tpt_test_await (&first));
  g_object_unref (tpt_test_await (&second));
  g_assert_cmpuint (soup_message_get_status (a), ==, 200);
  tpt_test_await_func (has_ended, &fixture);
  /* One exchange only, with the first code. */
  g_assert_cmpuint (fixture.auth->forms->len, ==, 1);
  g_assert_cmpstr (tpt_auth_fixture_get_field (fixture.auth, 0, "code"), ==, "c0de");
  grant = end (&fixture, &error);
  g_assert_no_error (error);
}

static void
test_denied (void)
{
  static const struct
  {
    const char *query;
    TptAccountError code;
    const char *text;
  } cases[] = {
    { "?error=access_denied&error_description=no", TPT_ACCOUNT_ERROR_DENIED, "not allowed" },
    { "?error=invalid_scope&error_description=%3Cb%3Ebad+scope%3C%2Fb%3E",
      TPT_ACCOUNT_ERROR_EXCHANGE, "<b>bad scope</b>" },
    { "?error=server_error", TPT_ACCOUNT_ERROR_EXCHANGE, "server_error" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *suffix = NULL;

      start (&fixture, 0, 0, NULL);
      suffix = g_strdup_printf ("%s&state=%s", cases[i].query, fixture.state);
      g_assert_cmpuint (visit (&fixture, "GET", suffix, NULL, NULL), ==, 200);
      check_page (&fixture);
      g_assert_null (strstr (fixture.page, "scope"));
      g_assert_null (end (&fixture, &error));
      g_assert_error (error, TPT_ACCOUNT_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].text));
    }
}

static void
test_too_many (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  start (&fixture, 0, 0, NULL);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (visit (&fixture, "GET", "?code=c0de&state=guess", NULL, NULL), ==, 400);
  g_assert_null (end (&fixture, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_TRIES);
}

static void
test_timeout (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  start (&fixture, 0, 30, NULL);
  g_assert_null (end (&fixture, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_TIMEOUT);
}

static void
test_cancelled (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  start (&fixture, 0, 0, cancellable);
  g_cancellable_cancel (cancellable);
  g_assert_null (end (&fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A fixed port that somebody else has is said, and no other is taken. */
static void
test_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = NULL;
  Fixture taken = { 0 };
  Fixture fixture = { 0 };
  guint16 port;

  g_assert_true (g_socket_listener_add_address (listener, wanted, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &got, NULL));
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  start (&taken, port, 0, NULL);
  g_assert_null (taken.address);
  g_assert_null (end (&taken, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_PORT);

  g_socket_listener_close (listener);
  start (&fixture, port, 30, NULL);
  prefix = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_assert_true (g_str_has_prefix (fixture.callback, prefix));
  g_clear_error (&error);
  g_assert_null (end (&fixture, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_TIMEOUT);
}

/* A code that belongs to somebody else's challenge: the exchange fails, and says so. */
static void
test_injected_code (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  start (&fixture, 0, 0, NULL);
  g_free (fixture.auth->challenge);
  fixture.auth->challenge = g_strdup ("another");
  g_assert_cmpuint (visit_right (&fixture, ""), ==, 200);
  g_assert_null (end (&fixture, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_EXCHANGE);
}

/* RFC 7636, appendix B. */
static void
test_challenge (void)
{
  g_autofree char *challenge
      = tpt_secret_make_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_autofree char *first = tpt_secret_make_random (32);
  g_autofree char *second = tpt_secret_make_random (32);

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  g_assert_cmpuint (strlen (first), ==, 43);
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (
      strspn (first, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/account/auth-flow/challenge", test_challenge);
  g_test_add_func ("/account/auth-flow/success", test_success);
  g_test_add_func ("/account/auth-flow/strangers", test_strangers);
  g_test_add_func ("/account/auth-flow/second-callback", test_second_callback);
  g_test_add_func ("/account/auth-flow/denied", test_denied);
  g_test_add_func ("/account/auth-flow/too-many", test_too_many);
  g_test_add_func ("/account/auth-flow/timeout", test_timeout);
  g_test_add_func ("/account/auth-flow/cancelled", test_cancelled);
  g_test_add_func ("/account/auth-flow/port", test_port);
  g_test_add_func ("/account/auth-flow/injected-code", test_injected_code);

  return g_test_run ();
}
