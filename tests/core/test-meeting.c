/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer.h"
#include "tpt-event-type.h"
#include "tpt-meeting.h"
#include "tpt-test.h"
#include "tpt-user.h"

#define NOW ((TptTime) 1780000000 * TPT_SECOND)

static TptInvitee *
add_invitee (TptMeeting *meeting,
             gint64      customer,
             gboolean    canceled,
             gboolean    rescheduled)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->customer = customer;
  invitee->canceled = canceled;
  invitee->rescheduled = rescheduled;
  g_ptr_array_add (meeting->invitees, invitee);

  return invitee;
}

/* One event, many invitees, each with a state of its own. */
static void
test_group (void)
{
  TptMeeting *meeting = tpt_meeting_new ();
  TptInvitee *absent;

  meeting->end = NOW - TPT_HOUR;
  g_assert_cmpint (tpt_meeting_get_outcome (meeting, NOW), ==, TPT_OUTCOME_HELD);
  meeting->canceled = TRUE;
  g_assert_cmpint (tpt_meeting_get_outcome (meeting, NOW), ==, TPT_OUTCOME_CANCELED);
  g_assert_false (tpt_meeting_is_superseded (meeting));

  add_invitee (meeting, 1, TRUE, TRUE);
  g_assert_cmpint (tpt_meeting_get_outcome (meeting, NOW), ==, TPT_OUTCOME_SUPERSEDED);
  g_assert_true (tpt_meeting_is_superseded (meeting));
  add_invitee (meeting, 2, TRUE, FALSE);
  g_assert_cmpint (tpt_meeting_get_outcome (meeting, NOW), ==, TPT_OUTCOME_CANCELED);
  absent = add_invitee (meeting, 3, FALSE, FALSE);
  absent->no_show_uri = g_strdup ("https://api.example.com/invitee_no_shows/1");
  g_assert_cmpint (tpt_meeting_get_outcome (meeting, NOW), ==, TPT_OUTCOME_NO_SHOW);
  add_invitee (meeting, 4, FALSE, FALSE);
  g_assert_cmpint (tpt_meeting_get_outcome (meeting, NOW), ==, TPT_OUTCOME_HELD);
  g_assert_cmpint (tpt_meeting_get_outcome (meeting, meeting->end), ==, TPT_OUTCOME_UPCOMING);
  g_assert_false (tpt_meeting_is_superseded (meeting));
  tpt_test_finalized (meeting);
}

/* What became of it for one customer, whatever it came to for the others. */
static void
test_outcome_of_one (void)
{
  TptMeeting *meeting = tpt_meeting_new ();
  TptInvitee *absent;

  meeting->end = NOW + TPT_HOUR;
  g_assert_cmpint (tpt_meeting_get_outcome_for (meeting, 1, NOW), ==, TPT_OUTCOME_UPCOMING);
  add_invitee (meeting, 1, TRUE, FALSE);
  add_invitee (meeting, 2, FALSE, FALSE);
  add_invitee (meeting, 3, TRUE, TRUE);
  absent = add_invitee (meeting, 4, FALSE, FALSE);
  absent->no_show_uri = g_strdup ("https://api.example.com/invitee_no_shows/1");
  g_assert_cmpint (tpt_meeting_get_outcome_for (meeting, 0, NOW), ==, TPT_OUTCOME_UPCOMING);
  g_assert_cmpint (tpt_meeting_get_outcome_for (meeting, 1, NOW), ==, TPT_OUTCOME_CANCELED);
  g_assert_cmpint (tpt_meeting_get_outcome_for (meeting, 2, NOW), ==, TPT_OUTCOME_UPCOMING);
  g_assert_cmpint (tpt_meeting_get_outcome_for (meeting, 3, NOW), ==, TPT_OUTCOME_SUPERSEDED);
  g_assert_cmpint (tpt_meeting_get_outcome_for (meeting, 4, NOW), ==, TPT_OUTCOME_NO_SHOW);
  add_invitee (meeting, 1, FALSE, FALSE);
  g_assert_cmpint (tpt_meeting_get_outcome_for (meeting, 1, NOW), ==, TPT_OUTCOME_UPCOMING);
  tpt_test_finalized (meeting);
}

