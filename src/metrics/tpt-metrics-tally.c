/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-tally.h"

static TptTime
earlier (TptTime first,
         TptTime second)
{
  if (first == TPT_TIME_NONE || second == TPT_TIME_NONE)
    return MAX (first, second);

  return MIN (first, second);
}

TptTally *
tpt_tally_new (void)
{
  TptTally *self = g_new0 (TptTally, 1);

  self->gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->lead_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->booking_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->held_days = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->emails = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

void
tpt_tally_free (TptTally *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->gaps);
  g_array_unref (self->lead_times);
  g_array_unref (self->booking_times);
  g_array_unref (self->held_days);
  g_hash_table_unref (self->emails);
  g_free (self);
}

static void
append_all (GArray *values,
            GArray *more)
{
  g_array_append_vals (values, more->data, more->len);
}

/** tpt_tally_add: pools the counts of @other into @self */
void
tpt_tally_add (TptTally *self,
               TptTally *other)
{
  GHashTableIter iter;
  gpointer key;

  self->bookings += other->bookings;
  self->chains += other->chains;
  self->known_since = earlier (self->known_since, other->known_since);
  self->last_scheduled_at = MAX (self->last_scheduled_at, other->last_scheduled_at);
  self->last_held_at = MAX (self->last_held_at, other->last_held_at);
  self->next_meeting_at = earlier (self->next_meeting_at, other->next_meeting_at);
  self->ever += other->ever;
  self->held += other->held;
  self->no_shows += other->no_shows;
  self->guest_no_shows += other->guest_no_shows;
  self->canceled += other->canceled;
  self->canceled_host += other->canceled_host;
  self->canceled_invitee += other->canceled_invitee;
  self->canceled_late += other->canceled_late;
  self->canceled_invitee_late += other->canceled_invitee_late;
  self->meetings += other->meetings;
  self->rescheduled += other->rescheduled;
  self->upcoming += other->upcoming;
  self->covered_days += other->covered_days;
  self->days += other->days;
  self->links += other->links;
  self->links_booked += other->links_booked;
  append_all (self->gaps, other->gaps);
  append_all (self->lead_times, other->lead_times);
  append_all (self->booking_times, other->booking_times);

  g_hash_table_iter_init (&iter, other->emails);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (self->emails, g_memdup2 (key, sizeof (guint64)));
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/** tpt_tally_get_median: the median of at least one value; sorts @values */
double
tpt_tally_get_median (GArray *values)
{
  guint middle = values->len / 2;

  g_assert (values->len > 0);

  g_array_sort (values, compare_values);
  if (values->len % 2 == 1)
    return (double) g_array_index (values, gint64, middle);

  return ((double) g_array_index (values, gint64, middle - 1)
          + (double) g_array_index (values, gint64, middle)) / 2;
}

/** tpt_tally_count_chains: what is told by bookings, whatever became of them */
void
tpt_tally_count_chains (TptTally              *self,
                        const TptMetricsInput *input,
                        const TptChain        *chains,
                        guint                  n_chains)
{
  TptTime start = input->now - input->window_days * TPT_DAY;

  for (guint i = 0; i < n_chains; i++)
    {
      const TptChain *chain = &chains[i];
      TptTime first = chain->first->created_at;
      TptTime begin = chain->last->start;

      self->bookings += chain->in_window;
      self->chains += first >= start && first < input->now;
      self->known_since = earlier (self->known_since, first);
      self->last_scheduled_at = MAX (self->last_scheduled_at, chain->newest_at);
      if (chain->outcome != TPT_OUTCOME_HELD || begin < start || begin >= input->now)
        continue;
      g_hash_table_add (self->emails, g_memdup2 (&chain->email_key, sizeof (guint64)));
    }
}
