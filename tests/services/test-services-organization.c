/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"
#include "services-view.h"

#include "tpt-test.h"

static TptColleagueMeetings
count_colleagues (ServicesFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptColleagueMeetings counts;

  tpt_organization_view_count_async (services_view_get (fixture), NULL, tpt_test_result_cb,
                                     &waiting);
  result = tpt_test_await (&waiting);
  tpt_organization_view_finish (services_view_get (fixture), result, &counts, &error);
  g_assert_no_error (error);

  return counts;
}

static void
note_cb (GObject    *object,
         GParamSpec *pspec,
         guint      *count)
{
  (*count)++;
}

/* Everybody's come with their hosts; back to the own ones, exactly those are left, and nothing of
 * the others comes again. */
static void
test_organization_switch (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  TptColleagueMeetings counts;
  guint mine, others, changes = 0;

  services_view_connect (fixture, "sandbox-pat");
  services_view_count_world (fixture, &mine, &others);
  g_assert_cmpuint (others, >, 10);
  g_assert_cmpuint (services_view_count (fixture, TRUE), ==, mine);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, 0);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_OWN);
  g_assert_true (tpt_organization_view_is_possible (services_view_get (fixture)));

  g_signal_connect (services_view_get (fixture), "notify::state", G_CALLBACK (note_cb), &changes);
  counts = services_view_switch (fixture, TRUE);
  g_assert_cmpuint (counts.meetings, ==, 0);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_EVERYONE);
  g_assert_cmpuint (changes, ==, 1);
  reason = services_view_sync (fixture, FALSE);
  g_assert_null (reason);
  g_assert_cmpuint (services_view_count (fixture, TRUE), ==, mine);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, others);
  meetings = services_fixture_meetings (fixture);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      const TptHost *host = g_ptr_array_index (meeting->hosts, 0);

      g_assert_nonnull (host->name);
      g_assert_nonnull (host->email);
    }

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_EVERYONE);
  counts = count_colleagues (fixture);
  g_assert_cmpuint (counts.meetings, ==, others);
  g_assert_cmpuint (counts.decided, ==, 0);
  counts = services_view_switch (fixture, FALSE);
  g_assert_cmpuint (counts.meetings, ==, others);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_OWN);
  g_assert_cmpuint (services_view_count (fixture, TRUE), ==, mine);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, 0);
  reason = services_view_sync (fixture, TRUE);
  g_assert_null (reason);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, 0);
}

/* Who is no administrator sees the own meetings, is told why, and nobody is asked in vain. */
static void
test_organization_member (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  guint mine, others;

  services_view_connect (fixture, "sandbox-pat-member");
  g_assert_false (tpt_organization_view_is_possible (services_view_get (fixture)));
  services_view_switch (fixture, TRUE);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_NO_ROLE);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  reason = services_view_sync (fixture, TRUE);
  g_assert_nonnull (reason);
  g_assert_cmpstr (reason, ==, tpt_organization_view_get_reason (services_view_get (fixture)));
  g_assert_cmpuint (services_fixture_count_queries (fixture, "organization="), ==, 0);
  services_view_count_world (fixture, &mine, &others);
  g_assert_cmpuint (services_view_count (fixture, TRUE), ==, mine);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, 0);
}

/* A role that was taken away, and given again, is noticed while the program runs. */
static void
test_organization_role (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  g_autofree char *again = NULL;
  g_autofree char *rules = NULL;
  TptUser *account;

  services_view_connect (fixture, "sandbox-pat");
  services_view_switch (fixture, TRUE);
  account = tpt_connection_get_account (fixture->services->connection);
  rules = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/organization_memberships\",\"status\":200,\"body\":{\"collection\":"
    "[{\"uri\":\"https://api.calendly.com/organization_memberships/M\",\"role\":\"user\",\"user\":"
    "{\"uri\":\"%s\",\"name\":\"Robin Falk\",\"email\":\"%s\"},\"organization\":\"%s\"}],"
    "\"pagination\":{\"count\":1,\"next_page_token\":null}}}]}",
    account->uri, account->email, account->organization);
  services_fixture_ask (fixture, "PUT", "/faults", rules);
  reason = services_view_sync (fixture, TRUE);
  g_assert_nonnull (reason);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_NO_ROLE);
  account = tpt_connection_get_account (fixture->services->connection);
  g_assert_cmpstr (account->role, ==, "user");

  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  again = services_view_sync (fixture, TRUE);
  g_assert_null (again);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_EVERYONE);
}

