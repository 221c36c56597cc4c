/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-test.h"

static TptOrganizationView *
get_view (ServicesFixture *fixture)
{
  return tpt_connection_get_view (fixture->services->connection);
}

static TptViewState
get_state (ServicesFixture *fixture)
{
  return tpt_organization_view_get_state (get_view (fixture));
}

static TptColleagueMeetings
switch_view (ServicesFixture *fixture,
             gboolean         everyone)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptColleagueMeetings counts;

  tpt_organization_view_switch_async (get_view (fixture), everyone, NULL, tpt_test_result_cb,
                                      &waiting);
  result = tpt_test_await (&waiting);
  tpt_organization_view_finish (get_view (fixture), result, &counts, &error);
  g_assert_no_error (error);

  return counts;
}

static TptColleagueMeetings
count_colleagues (ServicesFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptColleagueMeetings counts;

  tpt_organization_view_count_async (get_view (fixture), NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_organization_view_finish (get_view (fixture), result, &counts, &error);
  g_assert_no_error (error);

  return counts;
}

/* A sync that goes well; returns why something did not come, or NULL. */
static char *
sync_all (ServicesFixture *fixture,
          gboolean         full)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSyncReport) report =
    services_fixture_sync (fixture, &(TptSyncOptions) { .full = full }, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->failed->len; i++)
    {
      const TptSyncFailure *failure = g_ptr_array_index (report->failed, i);

      if (g_strcmp0 (failure->uri, "organization") != 0)
        continue;
      g_assert_cmpuint (report->failed->len, ==, 1);
      return g_strdup (failure->reason);
    }
  g_assert_cmpuint (report->failed->len, ==, 0);

  return NULL;
}

static void
connect_and_sync (ServicesFixture *fixture,
                  const char      *token)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  services_fixture_connect (fixture, token, &error);
  g_assert_no_error (error);
  reason = sync_all (fixture, FALSE);
  g_assert_null (reason);
}

static gboolean
is_mine (ServicesFixture *fixture,
         TptMeeting      *meeting)
{
  TptUser *me = tpt_connection_get_account (fixture->services->connection);

  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (meeting->hosts, i);

      if (g_strcmp0 (host->uri, me->uri) == 0)
        return TRUE;
    }

  return FALSE;
}

static guint
count_meetings (ServicesFixture *fixture,
                gboolean         mine)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  guint count = 0;

  for (guint i = 0; i < meetings->len; i++)
    count += is_mine (fixture, g_ptr_array_index (meetings, i)) == mine;

  return count;
}

/* How many events of our organisation the stand-in has, with and without those of the account. */
static void
count_world (ServicesFixture *fixture,
             guint           *mine,
             guint           *others)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *state = services_fixture_state (fixture, &node);
  JsonArray *events = json_object_get_array_member (state, "events");
  TptUser *me = tpt_connection_get_account (fixture->services->connection);

  *mine = *others = 0;
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      JsonArray *hosts = json_object_get_array_member (event, "event_memberships");
      gboolean is_hosted = FALSE;

      for (guint j = 0; j < json_array_get_length (hosts); j++)
        is_hosted |= g_strcmp0 (json_object_get_string_member (
                                  json_array_get_object_element (hosts, j), "user"),
                                me->uri) == 0;
      *(is_hosted ? mine : others) += 1;
    }
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

  connect_and_sync (fixture, "sandbox-pat");
  count_world (fixture, &mine, &others);
  g_assert_cmpuint (others, >, 10);
  g_assert_cmpuint (count_meetings (fixture, TRUE), ==, mine);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, 0);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_OWN);
  g_assert_true (tpt_organization_view_is_possible (get_view (fixture)));

  g_signal_connect (get_view (fixture), "notify::state", G_CALLBACK (note_cb), &changes);
  counts = switch_view (fixture, TRUE);
  g_assert_cmpuint (counts.meetings, ==, 0);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_EVERYONE);
  g_assert_cmpuint (changes, ==, 1);
  reason = sync_all (fixture, FALSE);
  g_assert_null (reason);
  g_assert_cmpuint (count_meetings (fixture, TRUE), ==, mine);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, others);
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
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_EVERYONE);
  counts = count_colleagues (fixture);
  g_assert_cmpuint (counts.meetings, ==, others);
  g_assert_cmpuint (counts.decided, ==, 0);
  counts = switch_view (fixture, FALSE);
  g_assert_cmpuint (counts.meetings, ==, others);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_OWN);
  g_assert_cmpuint (count_meetings (fixture, TRUE), ==, mine);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, 0);
  reason = sync_all (fixture, TRUE);
  g_assert_null (reason);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, 0);
}

