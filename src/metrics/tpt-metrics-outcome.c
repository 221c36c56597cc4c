/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-tally.h"

#define LATE TPT_DAY

/* Among chains that decide alike, the one whose last booking was made first speaks for the
 * meeting. */
static gboolean
goes_first (const TptChain *chain,
            const TptChain *than)
{
  if (chain->last->created_at != than->last->created_at)
    return chain->last->created_at < than->last->created_at;

  return chain->last->id < than->last->id;
}

/**
 * tpt_chains_to_meetings:
 * @chains: chains of one customer, those of one event beside each other
 *
 * Returns: (transfer full) (element-type TptCustomerMeeting): one meeting per event; chains that
 *   ended with a booking that was replaced by one not known here are none
 */
GArray *
tpt_chains_to_meetings (const TptChain *chains,
                        guint           n_chains)
{
  GArray *meetings = g_array_new (FALSE, FALSE, sizeof (TptCustomerMeeting));
  TptCustomerMeeting *meeting = NULL;

  for (guint i = 0; i < n_chains; i++)
    {
      const TptChain *chain = &chains[i];

      if (chain->outcome == TPT_OUTCOME_SUPERSEDED)
        continue;
      if (meeting == NULL || meeting->chain->last->event != chain->last->event)
        {
          TptCustomerMeeting fresh = { chain->outcome, chain, chain->length > 1 };

          g_array_append_val (meetings, fresh);
          meeting = &g_array_index (meetings, TptCustomerMeeting, meetings->len - 1);
          continue;
        }
      if (tpt_outcome_combine (meeting->outcome, chain->outcome) != meeting->outcome
          || (chain->outcome == meeting->outcome && goes_first (chain, meeting->chain)))
        meeting->chain = chain;
      meeting->outcome = tpt_outcome_combine (meeting->outcome, chain->outcome);
      meeting->rescheduled |= chain->length > 1;
    }

  return meetings;
}

static void
count_canceled (TptTally         *self,
                const TptBooking *booking)
{
  gboolean late = booking->canceled_at != TPT_TIME_NONE
                  && booking->start - booking->canceled_at < LATE;

  self->canceled++;
  self->canceled_late += late;
  switch ((TptCanceler) booking->canceler)
    {
    case TPT_CANCELER_HOST:
      self->canceled_host++;
      break;
    case TPT_CANCELER_INVITEE:
      self->canceled_invitee++;
      self->canceled_invitee_late += late;
      break;
    case TPT_CANCELER_NONE:
    case TPT_CANCELER_UNLISTED:
    default:
      break;
    }
}

static void
count_in_window (TptTally                 *self,
                 const TptCustomerMeeting *meeting)
{
  const TptBooking *booking = meeting->chain->last;
  gint64 lead_time = booking->start - booking->created_at;

  self->meetings++;
  self->rescheduled += meeting->rescheduled;
  switch (meeting->outcome)
    {
    case TPT_OUTCOME_HELD:
      self->held++;
      g_array_append_val (self->lead_times, lead_time);
      break;
    case TPT_OUTCOME_NO_SHOW:
      self->no_shows++;
      self->guest_no_shows += booking->no_show == TPT_NO_SHOW_GUEST;
      break;
    case TPT_OUTCOME_CANCELED:
      count_canceled (self, booking);
      break;
    case TPT_OUTCOME_UPCOMING:
    case TPT_OUTCOME_SUPERSEDED:
    default:
      break;
    }
}

/**
 * tpt_tally_count_outcomes: what became of the meetings, most of it of those that start in the
 * window
 */
void
tpt_tally_count_outcomes (TptTally              *self,
                          const TptMetricsInput *input,
                          const GArray          *meetings)
{
  TptTime start = input->now - input->window_days * TPT_DAY;

  for (guint i = 0; i < meetings->len; i++)
    {
      const TptCustomerMeeting *meeting = &g_array_index (meetings, TptCustomerMeeting, i);
      const TptBooking *booking = meeting->chain->last;

      self->ever++;
      if (meeting->outcome == TPT_OUTCOME_UPCOMING)
        {
          self->upcoming++;
          if (self->next_meeting_at == TPT_TIME_NONE || booking->start < self->next_meeting_at)
            self->next_meeting_at = booking->start;
        }
      if (booking->start >= start && booking->start < input->now)
        count_in_window (self, meeting);
    }
}
