/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-test.h"

static void
connect_and_sync (ServicesFixture *fixture)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->created, >, 0);
}

static gboolean
hosts (JsonObject *event,
       const char *user)
{
  JsonArray *members = json_object_get_array_member (event, "event_memberships");

  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonObject *member = json_array_get_object_element (members, i);

      if (g_strcmp0 (json_object_get_string_member (member, "user"), user) == 0)
        return TRUE;
    }

  return FALSE;
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static gboolean
is_canceled (JsonObject *object)
{
  return g_strcmp0 (get_string (object, "status"), "canceled") == 0;
}

static void
assert_same_event (TptMeeting *meeting,
                   JsonObject *event)
{
  TptTime start;

  g_assert_true (tpt_time_parse (get_string (event, "start_time"), &start, NULL));
  g_assert_cmpint (meeting->start, ==, start);
  g_assert_cmpstr (meeting->name, ==, get_string (event, "name"));
  g_assert_cmpint (meeting->canceled, ==, is_canceled (event));
  g_assert_cmpstr (meeting->event_type, ==, get_string (event, "event_type"));
}

static void
assert_same_invitee (TptInvitee *invitee,
                     JsonObject *object)
{
  g_assert_cmpstr (invitee->email, ==, get_string (object, "email"));
  g_assert_cmpstr (invitee->name, ==, get_string (object, "name"));
  g_assert_cmpint (invitee->canceled, ==, is_canceled (object));
  g_assert_cmpint (invitee->rescheduled, ==,
                   json_object_get_boolean_member (object, "rescheduled"));
  g_assert_cmpstr (invitee->old_invitee, ==, get_string (object, "old_invitee"));
  g_assert_cmpstr (invitee->new_invitee, ==, get_string (object, "new_invitee"));
  g_assert_cmpint (invitee->no_show_uri != NULL, ==,
                   !json_object_get_null_member (object, "no_show"));
}

/* What is stored is exactly what the service has of this account, no more and no less. */
static void
assert_same_as_state (ServicesFixture *fixture)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObject *state = services_fixture_state (fixture, &node);
  JsonArray *events = json_object_get_array_member (state, "events");
  JsonArray *invitees = json_object_get_array_member (state, "invitees");
  const char *user = tpt_connection_get_account (fixture->services->connection)->uri;
  guint count = 0, own = 0;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      g_hash_table_insert (known, meeting->uri, meeting);
      own += meeting->invitees->len;
    }
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      TptMeeting *meeting = g_hash_table_lookup (known, get_string (event, "uri"));

      if (!hosts (event, user))
        continue;
      count++;
      g_assert_nonnull (meeting);
      assert_same_event (meeting, event);
    }
  g_assert_cmpuint (meetings->len, ==, count);

  for (guint i = 0; i < json_array_get_length (invitees); i++)
    {
      JsonObject *object = json_array_get_object_element (invitees, i);
      TptInvitee *invitee = services_fixture_find (meetings, get_string (object, "uri"), NULL);

      if (!g_hash_table_contains (known, get_string (object, "event")))
        continue;
      g_assert_nonnull (invitee);
      assert_same_invitee (invitee, object);
      own--;
    }
  g_assert_cmpuint (own, ==, 0);
}

/* How many pages there are of what is near, what was before that, and what comes after it; one that
 * is empty is asked for as well. */
static guint
count_pages (GPtrArray *meetings)
{
  guint parts[3] = { 0 };
  guint pages = 0;
  TptTime now;

  g_assert_true (tpt_time_parse (SERVICES_NOW, &now, NULL));
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (meeting->start <= now - 30 * TPT_DAY)
        parts[0]++;
      else if (meeting->start <= now + 90 * TPT_DAY)
        parts[1]++;
      else
        parts[2]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    pages += MAX ((parts[i] + 99) / 100, 1);

  return pages;
}

/* Everything on the first sync; on the second nothing but the pages is asked for. */
static void
test_services_first_sync (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) first = NULL;
  g_autoptr (TptSyncReport) second = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  first = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  meetings = services_fixture_meetings (fixture);
  g_assert_cmpuint (first->failed->len, ==, 0);
  g_assert_cmpuint (first->created, ==, meetings->len);
  g_assert_cmpuint (first->synced, ==, first->created);
  assert_same_as_state (fixture);

  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  second = services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->created + second->updated, ==, 0);
  g_assert_cmpuint (second->unchanged, ==, first->created);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==, 0);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/scheduled_events"), ==,
                    count_pages (meetings));
  g_assert_cmpuint (second->requests, ==, services_fixture_count_requests (fixture, "/"));
}

