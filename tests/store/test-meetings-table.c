/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)
#define HOSTILE "<b>x</b> & \"Ω\" שלום'; DROP TABLE meetings; -- %_*- NEAR AND\xe2\x80\xae"

typedef struct
{
  TptStore *store;
  TptCustomer *acme;
  TptCustomer *zorg;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = tpt_test_store_open (":memory:");
  fixture->acme = tpt_test_store_add_customer (fixture->store, "Acme", "acme.example", NULL);
  fixture->zorg = tpt_test_store_add_customer (fixture->store, "Zorg", "zorg.example", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->acme);
  g_object_unref (fixture->zorg);
  tpt_test_store_close (fixture->store);
}

typedef struct
{
  const char *uri;
  TptMeeting *meeting;
} Found;

static gboolean
find_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  Found *found = data;

  return tpt_meetings_table_find (session, found->uri, &found->meeting, error);
}

static TptMeeting *
find_meeting (Fixture    *fixture,
              const char *uri)
{
  Found found = { uri, NULL };

  tpt_test_store_transact (fixture->store, find_func, &found);

  return found.meeting;
}

static TptMeeting *
make_full_meeting (Fixture *fixture)
{
  TptMeeting *meeting = tpt_test_store_make_meeting (1, START);
  TptInvitee *invitee = tpt_test_store_make_invitee (meeting, 1, "Anna@Acme.example",
                                                     fixture->acme->id);

  g_free (meeting->name);
  meeting->name = g_strdup (HOSTILE);
  meeting->event_type = g_strdup ("https://api.example.com/event_types/T");
  meeting->location_type = g_strdup ("zoom");
  meeting->location = g_strdup ("Room 1");
  meeting->join_url = g_strdup ("https://zoom.example/j/1");
  meeting->notes_plain = g_strdup ("note");
  meeting->canceled = TRUE;
  meeting->canceled_at = START - TPT_HOUR;
  meeting->canceler = TPT_CANCELER_INVITEE;
  meeting->cancel_reason = g_strdup ("ill");
  meeting->canceled_by = g_strdup ("Anna");
  meeting->invitees_limit = 3;
  meeting->source = TPT_SOURCE_WEBHOOK;
  g_strfreev (meeting->guests);
  meeting->guests = g_strsplit ("g1@acme.example;g2@acme.example", ";", -1);
  tpt_invitee_add_answer (invitee, "What about?", HOSTILE, 2);
  invitee->tracking.utm_content = g_strdup ("LINK1");
  invitee->tracking.salesforce_uuid = g_strdup ("SF");
  invitee->no_show_local = TPT_NO_SHOW_HOST;
  invitee->seen_at = START + 5;
  invitee->confirmed = TRUE;
  invitee->match = TPT_MATCH_MANUAL;
  invitee->payment_json = g_strdup ("{}");

  return meeting;
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (TptMeeting) saved = make_full_meeting (fixture);
  g_autoptr (TptMeeting) meeting = NULL;
  TptInvitee *invitee;
  TptAnswer *answer;
  TptHost *host;

  tpt_test_store_save_meeting (fixture->store, saved);
  meeting = find_meeting (fixture, saved->uri);
  g_assert_cmpint (meeting->id, ==, saved->id);
  g_assert_cmpstr (meeting->name, ==, HOSTILE);
  g_assert_cmpstr (meeting->event_type, ==, saved->event_type);
  g_assert_cmpint (meeting->start, ==, START);
  g_assert_cmpint (meeting->end, ==, saved->end);
  g_assert_cmpstr (meeting->join_url, ==, saved->join_url);
  g_assert_cmpstr (meeting->notes_plain, ==, "note");
  g_assert_null (meeting->notes_html);
  g_assert_cmpint (meeting->canceled_at, ==, saved->canceled_at);
  g_assert_cmpint (meeting->canceler, ==, TPT_CANCELER_INVITEE);
  g_assert_true (meeting->canceled);
  g_assert_cmpstr (meeting->cancel_reason, ==, "ill");
  g_assert_cmpint (meeting->invitees_limit, ==, 3);
  g_assert_cmpint (meeting->source, ==, TPT_SOURCE_WEBHOOK);
  g_assert_cmpuint (g_strv_length (meeting->guests), ==, 2);
  host = g_ptr_array_index (meeting->hosts, 0);
  g_assert_cmpstr (host->email, ==, "hanna@host.example");

  g_assert_cmpuint (meeting->invitees->len, ==, 1);
  invitee = g_ptr_array_index (meeting->invitees, 0);
  g_assert_cmpstr (invitee->event, ==, meeting->uri);
  g_assert_cmpstr (invitee->email, ==, "Anna@Acme.example");
  g_assert_cmpint (invitee->customer, ==, fixture->acme->id);
  g_assert_cmpint (invitee->match, ==, TPT_MATCH_MANUAL);
  g_assert_cmpint (invitee->no_show_local, ==, TPT_NO_SHOW_HOST);
  g_assert_cmpint (invitee->seen_at, ==, START + 5);
  g_assert_true (invitee->confirmed);
  g_assert_false (invitee->rescheduled);
  g_assert_cmpstr (invitee->tracking.utm_content, ==, "LINK1");
  g_assert_cmpstr (invitee->tracking.salesforce_uuid, ==, "SF");
  g_assert_null (invitee->link_id);
  answer = g_ptr_array_index (invitee->answers, 0);
  g_assert_cmpstr (answer->answer, ==, HOSTILE);
  g_assert_cmpint (answer->position, ==, 2);
}

