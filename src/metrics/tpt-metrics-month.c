/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-tally.h"

/* The number of a date as GDate counts them, for 1970-01-01. */
#define EPOCH_JULIAN 719163

static gint64
first_day_of_month (int year,
                    int month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth) month, (GDateYear) year);

  return (gint64) g_date_get_julian (&date) - EPOCH_JULIAN;
}

static void
count (TptMonth   *month,
       TptOutcome  outcome)
{
  switch (outcome)
    {
    case TPT_OUTCOME_HELD:
      month->held++;
      break;
    case TPT_OUTCOME_UPCOMING:
      month->upcoming++;
      break;
    case TPT_OUTCOME_CANCELED:
      month->canceled++;
      break;
    case TPT_OUTCOME_NO_SHOW:
      month->no_show++;
      break;
    case TPT_OUTCOME_SUPERSEDED:
    default:
      break;
    }
}

static void
count_meetings (GArray                *months,
                gint64                 end_day,
                const TptMetricsInput *input,
                const TptChain        *chains,
                guint                  n_chains)
{
  g_autoptr (GArray) meetings = tpt_chains_to_meetings (chains, n_chains);

  for (guint i = 0; i < meetings->len; i++)
    {
      const TptCustomerMeeting *meeting = &g_array_index (meetings, TptCustomerMeeting, i);
      gint64 day = tpt_time_get_local_day (meeting->chain->last->start, input->zone);
      guint month = months->len;

      while (month > 0 && day < g_array_index (months, TptMonth, month - 1).first_day)
        month--;
      if (month > 0 && day < end_day)
        count (&g_array_index (months, TptMonth, month - 1), meeting->outcome);
    }
}

/**
 * tpt_metrics_count_months:
 * @customer: row of a customer, or 0 for all: then a meeting of two customers counts once for each
 * @months: how many months, the last of them that of @input's `now`
 *
 * Returns: (transfer full) (element-type TptMonth): the oldest first; dates are those of @input's
 *   zone
 */
GArray *
tpt_metrics_count_months (const TptMetricsInput *input,
                          gint64                 customer,
                          int                    months)
{
  GArray *counted = g_array_new (FALSE, TRUE, sizeof (TptMonth));
  g_autoptr (TptChainIndex) index = NULL;
  g_autoptr (GDateTime) now = NULL;
  int last;

  g_return_val_if_fail (input != NULL && months > 0, counted);

  index = tpt_chain_index_new (input);
  now = tpt_time_to_local (input->now, input->zone);
  last = g_date_time_get_year (now) * 12 + g_date_time_get_month (now) - 1;
  for (int month = last - months + 1; month <= last; month++)
    {
      TptMonth empty = { .first_day = first_day_of_month (month / 12, month % 12 + 1) };

      g_array_append_val (counted, empty);
    }

  for (guint i = 0, n_chains; i < index->chains->len; i += n_chains)
    {
      gint64 owner = g_array_index (index->chains, TptChain, i).customer;
      const TptChain *chains = tpt_chain_index_get (index, owner, &n_chains);

      if (customer == 0 || owner == customer)
        count_meetings (counted, first_day_of_month ((last + 1) / 12, (last + 1) % 12 + 1), input,
                        chains, n_chains);
    }

  return counted;
}
