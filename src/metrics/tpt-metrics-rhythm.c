/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-tally.h"

/* The dates whose gaps count. */
#define LAST_DATES 6

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static void
remove_repeated (GArray *days)
{
  guint kept = 0;

  for (guint i = 0; i < days->len; i++)
    {
      gint64 day = g_array_index (days, gint64, i);

      if (kept == 0 || g_array_index (days, gint64, kept - 1) != day)
        g_array_index (days, gint64, kept++) = day;
    }
  g_array_set_size (days, kept);
}

/** tpt_tally_count_rhythm: when meetings were held, ever */
void
tpt_tally_count_rhythm (TptTally              *self,
                        const TptMetricsInput *input,
                        const GArray          *meetings)
{
  GArray *days = self->held_days;

  for (guint i = 0; i < meetings->len; i++)
    {
      const TptCustomerMeeting *meeting = &g_array_index (meetings, TptCustomerMeeting, i);
      gint64 day;

      if (meeting->outcome != TPT_OUTCOME_HELD)
        continue;
      day = tpt_time_get_local_day (meeting->chain->last->start, input->zone);
      g_array_append_val (days, day);
      self->last_held_at = MAX (self->last_held_at, meeting->chain->last->end);
    }

  g_array_sort (days, compare_days);
  remove_repeated (days);
  for (guint i = days->len > LAST_DATES ? days->len - LAST_DATES + 1 : 1; i < days->len; i++)
    {
      gint64 gap = g_array_index (days, gint64, i) - g_array_index (days, gint64, i - 1);

      g_array_append_val (self->gaps, gap);
    }
}

/**
 * tpt_tally_count_cadence:
 * @known_since: since when the customer is known
 *
 * How many of the window's dates up to yesterday lie at most @cadence_days after a date with a held
 * meeting. A customer younger than that adds nothing. Wants tpt_tally_count_rhythm() first.
 */
void
tpt_tally_count_cadence (TptTally              *self,
                         const TptMetricsInput *input,
                         int                    cadence_days,
                         TptTime                known_since)
{
  gint64 today = tpt_time_get_local_day (input->now, input->zone);
  guint next = 0;

  if (known_since == TPT_TIME_NONE || input->now - known_since < cadence_days * TPT_DAY)
    return;

  for (gint64 day = today - input->window_days; day < today; day++)
    {
      while (next < self->held_days->len && g_array_index (self->held_days, gint64, next) <= day)
        next++;
      if (next > 0 && day - g_array_index (self->held_days, gint64, next - 1) <= cadence_days)
        self->covered_days++;
      self->days++;
    }
}
