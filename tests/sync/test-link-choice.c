/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customers-table.h"
#include "tpt-event-types-table.h"
#include "tpt-invitees-table.h"
#include "tpt-link-choice.h"
#include "tpt-meetings-table.h"
#include "tpt-test-store.h"

#define NOW ((TptTime) 1790000000 * TPT_SECOND)

static gboolean
save_type (TptSession  *session,
           const char  *category,
           GError     **error)
{
  g_autoptr (TptEventType) type = tpt_event_type_new ();

  type->uri = g_strdup_printf ("https://api.example/event_types/%s", category);
  type->name = g_strdup (category);
  type->category = g_strdup (category);
  type->scheduling_url = g_strdup ("https://booking.example/robin");
  type->duration = 30;
  type->active = TRUE;

  return tpt_event_types_table_save (session, type, error);
}

static gboolean
save_held (TptSession   *session,
           TptCustomer  *customer,
           const char   *category,
           int           days_ago,
           GError      **error)
{
  g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();

  meeting->uri = g_strdup_printf ("https://api.example/scheduled_events/%d", days_ago);
  meeting->event_type = g_strdup_printf ("https://api.example/event_types/%s", category);
  meeting->start = NOW - days_ago * TPT_DAY - TPT_HOUR;
  meeting->end = meeting->start + TPT_HOUR;
  invitee->uri = g_strdup_printf ("%s/invitees/1", meeting->uri);
  invitee->event = g_strdup (meeting->uri);
  invitee->email = g_strdup ("ada@acme.example");
  invitee->customer = customer->id;

  return tpt_meetings_table_save (session, meeting, error)
         && tpt_invitees_table_save (session, invitee, error);
}

static void
assert_choice (TptSession  *session,
               TptCustomer *customer,
               int          cadence_days,
               const char  *category,
               const char  *words)
{
  g_autoptr (TptStakeholder) stakeholder = NULL;
  g_autoptr (TptEventType) type = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (tpt_link_choice_find (session, NOW, zone, customer, cadence_days, &stakeholder,
                                       &type, &reason, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (type->category, ==, category);
  if (strstr (reason, words) == NULL)
    g_error ("“%s” is not in “%s”", words, reason);
}

static gboolean
choose_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autoptr (TptStakeholder) stakeholder = NULL;
  g_autoptr (TptEventType) given = tpt_event_type_new ();
  g_autoptr (TptEventType) type = g_object_ref (given);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *reason = NULL;

  customer->name = g_strdup ("Acme");
  customer->tier = g_strdup ("Gold");
  customer->status = TPT_CUSTOMER_ACTIVE;
  g_assert_true (tpt_customers_table_save (session, customer, error));
  g_assert_true (save_type (session, "check-in", error) && save_type (session, "qbr", error)
                 && save_type (session, "onboarding", error));
  assert_choice (session, customer, 0, "onboarding", "no meeting yet");

  g_assert_true (save_held (session, customer, "qbr", 80, error));
  assert_choice (session, customer, 0, "check-in", "80 days ago (aim: every 30)");
  g_assert_true (save_held (session, customer, "check-in", 20, error));
  assert_choice (session, customer, 0, "check-in", "usual");
  assert_choice (session, customer, 14, "check-in", "20 days ago (aim for Gold: every 14)");
  customer->cadence_days = 15;
  assert_choice (session, customer, 30, "check-in", "20 days ago (aim: every 15)");

  /* What a person says of a type counts for the meetings that were held of it. */
  g_assert_true (tpt_event_types_table_set_category (session, "https://api.example/event_types/qbr",
                                                     "other", error));
  customer->cadence_days = 0;
  g_assert_true (tpt_link_choice_find (session, NOW, zone, customer, 0, &stakeholder, &type,
                                       &reason, error));
  g_assert_true (type == given);
  g_assert_null (reason);
  assert_choice (session, customer, 0, "check-in", "no business review yet");

  return TRUE;
}

static void
test_link_choice (void)
{
  TptStore *store = tpt_test_store_open (":memory:");

  tpt_test_store_transact (store, choose_func, NULL);
  tpt_test_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/link-choice/reasons", test_link_choice);

  return g_test_run ();
}
