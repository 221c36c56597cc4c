/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-tour.h"

#include "tpt-availability-client.h"
#include "tpt-cancellation-client.h"
#include "tpt-event-type.h"
#include "tpt-invitee.h"
#include "tpt-invitee-client.h"
#include "tpt-no-show-client.h"
#include "tpt-recap-client.h"
#include "tpt-scheduled-event-client.h"
#include "tpt-scheduling-link-client.h"

static TptMeeting *
find_event (TptTour *tour,
            gboolean past)
{
  for (guint i = 0; i < tour->events->items->len; i++)
    {
      TptMeeting *event = g_ptr_array_index (tour->events->items, i);

      if (!event->canceled && (event->end < tour->now) == past
          && (past || event->start > tour->now))
        return event;
    }

  g_assert_not_reached ();
}

static void
visit_meetings (TptTour *tour)
{
  const TptScheduledEventFilter filter
      = { .user = tour->me->uri,
          .range = { tour->now - 400 * TPT_DAY, tour->now + 200 * TPT_DAY } };
  const TptScheduledEventFilter everybody
      = { .organization = tour->me->organization, .status = "active",
          .range = { tour->now, tour->now + 30 * TPT_DAY } };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptMeeting) event = NULL;
  g_autoptr (TptPage) invitees = NULL;
  g_autoptr (TptInvitee) invitee = NULL;
  g_autofree char *mark = NULL;
  TptMeeting *held;

  tpt_page_free (
    tpt_tour_read_all (tpt_scheduled_event_client_list (tour->client, &everybody), 1));
  tour->events = tpt_tour_read_all (tpt_scheduled_event_client_list (tour->client, &filter), 10);
  held = find_event (tour, TRUE);
  CALL (got, tpt_scheduled_event_client_get_async, tour->client, held->uri);
  event = tpt_scheduled_event_client_get_finish (tour->client, got, &error);
  g_assert_no_error (error);
  CALL (listed, tpt_invitee_client_list_async, tour->client, held->uri);
  invitees = tpt_invitee_client_list_finish (tour->client, listed, &error);
  g_assert_no_error (error);
  CALL (single, tpt_invitee_client_get_async, tour->client,
        TPT_INVITEE (g_ptr_array_index (invitees->items, 0))->uri);
  invitee = tpt_invitee_client_get_finish (tour->client, single, &error);
  g_assert_no_error (error);
  CALL (marked, tpt_no_show_client_create_async, tour->client, invitee->uri);
  mark = tpt_no_show_client_create_finish (tour->client, marked, &error);
  g_assert_no_error (error);
  CALL (unmarked, tpt_no_show_client_delete_async, tour->client, mark);
  g_assert_true (tpt_no_show_client_delete_finish (tour->client, unmarked, &error));
}

/* Twice: the second says that it is so already. */
static void
cancel (TptTour *tour)
{
  TptMeeting *ahead = find_event (tour, FALSE);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      CALL (canceled, tpt_cancellation_client_create_async, tour->client, ahead->uri, "Ill");

      tpt_cancellation_client_create_finish (tour->client, canceled, &error);
      g_assert_no_error (error);
    }
}

static void
visit_availability (TptTour *tour)
{
  const TptTimeRange range = { tour->now + TPT_HOUR, tour->now + 40 * TPT_DAY };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) busy = NULL;
  g_autoptr (TptPage) slots = NULL;
  CALL (taken, tpt_availability_client_list_busy_async, tour->client, tour->me->uri, &range);

  tpt_page_free (tpt_tour_read_all (
    tpt_availability_client_list_schedules (tour->client, tour->me->uri), 1));
  busy = tpt_availability_client_list_busy_finish (tour->client, taken, &error);
  g_assert_no_error (error);
  CALL (open, tpt_availability_client_list_slots_async, tour->client,
        TPT_EVENT_TYPE (g_ptr_array_index (tour->types->items, 0))->uri, &range);
  slots = tpt_availability_client_list_slots_finish (tour->client, open, &error);
  g_assert_no_error (error);
}

static void
visit_links (TptTour *tour)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  CALL (made, tpt_scheduling_link_client_create_async, tour->client,
        TPT_EVENT_TYPE (g_ptr_array_index (tour->types->items, 0))->uri);

  url = tpt_scheduling_link_client_create_finish (tour->client, made, &error);
  g_assert_no_error (error);
}

static void
visit_recaps (TptTour *tour)
{
  const TptTimeRange range = { tour->now - 30 * TPT_DAY, tour->now };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRecap) recap = NULL;
  CALL (got, tpt_recap_client_get_async, tour->client,
        "https://api.calendly.com/meeting_recaps/NONE");

  tpt_page_free (tpt_tour_read_all (
    tpt_recap_client_list (tour->client, find_event (tour, TRUE)->uri, &range), 0));
  recap = tpt_recap_client_get_finish (tour->client, got, &error);
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND);
}

/* What was booked and what can be, links, and recaps. */
void
tpt_tour_meetings (TptTour *tour)
{
  visit_meetings (tour);
  cancel (tour);
  visit_availability (tour);
  visit_links (tour);
  visit_recaps (tour);
}
