/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics.h"

#include "tpt-metrics-health.h"
#include "tpt-metrics-tally.h"

#define DAYS_PER_MONTH 30.4375
#define DEFAULT_CADENCE 30
/* With fewer cases than this a share or a median tells nothing. */
#define LEAST_CASES 3
#define LEAST_GAPS 2

G_DEFINE_FINAL_TYPE (TptMetrics, tpt_metrics, G_TYPE_OBJECT)

static TptRate
make_rate (gint64 numerator,
           gint64 denominator,
           gint64 least)
{
  gboolean defined = denominator >= least;

  return (TptRate) { defined, defined ? (double) numerator / (double) denominator : 0, numerator,
                     denominator };
}

static TptFigure
make_median (GArray *values,
             guint   least,
             double  unit)
{
  if (values->len < least)
    return (TptFigure) { 0 };

  return (TptFigure) { TRUE, tpt_tally_get_median (values) / unit };
}

static int
find_cadence (const TptMetricsInput *input,
              TptCustomer           *customer)
{
  int days = customer->cadence_days;

  if (days <= 0 && customer->tier != NULL && input->tier_cadence != NULL)
    days = GPOINTER_TO_INT (g_hash_table_lookup (input->tier_cadence, customer->tier));

  return days > 0 ? days : DEFAULT_CADENCE;
}

static void
set_counts (TptMetrics            *self,
            const TptMetricsInput *input,
            TptTally              *tally)
{
  double months = input->window_days / DAYS_PER_MONTH;
  gint64 ended = tally->held + tally->no_shows + tally->canceled;

  self->window_days = input->window_days;
  self->as_of = input->now;
  self->bookings = tally->bookings;
  self->booking_frequency = (double) tally->chains / months;
  self->meeting_frequency = (double) tally->held / months;
  self->last_scheduled_at = tally->last_scheduled_at;
  self->last_held_at = tally->last_held_at;
  self->next_meeting_at = tally->next_meeting_at;
  self->cancellation_rate = make_rate (tally->canceled, ended, LEAST_CASES);
  self->cancellation_host = make_rate (tally->canceled_host, ended, LEAST_CASES);
  self->cancellation_invitee = make_rate (tally->canceled_invitee, ended, LEAST_CASES);
  self->cancellation_late = make_rate (tally->canceled_late, ended, LEAST_CASES);
  self->no_show_rate = make_rate (tally->guest_no_shows, tally->held + tally->guest_no_shows,
                                  LEAST_CASES);
  self->reschedule_rate = make_rate (tally->rescheduled, tally->meetings, LEAST_CASES);
  self->median_interval_days = make_median (tally->gaps, LEAST_GAPS, 1);
  self->cadence_adherence = make_rate (tally->covered_days, tally->days, 1);
  self->lead_time_hours = make_median (tally->lead_times, LEAST_CASES, TPT_HOUR);
  self->link_conversion = make_rate (tally->links_booked, tally->links, LEAST_CASES);
  self->time_to_book_hours = make_median (tally->booking_times, LEAST_CASES, TPT_HOUR);
  self->breadth = g_hash_table_size (tally->emails);
  self->held = tally->held;
  self->no_shows = tally->no_shows;
  self->canceled = tally->canceled;
  self->upcoming = tally->upcoming;

  if (tally->last_held_at != TPT_TIME_NONE)
    self->days_since_last_held = (TptFigure) {
      TRUE, (double) (tpt_time_get_local_day (input->now, input->zone)
                      - tpt_time_get_local_day (tally->last_held_at, input->zone))
    };
}

static void
set_cadence (TptMetrics *self,
             int         cadence)
{
  self->cadence_days = cadence;
  self->covered = self->next_meeting_at != TPT_TIME_NONE
                  && self->next_meeting_at <= self->as_of + cadence * TPT_DAY;
  if (self->days_since_last_held.defined)
    self->cadence_gap_days = (TptFigure) { TRUE, self->days_since_last_held.value - cadence };
}

static TptTime
find_known_since (TptCustomer    *customer,
                  const TptTally *tally)
{
  if (customer->created_at == TPT_TIME_NONE || tally->known_since == TPT_TIME_NONE)
    return MAX (customer->created_at, tally->known_since);

  return MIN (customer->created_at, tally->known_since);
}

static TptTally *
count_customer (const TptMetricsInput *input,
                TptChainIndex         *index,
                TptCustomer           *customer)
{
  TptTally *tally = tpt_tally_new ();
  g_autoptr (GArray) meetings = NULL;
  guint n_chains;
  const TptChain *chains = tpt_chain_index_get (index, customer->id, &n_chains);

  meetings = tpt_chains_to_meetings (chains, n_chains);
  tpt_tally_count_chains (tally, input, chains, n_chains);
  tpt_tally_count_outcomes (tally, input, meetings);
  tpt_tally_count_rhythm (tally, input, meetings);
  tpt_tally_count_cadence (tally, input, find_cadence (input, customer),
                           find_known_since (customer, tally));
  tpt_tally_count_links (tally, input, customer->id);

  return tally;
}