/* Booked, called off, moved and marked behind our back. */
static void
test_services_changes (ServicesFixture *fixture,
                       gconstpointer    user_data)
{
  g_autoptr (TptEventType) type = NULL;
  g_autofree char *order = NULL;
  g_autoptr (JsonNode) booked = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  TptInvitee *canceled = NULL, *moved = NULL;

  connect_and_sync (fixture);
  meetings = services_fixture_meetings (fixture);
  for (guint i = 0; i < meetings->len && moved == NULL; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      TptInvitee *invitee = tpt_meeting_get_invitee (meeting, 0);

      if (meeting->canceled || meeting->invitees->len != 1 || invitee->canceled
          || meeting->start < tpt_clock_now (fixture->services->clock) + TPT_DAY)
        continue;
      if (canceled == NULL)
        canceled = invitee;
      else
        moved = invitee;
    }
  g_assert_nonnull (moved);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{\"invitee\":\"%s\"}", i == 0 ? canceled->uri : moved->uri);
      g_autoptr (JsonNode) answer =
        services_fixture_ask (fixture, "POST", i == 0 ? "/cancel" : "/reschedule", body);

      g_assert_nonnull (answer);
    }
  type = services_fixture_event_type (fixture);
  order = g_strdup_printf ("{\"event_type\":\"%s\",\"name\":\"<b>x</b> & \\\"Ω\\\"\","
                           "\"email\":\"new@customer.example\"}",
                           type->uri);
  booked = services_fixture_ask (fixture, "POST", "/book", order);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==, 4);
  g_assert_cmpuint (report->created, ==, 2);
  g_assert_cmpuint (report->updated, ==, 2);
  assert_same_as_state (fixture);
}

/* One event's invitees cannot be had: it is set aside with the reason, and comes when they can. */
static void
test_services_bad_record (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (TptSyncReport) again = NULL;
  g_autoptr (GError) error = NULL;
  const TptSyncFailure *failure;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees\",\"skip\":3,"
                        "\"times\":1,\"status\":404,\"body\":{\"title\":\"Resource Not Found\","
                        "\"message\":\"Gone\"}}]}");
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->failed->len, ==, 1);
  failure = g_ptr_array_index (report->failed, 0);
  g_assert_true (strstr (failure->uri, "/scheduled_events/") != NULL);
  g_assert_cmpstr (failure->reason, !=, "");

  again = services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->failed->len, ==, 0);
  g_assert_cmpuint (again->created, ==, 1);
  assert_same_as_state (fixture);
}

/* What the plan does not include of one event, or another odd refusal, keeps no other away. */
static void
test_services_refused_record (ServicesFixture *fixture,
                              gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (TptSyncReport) again = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees\",\"skip\":3,"
                        "\"times\":1,\"status\":403,\"body\":{\"title\":\"Permission Denied\","
                        "\"message\":\"Please upgrade to a paid Calendly account.\"}},"
                        "{\"path\":\"/scheduled_events/*/invitees\",\"skip\":10,\"times\":1,"
                        "\"status\":409,\"body\":{\"title\":\"Already Exists\",\"message\":\"-\"}}]}");
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->failed->len, ==, 2);

  again = services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->failed->len, ==, 0);
  g_assert_cmpuint (again->created, ==, 2);
  assert_same_as_state (fixture);
}

/* Down in the middle of a first sync: said as such, and what has come is kept. */
static void
test_services_down (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &none);
  g_assert_no_error (none);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events*\",\"skip\":150,"
                        "\"times\":100000,\"status\":503,\"html\":true}]}");
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
  g_assert_cmpint (tpt_engine_get_state (fixture->services->engine), ==, TPT_ENGINE_OFFLINE);
  g_assert_cmpstr (tpt_engine_get_message (fixture->services->engine), ==, error->message);
  g_assert_cmpint (tpt_engine_get_last_sync (fixture->services->engine), ==, TPT_TIME_NONE);

  kept = services_fixture_meetings (fixture);
  g_assert_cmpuint (kept->len, >=, 100);

  services_fixture_ask (fixture, "PUT", "/faults", "{\"rules\":[]}");
  services_fixture_close (fixture);
  services_fixture_open (fixture);
  report = services_fixture_sync (fixture, NULL, &none);
  g_assert_no_error (none);
  g_assert_cmpuint (report->created, >, 0);
  g_assert_cmpint (tpt_engine_get_state (fixture->services->engine), ==, TPT_ENGINE_IDLE);
  assert_same_as_state (fixture);
}

