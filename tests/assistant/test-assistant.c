/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-assistant.h"
#include "tpt-test-store.h"

typedef struct
{
  TptStore *store;
  TptAssistant *assistant;
} Fixture;

static void
add_meeting (Fixture    *fixture,
             int         number,
             TptTime     start,
             TptTime     booked_at,
             const char *name,
             gint64      customer)
{
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (number, start);
  TptInvitee *invitee = tpt_test_store_make_invitee (meeting, number, "ana@acme.com", customer);

  g_free (meeting->name);
  meeting->name = g_strdup (name);
  g_ptr_array_set_size (meeting->hosts, 0);
  tpt_meeting_add_host (meeting, "https://api.example/users/H", "Jo Host", "jo@ours.example");
  invitee->created_at = booked_at;
  tpt_test_store_save_meeting (fixture->store, meeting);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (TptCustomer) acme = NULL;
  g_autoptr (TptCustomer) labs = NULL;
  g_autoptr (TptCustomer) other = NULL;
  TptTime now;

  fixture->store = tpt_test_store_open (":memory:");
  fixture->assistant = tpt_assistant_new (fixture->store, NULL, NULL);
  acme = tpt_test_store_add_customer (fixture->store, "Acme", "acme.com", "ana@acme.com");
  labs = tpt_test_store_add_customer (fixture->store, "Beta One", "one.example", "bo@one.example");
  other = tpt_test_store_add_customer (fixture->store, "Beta Two", "two.example", "cy@two.example");
  now = tpt_clock_now (tpt_store_get_clock (fixture->store));

  /* The one that starts last was not the one that was booked last. */
  add_meeting (fixture, 1, now - 30 * TPT_DAY, now - 40 * TPT_DAY, "Kick-off", acme->id);
  add_meeting (fixture, 2, now + 5 * TPT_DAY, now - 1 * TPT_DAY, "Check-in", acme->id);
  add_meeting (fixture, 3, now + 20 * TPT_DAY, now - 10 * TPT_DAY, "Review", acme->id);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  tpt_test_finalized (fixture->assistant);
  tpt_test_store_close (fixture->store);
}

static TptReply *
ask (Fixture    *fixture,
     const char *sentence)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { 0 };
  TptReply *reply;

  tpt_assistant_ask_async (fixture->assistant, sentence, "test", NULL, tpt_test_result_cb,
                           &waiting);
  result = tpt_test_await (&waiting);
  reply = tpt_assistant_ask_finish (fixture->assistant, result, &error);
  g_assert_no_error (error);

  return reply;
}

static void
assert_says (TptReply   *reply,
             const char *word)
{
  if (strstr (reply->text, word) == NULL)
    g_error ("“%s” is not in “%s”", word, reply->text);
}

static void
test_assistant_last_scheduled (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr (TptReply) reply = ask (fixture, "when did acme last schedule?");

  g_assert_cmpstr (reply->intent, ==, "last-scheduled");
  g_assert_true (reply->resolved);
  g_assert_cmpstr (reply->customer->name, ==, "Acme");
  g_assert_cmpuint (reply->meetings->len, ==, 1);
  g_assert_cmpstr (((TptMeeting *) g_ptr_array_index (reply->meetings, 0))->name, ==, "Check-in");
  assert_says (reply, "Check-in");
  assert_says (reply, "Jo Host");
  assert_says (reply, "upcoming");
}

static void
test_assistant_never_scheduled (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr (TptReply) reply = ask (fixture, "last meeting with Beta One");

  g_assert_true (reply->resolved);
  g_assert_cmpuint (reply->meetings->len, ==, 0);
  assert_says (reply, "Beta One never scheduled");
}

static void
test_assistant_show_bookings (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr (TptReply) reply = ask (fixture, "Show Calendly bookings for ACME");
  g_autoptr (TptReply) by_person = ask (fixture, "meetings of ana@acme.com");

  g_assert_cmpstr (reply->intent, ==, "show-bookings");
  g_assert_cmpuint (reply->meetings->len, ==, 3);
  g_assert_cmpstr (((TptMeeting *) g_ptr_array_index (reply->meetings, 0))->name, ==, "Review");
  assert_says (reply, "3 bookings, 2 upcoming");
  g_assert_cmpuint (by_person->meetings->len, ==, 3);
}

static void
test_assistant_unresolved (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autoptr (TptReply) several = ask (fixture, "bookings for Beta");
  g_autoptr (TptReply) nobody = ask (fixture, "bookings for Zeta");
  g_autoptr (TptReply) unknown = ask (fixture, "make me a sandwich");
  g_autoptr (TptReply) stranger = ask (fixture, "When did Acme last schedule with me?");
  g_autoptr (TptReply) link = ask (fixture, "send link to Acme");

  g_assert_false (several->resolved);
  g_assert_cmpuint (several->candidates->len, ==, 2);
  assert_says (several, "Beta One, Beta Two");
  g_assert_false (nobody->resolved);
  assert_says (nobody, "Zeta");
  g_assert_false (unknown->resolved);
  g_assert_cmpstr (unknown->intent, ==, "unknown");
  assert_says (unknown, "Send Calendly link to");
  g_assert_false (stranger->resolved);
  assert_says (stranger, "connected account");
  g_assert_false (link->resolved);
  g_assert_null (link->link);
}

static void
add (const char *path,
     void      (*test) (Fixture       *fixture,
                        gconstpointer  user_data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  add ("/assistant/last-scheduled", test_assistant_last_scheduled);
  add ("/assistant/never-scheduled", test_assistant_never_scheduled);
  add ("/assistant/show-bookings", test_assistant_show_bookings);
  add ("/assistant/unresolved", test_assistant_unresolved);

  return g_test_run ();
}
