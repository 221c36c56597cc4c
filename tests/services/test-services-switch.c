/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "services-fixture.h"
#include "services-opening.h"

#include "tpt-kept-record.h"
#include "tpt-test.h"

static void
connect_first (ServicesFixture *fixture)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (TptImportReport) import = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  import = services_fixture_import (fixture);
  g_assert_cmpuint (import->created, >, 0);
}

static void
check_refused (ServicesFixture *fixture,
               const char      *token)
{
  g_autoptr (GError) refusal = NULL;

  g_assert_false (services_fixture_connect (fixture, token, &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
}

static gboolean
switch_account (ServicesFixture  *fixture,
                TptOtherAccount   other,
                GError          **error)
{
  TptConnection *connection = fixture->services->connection;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_connection_switch_async (connection, other, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_connection_switch_finish (connection, result, error);
}

static char *
get_email (ServicesFixture *fixture)
{
  TptUser *account = tpt_connection_get_account (fixture->services->connection);

  return g_strdup (account != NULL ? account->email : NULL);
}

static guint
count_meetings (ServicesFixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);

  return meetings->len;
}

static guint
count_customers (ServicesFixture *fixture)
{
  g_autoptr (GPtrArray) customers = services_fixture_customers (fixture);

  return customers->len;
}

/* The first's record is put apart whole, and found again when that comes back; so is the second's,
 * after a restart, too. */
static void
test_switch_keep (ServicesFixture *fixture,
                  gconstpointer    user_data)
{
  g_autoptr (TptUser) first = NULL;
  g_autofree char *email = NULL;
  g_autofree char *other = NULL;
  g_autofree char *again = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  guint meetings, customers;
  GStatBuf info;

  connect_first (fixture);
  first = g_object_ref (tpt_connection_get_account (fixture->services->connection));
  email = get_email (fixture);
  meetings = count_meetings (fixture);
  customers = count_customers (fixture);
  check_refused (fixture, "sandbox-pat-other");
  g_assert_cmpuint (count_meetings (fixture), ==, meetings);
  switch_account (fixture, TPT_OTHER_ACCOUNT_KEEP, &error);
  g_assert_no_error (error);
  other = get_email (fixture);
  g_assert_cmpstr (other, !=, email);
  g_assert_cmpint (tpt_connection_get_state (fixture->services->connection), ==,
                   TPT_CONNECTION_CONNECTED);
  g_assert_cmpuint (count_meetings (fixture), ==, 0);
  g_assert_cmpuint (count_customers (fixture), ==, 0);
  kept = tpt_kept_record_get_path (tpt_store_get_path (fixture->services->store), first);
  g_assert_cmpint (g_stat (kept, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  check_refused (fixture, "sandbox-pat");
  switch_account (fixture, TPT_OTHER_ACCOUNT_KEEP, &error);
  g_assert_no_error (error);
  again = get_email (fixture);
  g_assert_cmpstr (again, ==, email);
  g_assert_cmpuint (count_meetings (fixture), ==, meetings);
  g_assert_cmpuint (count_customers (fixture), ==, customers);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

/* Also without a single meeting, and disconnected, the first is asked about; it can be replaced. */
static void
test_switch_erase (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autofree char *email = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (TptUser) first = NULL;
  g_autoptr (GError) error = NULL;
  TptDisconnection outcome;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  first = g_object_ref (tpt_connection_get_account (fixture->services->connection));
  check_refused (fixture, "sandbox-pat-other");
  services_fixture_disconnect (fixture, FALSE, &outcome, &error);
  g_assert_no_error (error);
  check_refused (fixture, "sandbox-pat-other");
  g_assert_cmpint (tpt_connection_get_state (fixture->services->connection), ==,
                   TPT_CONNECTION_DISCONNECTED);
  switch_account (fixture, TPT_OTHER_ACCOUNT_ERASE, &error);
  g_assert_no_error (error);
  email = get_email (fixture);
  g_assert_cmpstr (email, !=, first->email);
  kept = tpt_kept_record_get_path (tpt_store_get_path (fixture->services->store), first);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

/* Where there is nothing to go on with, nothing is done. */
static void
test_switch_nothing (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  g_autoptr (GError) none = NULL;
  guint meetings;

  connect_first (fixture);
  meetings = count_meetings (fixture);
  g_assert_false (switch_account (fixture, TPT_OTHER_ACCOUNT_ERASE, &none));
  g_assert_error (none, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_REJECTED);
  g_assert_cmpint (tpt_connection_get_state (fixture->services->connection), ==,
                   TPT_CONNECTION_CONNECTED);
  g_assert_cmpuint (count_meetings (fixture), ==, meetings);
}

/* The record was lost, and the keyring still knows whose sign-in it has. */
static void
test_switch_grant (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  TptServicesOptions options = { .secrets = fixture->secrets, .flags = TPT_SERVICES_START_ANEW };
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_close (fixture);
  services_fixture_ask (fixture, "PUT", "/faults", "{\"rules\":[{\"drop\":true}]}");
  fixture->services = services_opening_open (&options);
  g_assert_null (tpt_connection_get_account (fixture->services->connection));
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  check_refused (fixture, "sandbox-pat-other");
}

/* The same person, moved to another organization at the service. */
static void
test_switch_organization (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (TptUser) before = NULL;
  g_autofree char *rules = NULL;
  TptUser *account;

  connect_first (fixture);
  before = g_object_ref (tpt_connection_get_account (fixture->services->connection));
  rules = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/users/me\",\"status\":200,\"body\":{\"resource\":{\"uri\":\"%s\","
    "\"name\":\"Robin Falk\",\"email\":\"%s\",\"slug\":\"robin\",\"timezone\":\"Europe/Berlin\","
    "\"scheduling_url\":\"https://calendly.com/robin\",\"avatar_url\":null,\"locale\":\"en\","
    "\"time_notation\":\"24h\",\"resource_type\":\"User\",\"created_at\":\"2024-01-01T00:00:00Z\","
    "\"updated_at\":\"2024-01-01T00:00:00Z\","
    "\"current_organization\":\"https://api.calendly.com/organizations/MOVED\"}}}]}",
    before->uri, before->email);
  services_fixture_ask (fixture, "PUT", "/faults", rules);
  g_assert_false (services_fixture_connect (fixture, "sandbox-pat", &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
  g_assert_nonnull (strstr (refusal->message, "organization"));
  account = tpt_connection_get_account (fixture->services->connection);
  g_assert_cmpstr (account->organization, ==, before->organization);

  switch_account (fixture, TPT_OTHER_ACCOUNT_KEEP, &error);
  g_assert_no_error (error);
  account = tpt_connection_get_account (fixture->services->connection);
  g_assert_cmpstr (account->organization, !=, before->organization);
  g_assert_cmpuint (count_meetings (fixture), ==, 0);
}

static gboolean
is_leaving (gpointer user_data)
{
  return tpt_connection_is_ending (user_data);
}

/* The keyring's sign-in, the account that is shown and the record are of one and the same. */
static void
check_whole (ServicesFixture *fixture)
{
  TptConnection *connection = fixture->services->connection;
  TptUser *account = tpt_connection_get_account (connection);
  char *secret = NULL;

  tpt_token_store_lookup (fixture->secrets, TPT_SECRET_TOKENS, &secret, NULL, NULL);
  g_assert_cmpint (tpt_connection_get_state (connection), ==,
                   secret != NULL ? TPT_CONNECTION_CONNECTED : TPT_CONNECTION_DISCONNECTED);
  g_assert_cmpint (secret != NULL, ==, account != NULL);
  if (secret != NULL)
    g_assert_nonnull (strstr (secret, account->uri));
  g_free (secret);
}

/* A switch, a disconnection and a sign-in of the first account meet, the later ones after the
 * switch can no longer be called off: in the end there is a whole connection, or none. */
static void
test_switch_race (ServicesFixture *fixture,
                  gconstpointer    user_data)
{
  TptConnection *connection = fixture->services->connection;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GAsyncResult) in = NULL;
      g_autoptr (GAsyncResult) out = NULL;
      g_autoptr (GAsyncResult) turn = NULL;
      TptTestResult connecting = { NULL }, disconnecting = { NULL }, switching = { NULL };
      gboolean is_first = services_fixture_connect (fixture, "sandbox-pat", NULL);

      if (!is_first)
        services_fixture_connect (fixture, "sandbox-pat-other", NULL);
      check_refused (fixture, is_first ? "sandbox-pat-other" : "sandbox-pat");
      tpt_connection_switch_async (connection,
                                   i % 2 == 0 ? TPT_OTHER_ACCOUNT_KEEP : TPT_OTHER_ACCOUNT_ERASE,
                                   NULL, tpt_test_result_cb, &switching);
      tpt_test_await_func (is_leaving, connection);
      for (guint j = 0; j < i; j++)
        g_main_context_iteration (NULL, FALSE);
      if (i % 3 > 0)
        tpt_connection_disconnect_async (connection, i % 3 == 1, NULL, tpt_test_result_cb,
                                         &disconnecting);
      tpt_connection_use_token_async (connection, is_first ? "sandbox-pat" : "sandbox-pat-other",
                                      NULL, tpt_test_result_cb, &connecting);
      turn = tpt_test_await (&switching);
      g_assert_true (tpt_connection_switch_finish (connection, turn, NULL));
      in = tpt_test_await (&connecting);
      tpt_connection_use_token_finish (connection, in, NULL);
      if (i % 3 > 0)
        {
          out = tpt_test_await (&disconnecting);
          g_assert_true (tpt_connection_disconnect_finish (connection, out, NULL, NULL));
        }
      check_whole (fixture);
      services_fixture_close (fixture);
      services_fixture_open (fixture);
      connection = fixture->services->connection;
      check_whole (fixture);
    }
}

/* A sync of the first account is under way when it is left: nothing of it gets among the second's
 * records, where it would never be found out. */
static void
test_switch_sync (ServicesFixture *fixture,
                  gconstpointer    user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult syncing = { NULL };

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  check_refused (fixture, "sandbox-pat-other");
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events*\",\"delay_ms\":300}]}");
  tpt_engine_sync_async (fixture->services->engine, NULL, NULL, tpt_test_result_cb, &syncing);
  switch_account (fixture, TPT_OTHER_ACCOUNT_KEEP, &error);
  g_assert_no_error (error);
  result = tpt_test_await (&syncing);
  g_assert_null (tpt_engine_sync_finish (fixture->services->engine, result, NULL));
  g_assert_cmpuint (count_meetings (fixture), ==, 0);
}

/* What nobody says of a personal token is learnt from refusals, kept, and forgotten with the next
 * sign-in. */
static void
test_switch_scopes (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) error = NULL;
  TptLinkRequest request = { .kind = TPT_LINK_SINGLE_USE, .origin = "cli" };
  TptTestResult waiting = { NULL };
  const char *const *missing;

  services_fixture_connect (fixture, "sandbox-pat-readonly", &error);
  g_assert_no_error (error);
  connect_first (fixture);
  services_fixture_connect (fixture, "sandbox-pat-readonly", &error);
  g_assert_no_error (error);
  missing = tpt_connection_get_missing_scopes (fixture->services->connection);
  g_assert_cmpuint (g_strv_length ((GStrv) missing), ==, 0);

  customers = services_fixture_customers (fixture);
  request.customer = g_ptr_array_index (customers, 0);
  tpt_link_maker_make_async (fixture->services->link_maker, &request, NULL, tpt_test_result_cb,
                             &waiting);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_link_maker_make_finish (fixture->services->link_maker, result, &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_PERMITTED);
  missing = tpt_connection_get_missing_scopes (fixture->services->connection);
  g_assert_true (g_strv_contains (missing, "scheduling_links:write"));
  g_assert_null (tpt_connection_get_scopes (fixture->services->connection));

  g_clear_object (&result);
  services_fixture_close (fixture);
  services_fixture_open (fixture);
  missing = tpt_connection_get_missing_scopes (fixture->services->connection);
  g_assert_true (g_strv_contains (missing, "scheduling_links:write"));
  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  missing = tpt_connection_get_missing_scopes (fixture->services->connection);
  g_assert_cmpuint (g_strv_length ((GStrv) missing), ==, 0);
}

/* A refusal that was a mistake is forgotten when the same is answered; what was not granted is not
 * here any better for that. */
static void
test_switch_scopes_back (ServicesFixture *fixture,
                         gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) refused = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const char *const *missing;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/event_types\",\"times\":1,\"status\":403,\"body\":"
                        "{\"title\":\"Insufficient scope\",\"message\":\"-\",\"required_scopes\":"
                        "[\"event_types:read\",\"contacts:read\"]}}]}");
  refused = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refused->failed->len, ==, 1);
  missing = tpt_connection_get_missing_scopes (fixture->services->connection);
  g_assert_true (g_strv_contains (missing, "event_types:read"));

  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  services_fixture_close (fixture);
  services_fixture_open (fixture);
  missing = tpt_connection_get_missing_scopes (fixture->services->connection);
  g_assert_cmpstr (missing[0], ==, "contacts:read");
  g_assert_null (missing[1]);
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
    { "/services/switch/keep", test_switch_keep },
    { "/services/switch/erase", test_switch_erase },
    { "/services/switch/nothing", test_switch_nothing },
    { "/services/switch/grant", test_switch_grant },
    { "/services/switch/organization", test_switch_organization },
    { "/services/switch/race", test_switch_race },
    { "/services/switch/sync", test_switch_sync },
    { "/services/switch/scopes", test_switch_scopes },
    { "/services/switch/scopes-back", test_switch_scopes_back },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, "40", services_fixture_set_up, tests[i].func,
                services_fixture_tear_down);

  return g_test_run ();
}