static void
test_invitee_to_show (void)
{
  TptMeeting *meeting = tpt_meeting_new ();
  TptInvitee *first = add_invitee (meeting, 1, TRUE, FALSE);
  TptInvitee *second = add_invitee (meeting, 2, FALSE, FALSE);
  TptInvitee *third = add_invitee (meeting, 1, FALSE, FALSE);

  g_assert_true (tpt_meeting_get_invitee (meeting, 0) == second);
  g_assert_true (tpt_meeting_get_invitee (meeting, 1) == third);
  third->canceled = TRUE;
  g_assert_true (tpt_meeting_get_invitee (meeting, 1) == first);
  g_assert_null (tpt_meeting_get_invitee (meeting, 9));

  /* Who moved to another time is the last to be shown. */
  first->rescheduled = TRUE;
  g_assert_true (tpt_meeting_get_invitee (meeting, 1) == third);
  g_assert_false (tpt_meeting_is_with (meeting, first));
  g_assert_true (tpt_meeting_is_with (meeting, third));
  second->canceled = third->canceled = TRUE;
  second->rescheduled = third->rescheduled = TRUE;
  g_assert_true (tpt_meeting_get_invitee (meeting, 0) == first);
  g_assert_true (tpt_meeting_is_with (meeting, first));
  tpt_test_finalized (meeting);
}

static void
test_hosts_and_answers (void)
{
  TptMeeting *meeting = tpt_meeting_new ();
  TptInvitee *invitee = add_invitee (meeting, 0, FALSE, FALSE);
  TptAnswer *answer;

  tpt_meeting_add_host (meeting, "uri", NULL, "h@host.example");
  tpt_invitee_add_answer (invitee, "Why?", NULL, 3);
  g_assert_cmpstr (((TptHost *) g_ptr_array_index (meeting->hosts, 0))->email, ==,
                   "h@host.example");
  answer = g_ptr_array_index (invitee->answers, 0);
  g_assert_cmpstr (answer->question, ==, "Why?");
  g_assert_null (answer->answer);
  g_assert_cmpint (answer->position, ==, 3);
  g_assert_cmpuint (g_strv_length (meeting->guests), ==, 0);
  g_assert_cmpstr (tpt_source_to_string (TPT_SOURCE_WEBHOOK), ==, "webhook");
  g_assert_cmpstr (tpt_source_to_string (TPT_SOURCE_OWN), ==, "own");
  g_assert_cmpstr (tpt_source_to_string (TPT_SOURCE_POLL), ==, "poll");
  tpt_test_finalized (meeting);
}

/* Our own mark wins, as only it can say that the host did not come. */
/* However often somebody is listed, it is one host, with all that is known. */
static void
test_hosts_twice (void)
{
  TptMeeting *meeting = tpt_meeting_new ();
  const TptHost *host;

  tpt_meeting_add_host (meeting, "uri", NULL, NULL);
  tpt_meeting_add_host (meeting, "uri", "Hanna", NULL);
  tpt_meeting_add_host (meeting, "uri", "Hanna Host", "h@host.example");
  tpt_meeting_add_host (meeting, NULL, NULL, "h@host.example");
  g_assert_cmpuint (meeting->hosts->len, ==, 1);
  host = g_ptr_array_index (meeting->hosts, 0);
  g_assert_cmpstr (host->uri, ==, "uri");
  g_assert_cmpstr (host->name, ==, "Hanna");
  g_assert_cmpstr (host->email, ==, "h@host.example");

  tpt_meeting_add_host (meeting, "other", "Hanna", "h@host.example");
  tpt_meeting_add_host (meeting, NULL, "Hanna", NULL);
  g_assert_cmpuint (meeting->hosts->len, ==, 3);
  tpt_test_finalized (meeting);
}

static void
test_no_show (void)
{
  TptInvitee *invitee = tpt_invitee_new ();

  g_assert_cmpint (tpt_invitee_get_no_show (invitee), ==, TPT_NO_SHOW_NONE);
  invitee->no_show_at = NOW;
  g_assert_cmpint (tpt_invitee_get_no_show (invitee), ==, TPT_NO_SHOW_GUEST);
  invitee->no_show_local = TPT_NO_SHOW_HOST;
  g_assert_cmpint (tpt_invitee_get_no_show (invitee), ==, TPT_NO_SHOW_HOST);
  g_assert_cmpint (tpt_invitee_get_outcome (invitee, NOW - 1, NOW), ==, TPT_OUTCOME_NO_SHOW);
  tpt_test_finalized (invitee);
}