static void
test_saved_again (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (TptMeeting) saved = make_full_meeting (fixture);
  g_autoptr (TptMeeting) meeting = NULL;
  gint64 row;

  tpt_test_store_save_meeting (fixture->store, saved);
  row = saved->id;
  saved->id = 0;
  saved->start += TPT_DAY;
  g_clear_pointer (&saved->notes_plain, g_free);
  g_ptr_array_set_size (saved->hosts, 0);
  tpt_test_store_save_meeting (fixture->store, saved);
  g_assert_cmpint (saved->id, ==, row);
  meeting = find_meeting (fixture, saved->uri);
  g_assert_cmpint (meeting->start, ==, START + TPT_DAY);
  g_assert_null (meeting->notes_plain);
  g_assert_cmpuint (meeting->hosts->len, ==, 0);
  g_assert_cmpuint (meeting->invitees->len, ==, 1);
}

static void
test_absent (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_null (find_meeting (fixture, "https://api.example.com/scheduled_events/NONE"));
}

/* Five days in a row: Acme, Zorg, both, nobody, and one of Acme's that was moved to the sixth. */
static void
save_week (Fixture *fixture)
{
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (i, START + i * TPT_DAY);
      TptInvitee *invitee;

      if (i == 0 || i == 2 || i >= 4)
        {
          invitee = tpt_test_store_make_invitee (meeting, 1, "anna@acme.example",
                                                 fixture->acme->id);
          invitee->canceled = invitee->rescheduled = i == 4;
        }
      if (i == 1 || i == 2)
        tpt_test_store_make_invitee (meeting, 2, "zoe@zorg.example", fixture->zorg->id);
      if (i == 3)
        {
          TptHost *host = g_ptr_array_index (meeting->hosts, 0);

          tpt_test_store_make_invitee (meeting, 3, "someone@else.example", 0);
          g_free (host->email);
          host->email = g_strdup ("other@host.example");
        }
      tpt_test_store_save_meeting (fixture->store, meeting);
    }
}

/* The numbers of the days that @query finds. */
static char *
list_days (Fixture         *fixture,
           TptMeetingQuery  query)
{
  g_autoptr (GPtrArray) meetings = tpt_test_store_list_meetings (fixture->store, &query);
  GString *days = g_string_new (NULL);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      g_string_append_printf (days, "%d", (int) ((meeting->start - START) / TPT_DAY));
    }

  return g_string_free (days, FALSE);
}

