/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "services-fixture.h"
#include "services-opening.h"

#include "tpt-test.h"

static TptConnectionState
get_state (ServicesFixture *fixture)
{
  return tpt_connection_get_state (fixture->services->connection);
}

/* Nothing is connected by a token that is none, and nothing asked for without one. */
static void
test_account_refused (ServicesFixture *fixture,
                      gconstpointer    user_data)
{
  static const char *const tokens[] = { "nonsense", "sandbox-pat-revoked", "", "  \n",
                                        "sandbox-pat\r\nX: y", "Müller" };
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_false (services_fixture_connect (fixture, tokens[i], &refusal));
      g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_REJECTED);
      g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_DISCONNECTED);
      g_assert_null (tpt_connection_get_account (fixture->services->connection));
    }

  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_CONNECTED);
}

/* What was connected still is after the program was started again. */
static void
test_account_kept (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  TptUser *account;
  TptTime last_sync;

  services_fixture_connect (fixture, " sandbox-pat\n", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  last_sync = tpt_engine_get_last_sync (fixture->services->engine);
  g_assert_cmpint (last_sync, !=, TPT_TIME_NONE);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_CONNECTED);
  g_assert_cmpint (tpt_engine_get_last_sync (fixture->services->engine), ==, last_sync);
  account = tpt_connection_get_account (fixture->services->connection);
  g_assert_nonnull (account);
  g_assert_cmpstr (account->role, ==, "owner");
  g_assert_nonnull (account->plan);
  g_assert_true (tpt_connection_is_personal (fixture->services->connection));
  g_assert_cmpuint (
    g_strv_length ((GStrv) tpt_connection_get_missing_scopes (fixture->services->connection)), ==,
    0);
}

/* Another account is asked about before anything of the first is touched. */
static void
test_account_other (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) erased = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autofree char *email = NULL;
  TptDisconnection outcome;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  email = g_strdup (tpt_connection_get_account (fixture->services->connection)->email);
  before = services_fixture_meetings (fixture);

  g_assert_false (services_fixture_connect (fixture, "sandbox-pat-other", &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_CONNECTED);
  g_assert_cmpstr (tpt_connection_get_account (fixture->services->connection)->email, ==, email);
  after = services_fixture_meetings (fixture);
  g_assert_cmpuint (after->len, ==, before->len);
  g_clear_pointer (&report, tpt_sync_report_free);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);

  services_fixture_disconnect (fixture, TRUE, &outcome, &error);
  g_assert_no_error (error);
  g_assert_true (outcome.erased);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_DISCONNECTED);
  erased = services_fixture_meetings (fixture);
  g_assert_cmpuint (erased->len, ==, 0);
  services_fixture_connect (fixture, "sandbox-pat-other", &error);
  g_assert_no_error (error);
}

/* Disconnected, the data stays; the same account comes back to it, another one still may not. */
static void
test_account_disconnect (ServicesFixture *fixture,
                         gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  TptDisconnection outcome;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  before = services_fixture_meetings (fixture);
  services_fixture_disconnect (fixture, FALSE, &outcome, &error);
  g_assert_no_error (error);
  g_assert_false (outcome.erased);
  g_assert_null (tpt_connection_get_account (fixture->services->connection));

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_DISCONNECTED);
  g_assert_false (services_fixture_connect (fixture, "sandbox-pat-other", &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  after = services_fixture_meetings (fixture);
  g_assert_cmpuint (after->len, ==, before->len);
}

static void
note_state_cb (TptConnection *connection,
               GParamSpec    *pspec,
               guint         *count)
{
  (*count)++;
}

/* The token is revoked while it is in use: seen, said, and the data stays readable. */
static void
test_account_ended (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) ended = NULL;
  g_autoptr (GError) again = NULL;
  guint changes = 0;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->services->connection, "notify::state", G_CALLBACK (note_state_cb),
                    &changes);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"*\",\"times\":1000,\"status\":401,\"body\":"
                        "{\"title\":\"Unauthenticated\",\"message\":\"The access token was "
                        "revoked\"}}]}");
  g_assert_null (services_fixture_sync (fixture, NULL, &ended));
  g_assert_error (ended, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_RECONNECT);
  g_assert_cmpuint (changes, ==, 1);
  meetings = services_fixture_meetings (fixture);
  g_assert_cmpuint (meetings->len, >, 0);

  services_fixture_ask (fixture, "PUT", "/faults", "{\"rules\":[]}");
  g_assert_null (services_fixture_sync (fixture, NULL, &again));
  g_assert_error (again, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT);
  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_CONNECTED);
}