static void
test_match_reasons (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = 0; i <= TPT_MATCH_IGNORED; i++)
    {
      TptMatchReason reason = (TptMatchReason) i;

      g_assert_true (g_hash_table_add (words, (char *) tpt_match_reason_to_string (reason)));
      g_assert_true (tpt_match_reason_is_manual (reason)
                     == (reason == TPT_MATCH_MANUAL || reason == TPT_MATCH_IGNORED));
    }
}

/* A name of which nothing is to be seen is none. */
static void
test_title (void)
{
  const char *const nothing[] = { NULL, "", "  \t", "\xc2\xa0\xe3\x80\x80", "\xe2\x80\x8b", "\x01",
                                  "\xe2\x80\xa8" };

  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      TptMeeting *meeting = tpt_meeting_new ();

      meeting->name = g_strdup (nothing[i]);
      g_assert_cmpstr (tpt_meeting_get_title (meeting), ==, "Meeting");
      g_free (meeting->name);
      meeting->name = g_strdup (" \xc3\xa9 ");
      g_assert_cmpstr (tpt_meeting_get_title (meeting), ==, " \xc3\xa9 ");
      tpt_test_finalized (meeting);
    }
}

static void
test_people (void)
{
  TptCustomer *customer = tpt_customer_new ();
  TptStakeholder *stakeholder = tpt_stakeholder_new ();
  TptUser *user = tpt_user_new ();

  g_assert_cmpstr (tpt_stakeholder_get_label (stakeholder), ==, "");
  tpt_stakeholder_add_email (stakeholder, "Anna@Acme.example");
  g_assert_cmpstr (tpt_stakeholder_get_label (stakeholder), ==, "Anna@Acme.example");
  stakeholder->name = g_strdup ("");
  g_assert_cmpstr (tpt_stakeholder_get_label (stakeholder), ==, "Anna@Acme.example");
  g_ptr_array_add (customer->stakeholders, stakeholder);
  g_assert_true (tpt_customer_find_stakeholder (customer, "anna@acme.example") == stakeholder);
  g_assert_null (tpt_customer_find_stakeholder (customer, "bob@acme.example"));
  g_assert_null (tpt_customer_find_stakeholder (customer, NULL));
  g_assert_cmpstr (tpt_customer_status_to_string (TPT_CUSTOMER_PROSPECT), ==, "prospect");

  g_assert_false (tpt_user_is_admin (user));
  user->role = g_strdup ("owner");
  g_assert_true (tpt_user_is_admin (user));
  tpt_test_finalized (customer);
  tpt_test_finalized (user);
}

static void
test_schedulable (void)
{
  TptEventType *event_type = tpt_event_type_new ();

  g_assert_false (tpt_event_type_is_schedulable (event_type));
  event_type->active = TRUE;
  g_assert_true (tpt_event_type_is_schedulable (event_type));
  event_type->type = g_strdup ("AdhocEventType");
  g_assert_false (tpt_event_type_is_schedulable (event_type));
  g_clear_pointer (&event_type->type, g_free);
  event_type->deleted = TRUE;
  g_assert_false (tpt_event_type_is_schedulable (event_type));
  tpt_test_finalized (event_type);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/meeting/group", test_group);
  g_test_add_func ("/meeting/outcome-of-one", test_outcome_of_one);
  g_test_add_func ("/meeting/invitee-to-show", test_invitee_to_show);
  g_test_add_func ("/meeting/hosts-and-answers", test_hosts_and_answers);
  g_test_add_func ("/meeting/hosts-twice", test_hosts_twice);
  g_test_add_func ("/meeting/no-show", test_no_show);
  g_test_add_func ("/meeting/match-reasons", test_match_reasons);
  g_test_add_func ("/meeting/title", test_title);
  g_test_add_func ("/meeting/people", test_people);
  g_test_add_func ("/meeting/schedulable", test_schedulable);

  return g_test_run ();
}