static void
assert_days (Fixture         *fixture,
             TptMeetingQuery  query,
             const char      *expected)
{
  g_autofree char *days = list_days (fixture, query);

  g_assert_cmpstr (days, ==, expected);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  save_week (fixture);
  assert_days (fixture, (TptMeetingQuery) { 0 }, "01235");
  assert_days (fixture, (TptMeetingQuery) { .with_superseded = TRUE }, "012345");
  assert_days (fixture, (TptMeetingQuery) { .descending = TRUE, .limit = 2 }, "53");
  assert_days (fixture, (TptMeetingQuery) { .customer = fixture->acme->id }, "025");
  assert_days (fixture, (TptMeetingQuery) { .customer = fixture->zorg->id }, "12");
  assert_days (fixture, (TptMeetingQuery) { .customer = 999 }, "");
  assert_days (fixture,
               (TptMeetingQuery) { .range = { START + TPT_DAY, START + 3 * TPT_DAY } }, "12");
  assert_days (fixture, (TptMeetingQuery) { .range = { START + 3 * TPT_DAY, 0 } }, "35");
  assert_days (fixture, (TptMeetingQuery) { .host_email = "OTHER@host.example" }, "3");
  assert_days (fixture, (TptMeetingQuery) { .host_email = "nobody@host.example" }, "");
  assert_days (fixture,
               (TptMeetingQuery) { .uri = "https://api.example.com/scheduled_events/EVENT4" }, "");
  assert_days (fixture,
               (TptMeetingQuery) { .uri = "https://api.example.com/scheduled_events/EVENT4",
                                   .with_superseded = TRUE },
               "4");
  assert_days (fixture,
               (TptMeetingQuery) { .customer = fixture->acme->id,
                                   .host_email = "hanna@host.example",
                                   .range = { START + TPT_DAY, 0 },
                                   .limit = 1 },
               "2");
}

/* Zorg moved out of a group in which Acme stays: for Zorg, the event is superseded. */
static void
test_list_group (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (0, START);
  TptInvitee *moved;

  tpt_test_store_make_invitee (meeting, 1, "anna@acme.example", fixture->acme->id);
  moved = tpt_test_store_make_invitee (meeting, 2, "zoe@zorg.example", fixture->zorg->id);
  moved->canceled = moved->rescheduled = TRUE;
  tpt_test_store_save_meeting (fixture->store, meeting);
  assert_days (fixture, (TptMeetingQuery) { 0 }, "0");
  assert_days (fixture, (TptMeetingQuery) { .customer = fixture->acme->id }, "0");
  assert_days (fixture, (TptMeetingQuery) { .customer = fixture->zorg->id }, "");
  assert_days (fixture,
               (TptMeetingQuery) { .customer = fixture->zorg->id, .with_superseded = TRUE }, "0");
}

static gboolean
count_and_remove_func (TptSession  *session,
                       gpointer     data,
                       GError     **error)
{
  gint64 count;

  g_assert_true (tpt_meetings_table_count (session, &count, error));
  g_assert_cmpint (count, ==, 6);
  g_assert_true (tpt_meetings_table_remove (session, "https://api.example.com/none", error));
  g_assert_true (tpt_meetings_table_remove (session,
                                            "https://api.example.com/scheduled_events/EVENT2",
                                            error));
  g_assert_true (tpt_meetings_table_count (session, &count, error));
  g_assert_cmpint (count, ==, 5);

  return TRUE;
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GArray) bookings = NULL;

  save_week (fixture);
  tpt_test_store_transact (fixture->store, count_and_remove_func, NULL);
  assert_days (fixture, (TptMeetingQuery) { .customer = fixture->zorg->id }, "1");
  bookings = tpt_test_store_list_bookings (fixture->store, 0);
  g_assert_cmpuint (bookings->len, ==, 5);
}

static gboolean
orphan_func (TptSession  *session,
             gpointer     data,
             GError     **error)
{
  return tpt_invitees_table_save (session, data, error);
}

static void
test_invitee_without_event (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (1, START);
  TptInvitee *invitee = tpt_test_store_make_invitee (meeting, 1, "a@b.example", 0);
  g_autoptr (GError) error = NULL;

  g_assert_false (tpt_test_store_try_transact (fixture->store, orphan_func, invitee, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_FAILED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/meetings-table/round-trip", test_round_trip);
  ADD ("/meetings-table/saved-again", test_saved_again);
  ADD ("/meetings-table/absent", test_absent);
  ADD ("/meetings-table/list", test_list);
  ADD ("/meetings-table/list-group", test_list_group);
  ADD ("/meetings-table/remove", test_remove);
  ADD ("/meetings-table/invitee-without-event", test_invitee_without_event);

  return g_test_run ();
}