/* The user deletes what the keyring holds, or writes something else there: the next time that it
 * is needed, that counts as the end of the sign-in, and the data stays readable. */
static void
test_account_item_gone (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TptSyncReport) report = NULL;
      g_autoptr (GPtrArray) meetings = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) ended = NULL;

      services_fixture_connect (fixture, "sandbox-pat", &error);
      g_assert_no_error (error);
      report = services_fixture_sync (fixture, NULL, &error);
      g_assert_no_error (error);
      if (i == 0)
        tpt_token_store_clear (fixture->secrets, TPT_SECRET_TOKENS, NULL, &error);
      else
        tpt_token_store_save (fixture->secrets, TPT_SECRET_TOKENS, "mine", NULL, &error);
      g_assert_no_error (error);
      services_fixture_ask (fixture, "PUT", "/faults",
                            "{\"rules\":[{\"path\":\"*\",\"times\":1,\"status\":401}]}");
      g_assert_null (services_fixture_sync (fixture, NULL, &ended));
      g_assert_error (ended, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT);
      g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_RECONNECT);
      g_assert_nonnull (tpt_connection_get_account (fixture->services->connection));
      meetings = services_fixture_meetings (fixture);
      g_assert_cmpuint (meetings->len, >, 0);
    }
  services_fixture_connect (fixture, "sandbox-pat", NULL);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_CONNECTED);
}

/* Both at once, several times: a whole connection is left, or none. */
static void
test_account_race (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  TptConnection *connection = fixture->services->connection;

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GAsyncResult) in = NULL;
      g_autoptr (GAsyncResult) out = NULL;
      g_autoptr (GError) error = NULL;
      TptTestResult connecting = { NULL }, disconnecting = { NULL };
      char *secret = NULL;

      if (i % 2 == 0)
        tpt_connection_use_token_async (connection, "sandbox-pat", NULL, tpt_test_result_cb,
                                        &connecting);
      tpt_connection_disconnect_async (connection, FALSE, NULL, tpt_test_result_cb,
                                       &disconnecting);
      if (i % 2 == 1)
        tpt_connection_use_token_async (connection, "sandbox-pat", NULL, tpt_test_result_cb,
                                        &connecting);
      in = tpt_test_await (&connecting);
      out = tpt_test_await (&disconnecting);
      tpt_connection_use_token_finish (connection, in, NULL);
      tpt_connection_disconnect_finish (connection, out, NULL, NULL);

      tpt_token_store_lookup (fixture->secrets, TPT_SECRET_TOKENS, &secret, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (get_state (fixture), ==,
                       secret != NULL ? TPT_CONNECTION_CONNECTED : TPT_CONNECTION_DISCONNECTED);
      g_assert_cmpint (secret != NULL, ==, tpt_connection_get_account (connection) != NULL);
      g_free (secret);
    }
}

/* What the person at the browser does. */
typedef struct
{
  ServicesFixture *fixture;
  const char *decision;
  const char *scopes;      /* form fields: those left ticked */
  TptTestResult answer;
} Browser;