/* Told to slow down: it does, and says how often. */
static void
test_services_rate_limited (ServicesFixture *fixture,
                            gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events\",\"times\":2,\"status\":429,"
                        "\"headers\":{\"Retry-After\":\"1\"}}]}");
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->retries, ==, 2);
  assert_same_as_state (fixture);
}

/* An invitee that cannot be read and does not even say which it is: its event is looked into again,
 * though that does not change any more. */
static void
test_services_nameless_record (ServicesFixture *fixture,
                               gconstpointer    user_data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (TptSyncReport) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_autofree char *faults = NULL;
  TptMeeting *meeting;
  TptInvitee *invitee;

  connect_and_sync (fixture);
  before = services_fixture_meetings (fixture);
  meeting = g_ptr_array_index (before, before->len - 1);
  invitee = g_ptr_array_index (meeting->invitees, 0);
  g_assert_false (invitee->canceled);
  body = g_strdup_printf ("{\"invitee\":\"%s\"}", invitee->uri);
  services_fixture_ask (fixture, "POST", "/cancel", body);
  faults = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/scheduled_events/%s/invitees\",\"status\":200,\"body\":"
    "{\"collection\":[{\"uri\":7}],\"pagination\":{\"count\":1,\"next_page_token\":null}}}]}",
    strrchr (meeting->uri, '/') + 1);
  services_fixture_ask (fixture, "PUT", "/faults", faults);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->failed->len, ==, 1);
  g_assert_cmpstr (((TptSyncFailure *) g_ptr_array_index (report->failed, 0))->uri, ==,
                   meeting->uri);

  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  again = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->failed->len, ==, 0);
  after = services_fixture_meetings (fixture);
  g_assert_true (services_fixture_find (after, invitee->uri, NULL)->canceled);
}

static void
cancel_meetings (ServicesFixture *fixture,
                 GPtrArray       *meetings,
                 guint            first,
                 guint            count)
{
  for (guint i = first; i < first + count; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      g_autofree char *body = g_strdup_printf ("{\"event\":\"%s\"}", meeting->uri);

      services_fixture_ask (fixture, "POST", "/cancel", body);
    }
}

static void
break_invitees (ServicesFixture *fixture,
                const char      *event,
                guint            status)
{
  g_autofree char *faults = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/scheduled_events/%s/invitees\",\"status\":%u,\"html\":true}]}", event,
    status);

  services_fixture_ask (fixture, "PUT", "/faults", faults);
}

/* What the service cannot tell of one event for ever keeps nothing else away, also where there is
 * nothing else; where it can tell of none, it is down. */
static void
test_services_broken_record (ServicesFixture *fixture,
                             gconstpointer    user_data)
{
  static const guint statuses[] = { 500, 503, 424 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (TptSyncReport) last = NULL;
  g_autoptr (GError) error = NULL;
  TptMeeting *meeting;

  connect_and_sync (fixture);
  before = services_fixture_meetings (fixture);
  meeting = g_ptr_array_index (before, before->len - 1);
  cancel_meetings (fixture, before, before->len - 2, 2);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (TptSyncReport) report = NULL;

      break_invitees (fixture, strrchr (meeting->uri, '/') + 1, statuses[i]);
      report = services_fixture_sync (fixture, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->updated, ==, i == 0);
      g_assert_cmpuint (report->failed->len, ==, 1);
      g_assert_cmpstr (((TptSyncFailure *) g_ptr_array_index (report->failed, 0))->uri, ==,
                       meeting->uri);
      g_assert_cmpint (tpt_engine_get_state (fixture->services->engine), ==, TPT_ENGINE_IDLE);
    }

  cancel_meetings (fixture, before, before->len - 8, 6);
  break_invitees (fixture, "*", 503);
  g_assert_null (services_fixture_sync (fixture, NULL, &error));
  g_assert_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
  g_clear_error (&error);
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  last = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (last->failed->len, ==, 0);
  assert_same_as_state (fixture);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesFixture *, gconstpointer);
    const char *meetings;
  } tests[] = {
    { "/services/sync/first", test_services_first_sync, "400" },
    { "/services/sync/changes", test_services_changes, "120" },
    { "/services/sync/bad-record", test_services_bad_record, "120" },
    { "/services/sync/refused-record", test_services_refused_record, "120" },
    { "/services/sync/nameless-record", test_services_nameless_record, "120" },
    { "/services/sync/broken-record", test_services_broken_record, "120" },
    { "/services/sync/down", test_services_down, "400" },
    { "/services/sync/rate-limited", test_services_rate_limited, "120" },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, tests[i].meetings, services_fixture_set_up,
                tests[i].func, services_fixture_tear_down);

  return g_test_run ();
}