/* What a person decided about others' meetings is counted before it goes. */
static void
test_organization_decided (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  const char *uris[] = { NULL, NULL };
  TptMatchAct *act;
  TptInvitee *invitee = NULL;
  TptColleagueMeetings counts;

  services_view_connect (fixture, "sandbox-pat");
  services_view_switch (fixture, TRUE);
  reason = services_view_sync (fixture, FALSE);
  g_assert_null (reason);
  meetings = services_fixture_meetings (fixture);
  for (guint i = 0; invitee == NULL && i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (!services_view_is_mine (fixture, meeting) && meeting->invitees->len == 1)
        invitee = g_ptr_array_index (meeting->invitees, 0);
    }
  g_assert_nonnull (invitee);
  uris[0] = invitee->uri;
  act = tpt_match_act_new_ignore (uris);
  tpt_match_inbox_act_async (fixture->services->inbox, act, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_match_inbox_act_finish (fixture->services->inbox, result, NULL, &error));
  g_assert_no_error (error);
  counts = count_colleagues (fixture);
  g_assert_cmpuint (counts.decided, ==, 1);
  counts = services_view_switch (fixture, FALSE);
  g_assert_cmpuint (counts.decided, ==, 1);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, 0);
}

/* The same person, moved to another organization at the service while the program runs: nothing of
 * it comes in, and the next sign-in asks. */
static void
test_organization_moved (ServicesFixture *fixture,
                         gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) none = NULL;
  g_autofree char *rules = NULL;
  TptConnection *connection = fixture->services->connection;
  TptUser *account;
  guint meetings;

  services_view_connect (fixture, "sandbox-pat");
  meetings = services_view_count (fixture, TRUE);
  account = tpt_connection_get_account (connection);
  rules = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/users/me\",\"times\":2,\"status\":200,\"body\":{\"resource\":{"
    "\"uri\":\"%s\",\"name\":\"Robin Falk\",\"email\":\"%s\",\"timezone\":\"Europe/Berlin\","
    "\"scheduling_url\":\"https://calendly.com/robin\","
    "\"current_organization\":\"https://api.calendly.com/organizations/MOVED\"}}}]}",
    account->uri, account->email);
  services_fixture_ask (fixture, "PUT", "/faults", rules);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  g_assert_null (services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error));
  g_assert_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
  g_assert_true (tpt_connection_has_moved (connection));
  g_assert_cmpint (tpt_connection_get_state (connection), ==, TPT_CONNECTION_RECONNECT);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/scheduled_events"), ==, 0);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  connection = fixture->services->connection;
  g_assert_true (tpt_connection_has_moved (connection));
  g_assert_null (services_fixture_sync (fixture, NULL, &again));
  g_assert_error (again, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/scheduled_events"), ==, 0);
  g_assert_cmpuint (services_view_count (fixture, TRUE), ==, meetings);
  g_assert_false (services_fixture_connect (fixture, "sandbox-pat", &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
  g_assert_cmpuint (services_view_count (fixture, TRUE), ==, meetings);

  services_fixture_connect (fixture, "sandbox-pat", &none);
  g_assert_no_error (none);
  g_assert_false (tpt_connection_has_moved (connection));
  g_assert_cmpint (tpt_connection_get_state (connection), ==, TPT_CONNECTION_CONNECTED);
}

/* When the last sync was is said of the record that is here. */
static void
test_organization_last_sync (ServicesFixture *fixture,
                             gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  TptDisconnection outcome;
  guint changes = 0;

  services_view_connect (fixture, "sandbox-pat");
  g_assert_cmpint (tpt_engine_get_last_sync (fixture->services->engine), !=, TPT_TIME_NONE);
  g_signal_connect (fixture->services->engine, "notify::last-sync-at", G_CALLBACK (note_cb),
                    &changes);
  services_fixture_disconnect (fixture, TRUE, &outcome, &error);
  g_assert_no_error (error);
  tpt_store_check_async (fixture->services->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_cmpint (tpt_engine_get_last_sync (fixture->services->engine), ==, TPT_TIME_NONE);
  g_assert_cmpuint (changes, ==, 1);
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
    { "/services/organization/switch", test_organization_switch },
    { "/services/organization/member", test_organization_member },
    { "/services/organization/role", test_organization_role },
    { "/services/organization/decided", test_organization_decided },
    { "/services/organization/moved", test_organization_moved },
    { "/services/organization/last-sync", test_organization_last_sync },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, "120", services_fixture_set_up, tests[i].func,
                services_fixture_tear_down);

  return g_test_run ();
}