static void
open_cb (const char *address,
         gpointer    user_data)
{
  Browser *browser = user_data;
  const char *query = strchr (address, '?') + 1;
  g_autofree char *page = g_strndup (address, (gsize) (query - 1 - address));
  g_autofree char *asked = g_strdup (strstr (query, "scope="));
  g_autofree char *before = g_strndup (query, (gsize) (strstr (query, "scope=") - query));
  const char *after = strchr (asked, '&') != NULL ? strchr (asked, '&') : "";
  g_autofree char *form =
    g_strconcat (before, browser->scopes, after, "&decision=", browser->decision, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", page);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));

  soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
  soup_session_send_and_read_async (browser->fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    tpt_test_result_cb, &browser->answer);
}

static gboolean
sign_in (ServicesFixture  *fixture,
         const char       *decision,
         const char       *scopes,
         GError          **error)
{
  Browser browser = { fixture, decision, scopes, { NULL } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  TptTestResult waiting = { NULL };

  tpt_connection_use_browser_async (fixture->services->connection, open_cb, &browser, NULL,
                                    tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  answer = tpt_test_await (&browser.answer);

  return tpt_connection_use_browser_finish (fixture->services->connection, result, error);
}

/* Through the consent page: denied, allowed in part, and revoked in the end. */
static void
test_account_browser (ServicesFixture *fixture,
                      gconstpointer    user_data)
{
  TptConnection *connection = fixture->services->connection;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) denied = NULL;
  g_autoptr (GError) error = NULL;
  TptDisconnection outcome;

  g_assert_false (sign_in (fixture, "deny", "scope=users:read", &denied));
  g_assert_error (denied, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_DENIED);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_DISCONNECTED);

  sign_in (fixture, "allow", "scope=users:read&scope=scheduled_events:read", &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_state (fixture), ==, TPT_CONNECTION_CONNECTED);
  g_assert_false (tpt_connection_is_personal (connection));
  g_assert_true (
    g_strv_contains (tpt_connection_get_missing_scopes (connection), "event_types:read"));
  g_assert_false (
    g_strv_contains (tpt_connection_get_missing_scopes (connection), "scheduled_events:read"));

  /* Without a scope its feature is off, and the rest works. */
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->created, >, 0);
  g_assert_cmpuint (report->failed->len, ==, 1);

  services_fixture_disconnect (fixture, FALSE, &outcome, &error);
  g_assert_no_error (error);
  g_assert_true (outcome.revoked);
}

/* A client ID typed in while everything runs counts for the next sign-in; that of the environment
 * goes before it. */
static void
test_account_client (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  g_unsetenv ("TOUCHPOINT_CLIENT_ID");
  tpt_services_set_client (fixture->services, NULL, NULL, 0);
  tpt_connection_use_browser_async (fixture->services->connection, NULL, NULL, NULL,
                                    tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_false (
    tpt_connection_use_browser_finish (fixture->services->connection, result, &none));
  g_assert_cmpint (none->domain, ==, TPT_CONNECTION_ERROR);

  tpt_services_set_client (fixture->services, "sandbox-client", NULL, 0);
  sign_in (fixture, "allow", "scope=users:read", &error);
  g_assert_no_error (error);

  g_setenv ("TOUCHPOINT_CLIENT_ID", "sandbox-client", TRUE);
  tpt_services_set_client (fixture->services, "of-somebody-else", NULL, 0);
  sign_in (fixture, "allow", "scope=users:read", &error);
  g_assert_no_error (error);
}

static GError *
refuse_to_open (const TptServicesOptions *options)
{
  TptTestResult refusing = { NULL };
  g_autoptr (GAsyncResult) refused = NULL;
  GError *error = NULL;

  tpt_services_open_async (options, NULL, tpt_test_result_cb, &refusing);
  refused = tpt_test_await (&refusing);
  g_assert_null (tpt_services_open_finish (refused, &error));
  g_assert_error (error, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEY_MISSING);
  g_assert_nonnull (strstr (error->message, "--start-anew"));

  return error;
}

/* The key is gone, or another one in its place, and the database is not: told, nothing overwritten,
 * and there is a way on. */
static void
test_account_key_missing (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  TptServicesOptions options = { .secrets = fixture->secrets };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) other = NULL;

  services_fixture_close (fixture);
  tpt_token_store_save (fixture->secrets, TPT_SECRET_DATABASE_KEY,
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", NULL, &error);
  g_assert_no_error (error);
  other = refuse_to_open (&options);
  tpt_token_store_clear (fixture->secrets, TPT_SECRET_DATABASE_KEY, NULL, &error);
  g_assert_no_error (error);
  missing = refuse_to_open (&options);

  options.flags = TPT_SERVICES_START_ANEW;
  fixture->services = services_opening_open (&options);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesFixture *, gconstpointer);
  } tests[] = {
    { "/services/account/refused", test_account_refused },
    { "/services/account/kept", test_account_kept },
    { "/services/account/other", test_account_other },
    { "/services/account/disconnect", test_account_disconnect },
    { "/services/account/ended", test_account_ended },
    { "/services/account/item-gone", test_account_item_gone },
    { "/services/account/race", test_account_race },
    { "/services/account/browser", test_account_browser },
    { "/services/account/client", test_account_client },
    { "/services/account/key-missing", test_account_key_missing },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, "40", services_fixture_set_up, tests[i].func,
                services_fixture_tear_down);

  return g_test_run ();
}