/* Who is no administrator sees the own meetings, is told why, and nobody is asked in vain. */
static void
test_organization_member (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  guint mine, others;

  connect_and_sync (fixture, "sandbox-pat-member");
  g_assert_false (tpt_organization_view_is_possible (get_view (fixture)));
  switch_view (fixture, TRUE);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_NO_ROLE);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  reason = sync_all (fixture, TRUE);
  g_assert_nonnull (reason);
  g_assert_cmpstr (reason, ==, tpt_organization_view_get_reason (get_view (fixture)));
  g_assert_cmpuint (services_fixture_count_queries (fixture, "organization="), ==, 0);
  count_world (fixture, &mine, &others);
  g_assert_cmpuint (count_meetings (fixture, TRUE), ==, mine);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, 0);
}

#define REFUSAL                                                                                    \
  "{\"rules\":[{\"path\":\"/scheduled_events\",\"times\":1,\"status\":403,\"body\":{\"title\":"   \
  "\"Permission Denied\",\"message\":\"You do not have permission\"}}]}"

/* Refused, the own meetings come in the same sync; it is tried again a day later, and then stays
 * as it was chosen. */
static void
test_organization_refused (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  g_autofree char *again = NULL;
  g_autofree char *last = NULL;
  guint mine, others;

  connect_and_sync (fixture, "sandbox-pat");
  count_world (fixture, &mine, &others);
  switch_view (fixture, TRUE);
  services_fixture_ask (fixture, "PUT", "/faults", REFUSAL);
  reason = sync_all (fixture, FALSE);
  g_assert_nonnull (reason);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_REFUSED);
  g_assert_cmpuint (count_meetings (fixture, TRUE), ==, mine);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, 0);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_REFUSED);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  again = sync_all (fixture, FALSE);
  g_assert_nonnull (again);
  g_assert_cmpuint (services_fixture_count_queries (fixture, "organization="), ==, 0);

  services_fixture_close (fixture);
  g_setenv ("TOUCHPOINT_NOW", "2026-03-05T09:20:00Z", TRUE);
  services_fixture_open (fixture);
  last = sync_all (fixture, TRUE);
  g_assert_null (last);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_EVERYONE);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, others);
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

  connect_and_sync (fixture, "sandbox-pat");
  switch_view (fixture, TRUE);
  account = tpt_connection_get_account (fixture->services->connection);
  rules = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/organization_memberships\",\"status\":200,\"body\":{\"collection\":"
    "[{\"uri\":\"https://api.calendly.com/organization_memberships/M\",\"role\":\"user\",\"user\":"
    "{\"uri\":\"%s\",\"name\":\"Robin Falk\",\"email\":\"%s\"},\"organization\":\"%s\"}],"
    "\"pagination\":{\"count\":1,\"next_page_token\":null}}}]}",
    account->uri, account->email, account->organization);
  services_fixture_ask (fixture, "PUT", "/faults", rules);
  reason = sync_all (fixture, TRUE);
  g_assert_nonnull (reason);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_NO_ROLE);
  account = tpt_connection_get_account (fixture->services->connection);
  g_assert_cmpstr (account->role, ==, "user");

  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  again = sync_all (fixture, TRUE);
  g_assert_null (again);
  g_assert_cmpint (get_state (fixture), ==, TPT_VIEW_EVERYONE);
}

/* Events that name their hosts by URI alone get the names of the members. */
static void
test_organization_names (ServicesFixture *fixture,
                         gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  guint found = 0;

  services_fixture_ask (fixture, "PUT", "/faults", "{\"bare_hosts\":true}");
  connect_and_sync (fixture, "sandbox-pat-admin");
  switch_view (fixture, TRUE);
  reason = sync_all (fixture, FALSE);
  g_assert_null (reason);
  meetings = services_fixture_meetings (fixture);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      const TptHost *host = g_ptr_array_index (meeting->hosts, 0);

      g_assert_nonnull (host->email);
      found += g_strcmp0 (host->name, "Robin Falk") == 0;
    }
  g_assert_cmpuint (found, >, 10);
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

  connect_and_sync (fixture, "sandbox-pat");
  switch_view (fixture, TRUE);
  reason = sync_all (fixture, FALSE);
  g_assert_null (reason);
  meetings = services_fixture_meetings (fixture);
  for (guint i = 0; invitee == NULL && i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (!is_mine (fixture, meeting) && meeting->invitees->len == 1)
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
  counts = switch_view (fixture, FALSE);
  g_assert_cmpuint (counts.decided, ==, 1);
  g_assert_cmpuint (count_meetings (fixture, FALSE), ==, 0);
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

  connect_and_sync (fixture, "sandbox-pat");
  meetings = count_meetings (fixture, TRUE);
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
  g_assert_cmpuint (count_meetings (fixture, TRUE), ==, meetings);
  g_assert_false (services_fixture_connect (fixture, "sandbox-pat", &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT);
  g_assert_cmpuint (count_meetings (fixture, TRUE), ==, meetings);

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

  connect_and_sync (fixture, "sandbox-pat");
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
    { "/services/organization/refused", test_organization_refused },
    { "/services/organization/role", test_organization_role },
    { "/services/organization/names", test_organization_names },
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