static TptMetrics *
make_metrics (const TptMetricsInput *input,
              TptCustomer           *customer,
              TptTally              *tally)
{
  TptMetrics *self = g_object_new (TPT_TYPE_METRICS, NULL);

  self->customer = customer->id;
  set_counts (self, input, tally);
  set_cadence (self, find_cadence (input, customer));
  tpt_health_compute (self, tally, find_known_since (customer, tally));
  tpt_health_describe (self, tally, input->zone);

  return self;
}

/* Links by customer, so that each customer looks at its own only. */
static GHashTable *
group_links (const GPtrArray *links)
{
  GHashTable *groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                              (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);
      GPtrArray *group = g_hash_table_lookup (groups, &link->customer);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, g_memdup2 (&link->customer, sizeof (gint64)), group);
        }
      g_ptr_array_add (group, link);
    }

  return groups;
}

/* (element-type TptTally) in the order of @customers */
static GPtrArray *
count_all (const TptMetricsInput *input,
           const GPtrArray       *customers)
{
  g_autoptr (TptChainIndex) index = tpt_chain_index_new (input);
  g_autoptr (GHashTable) links = group_links (input->links);
  GPtrArray *tallies = g_ptr_array_new_full (customers->len, (GDestroyNotify) tpt_tally_free);

  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);
      TptMetricsInput own = *input;

      own.links = g_hash_table_lookup (links, &customer->id);
      g_ptr_array_add (tallies, count_customer (&own, index, customer));
    }

  return tallies;
}

static void
tpt_metrics_finalize (GObject *object)
{
  TptMetrics *self = TPT_METRICS (object);

  tpt_health_clear (&self->health);

  G_OBJECT_CLASS (tpt_metrics_parent_class)->finalize (object);
}

static void
tpt_metrics_class_init (TptMetricsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_metrics_finalize;
}

static void
tpt_metrics_init (TptMetrics *self)
{
}

/**
 * tpt_metrics_compute:
 *
 * Returns: (transfer full): every figure of @customer
 */
TptMetrics *
tpt_metrics_compute (const TptMetricsInput *input,
                     TptCustomer           *customer)
{
  g_autoptr (TptChainIndex) index = NULL;
  g_autoptr (TptTally) tally = NULL;

  g_return_val_if_fail (input != NULL && input->bookings != NULL && input->zone != NULL, NULL);
  g_return_val_if_fail (TPT_IS_CUSTOMER (customer) && input->window_days > 0, NULL);

  index = tpt_chain_index_new (input);
  tally = count_customer (input, index, customer);

  return make_metrics (input, customer, tally);
}

/**
 * tpt_metrics_compute_all:
 * @customers: (element-type TptCustomer)
 *
 * Returns: (transfer full) (element-type TptMetrics): the figures of each customer, in the same
 *   order
 */
GPtrArray *
tpt_metrics_compute_all (const TptMetricsInput *input,
                         const GPtrArray       *customers)
{
  g_autoptr (GPtrArray) tallies = NULL;
  GPtrArray *all;

  g_return_val_if_fail (input != NULL && input->bookings != NULL && input->zone != NULL, NULL);
  g_return_val_if_fail (customers != NULL && input->window_days > 0, NULL);

  tallies = count_all (input, customers);
  all = g_ptr_array_new_full (customers->len, g_object_unref);
  for (guint i = 0; i < customers->len; i++)
    g_ptr_array_add (all,
                     make_metrics (input, g_ptr_array_index (customers, i),
                                   g_ptr_array_index (tallies, i)));

  return all;
}

/**
 * tpt_metrics_compute_portfolio:
 * @customers: (element-type TptCustomer)
 *
 * Pools the counts of @customers: a rate is the sum of the numerators over the sum of the
 * denominators, a median that of all cases together. A cadence and a health belong to one customer,
 * so the portfolio has none.
 *
 * Returns: (transfer full): figures with customer 0
 */
TptMetrics *
tpt_metrics_compute_portfolio (const TptMetricsInput *input,
                               const GPtrArray       *customers)
{
  g_autoptr (GPtrArray) tallies = NULL;
  g_autoptr (TptTally) sum = NULL;
  TptMetrics *self;

  g_return_val_if_fail (input != NULL && input->bookings != NULL && input->zone != NULL, NULL);
  g_return_val_if_fail (customers != NULL && input->window_days > 0, NULL);

  tallies = count_all (input, customers);
  sum = tpt_tally_new ();
  for (guint i = 0; i < tallies->len; i++)
    tpt_tally_add (sum, g_ptr_array_index (tallies, i));

  self = g_object_new (TPT_TYPE_METRICS, NULL);
  set_counts (self, input, sum);

  return self;
}
