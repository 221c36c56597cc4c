/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"
#include "tpt-test.h"

/* Who sits at the browser, allows everything and is led wherever the answers lead. */
typedef struct
{
  ServicesRelay *fixture;
  char *redirect;          /* what the address said of the way back, or NULL: it was never shown */
  TptTestResult answer;
} Browser;

static void
open_cb (const char *address,
         gpointer    user_data)
{
  Browser *browser = user_data;
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GHashTable) query =
    g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);
  g_autofree char *page = g_strndup (address, (gsize) (strchr (address, '?') - address));
  g_autofree char *form = g_strconcat (g_uri_get_query (uri), "&decision=allow", NULL);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  g_autoptr (SoupMessage) message = soup_message_new ("POST", page);

  browser->redirect = g_strdup (g_hash_table_lookup (query, "redirect_uri"));
  soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
  soup_session_send_and_read_async (browser->fixture->base.session, message, G_PRIORITY_DEFAULT,
                                    NULL, tpt_test_result_cb, &browser->answer);
}

/* @redirect: (nullable): the way back that is expected; NULL where no browser shall open */
static gboolean
sign_in (ServicesRelay  *fixture,
         const char     *redirect,
         GError        **error)
{
  TptConnection *connection = fixture->base.services->connection;
  Browser browser = { fixture, NULL, { NULL } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  TptTestResult waiting = { NULL };

  tpt_connection_use_browser_async (connection, open_cb, &browser, NULL, tpt_test_result_cb,
                                    &waiting);
  result = tpt_test_await (&waiting);
  if (browser.redirect != NULL)
    answer = tpt_test_await (&browser.answer);
  if (redirect == NULL)
    g_assert_null (browser.redirect);
  else
    g_assert_true (g_str_has_prefix (browser.redirect, redirect));
  g_free (browser.redirect);

  return tpt_connection_use_browser_finish (connection, result, error);
}

static void
disconnect (ServicesRelay *fixture)
{
  TptDisconnection outcome;
  g_autoptr (GError) error = NULL;

  services_fixture_disconnect (&fixture->base, FALSE, &outcome, &error);
  g_assert_no_error (error);
}

static TptRelayState
get_state (ServicesRelay *fixture)
{
  return tpt_relay_listener_get_state (fixture->base.services->listener);
}

/* Where a relay is set, its address is the way back, unless another way is chosen. */
static void
test_bounce_device (ServicesRelay *fixture,
                    gconstpointer  user_data)
{
  TptConnection *connection = fixture->base.services->connection;
  g_autofree char *code = services_relay_make_code (fixture);
  g_autofree char *redirect = g_strconcat (fixture->url, "/oauth/callback", NULL);
  g_autofree char *told = NULL;
  g_autoptr (GError) error = NULL;

  services_relay_enrol (fixture, code, &error);
  g_assert_no_error (error);
  told = tpt_connection_get_redirect (connection);
  g_assert_cmpstr (told, ==, redirect);
  sign_in (fixture, redirect, &error);
  g_assert_no_error (error);
  g_assert_false (tpt_connection_is_personal (connection));

  tpt_connection_set_redirect (connection, TPT_REDIRECT_LOOPBACK);
  sign_in (fixture, "http://127.0.0.1:", &error);
  g_assert_no_error (error);
}

/* The first sign-in of a computer that can sign in by the relay only: the code vouches for it, is
 * kept over a restart, and enrols it afterwards. */
static void
test_bounce_waiting (ServicesRelay *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *code = services_relay_make_code (fixture);
  g_autofree char *redirect = g_strconcat (fixture->url, "/oauth/callback", NULL);
  g_autoptr (GError) error = NULL;

  disconnect (fixture);
  services_relay_enrol (fixture, code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_state (fixture), ==, TPT_RELAY_WAITING);
  g_assert_cmpstr (tpt_relay_state_to_string (get_state (fixture)), ==, "waiting");
  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  g_assert_cmpint (get_state (fixture), ==, TPT_RELAY_WAITING);
  g_assert_cmpstr (tpt_relay_listener_get_url (fixture->base.services->listener), ==,
                   fixture->url);

  tpt_relay_listener_start (fixture->base.services->listener);
  sign_in (fixture, redirect, &error);
  g_assert_no_error (error);
  tpt_test_await_func (services_relay_is_live, fixture);
  g_assert_nonnull (tpt_relay_listener_get_device (fixture->base.services->listener));
}

/* A command does not listen, and enrols what waits when it is told to. */
static void
test_bounce_settle (ServicesRelay *fixture,
                    gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autofree char *code = services_relay_make_code (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  disconnect (fixture);
  services_relay_enrol (fixture, code, &error);
  g_assert_no_error (error);
  sign_in (fixture, fixture->url, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_state (fixture), ==, TPT_RELAY_WAITING);
  tpt_relay_listener_settle_async (listener, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_settle_finish (listener, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_state (fixture), ==, TPT_RELAY_CONNECTING);
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
}

/* A code that is wrong, or a relay that is away, is told before a browser opens; another way is
 * open for once, and what waits is forgotten by whoever forgets the relay. */
static void
test_bounce_refused (ServicesRelay *fixture,
                     gconstpointer  user_data)
{
  TptConnection *connection = fixture->base.services->connection;
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) away = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptListenerHeard heard = { FALSE, FALSE };

  disconnect (fixture);
  services_relay_enrol (fixture, "nonsense", &error);
  g_assert_no_error (error);
  g_assert_false (sign_in (fixture, NULL, &wrong));
  g_assert_error (wrong, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED);
  g_assert_nonnull (strstr (wrong->message, "personal access token"));

  services_relay_stop (fixture);
  g_assert_false (sign_in (fixture, NULL, &away));
  g_assert_error (away, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_WAY_BACK);
  g_assert_nonnull (strstr (away->message, "another way"));

  tpt_connection_set_redirect_once (connection, TPT_REDIRECT_LOOPBACK);
  sign_in (fixture, "http://127.0.0.1:", &error);
  g_assert_no_error (error);
  g_assert_false (sign_in (fixture, NULL, &again));
  g_assert_error (again, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_WAY_BACK);
  tpt_relay_listener_forget_async (listener, &heard, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_forget_finish (listener, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_state (fixture), ==, TPT_RELAY_NONE);
}

/* What cannot work is told without a browser. */
static void
test_bounce_impossible (ServicesRelay *fixture,
                        gconstpointer  user_data)
{
  TptConnection *connection = fixture->base.services->connection;
  g_autofree char *none = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *fixed = NULL;
  g_autoptr (GError) unset = NULL;
  g_autoptr (GError) unheard = NULL;

  tpt_connection_set_redirect (connection, TPT_REDIRECT_BOUNCE);
  none = tpt_connection_get_redirect (connection);
  g_assert_null (none);
  g_assert_false (sign_in (fixture, NULL, &unset));
  g_assert_error (unset, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED);

  /* Nobody hands addresses over here. */
  tpt_connection_set_redirect (connection, TPT_REDIRECT_SCHEME);
  scheme = tpt_connection_get_redirect (connection);
  g_assert_cmpstr (scheme, ==, "touchpoint:/oauth/callback");
  g_assert_false (sign_in (fixture, NULL, &unheard));
  g_assert_error (unheard, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED);
  g_assert_false (tpt_connection_take_address (connection, scheme));

  tpt_connection_set_redirect (connection, TPT_REDIRECT_AUTO);
  tpt_services_set_client (fixture->base.services, NULL, NULL, 8765);
  fixed = tpt_connection_get_redirect (connection);
  g_assert_cmpstr (fixed, ==, "http://localhost:8765/oauth/callback");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesRelay *, gconstpointer);
  } tests[] = {
    { "/services/bounce/device", test_bounce_device },
    { "/services/bounce/waiting", test_bounce_waiting },
    { "/services/bounce/settle", test_bounce_settle },
    { "/services/bounce/refused", test_bounce_refused },
    { "/services/bounce/impossible", test_bounce_impossible },
  };

  tpt_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesRelay, NULL, services_relay_set_up, tests[i].func,
                services_relay_tear_down);

  return g_test_run ();
}
