/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-portfolio-plan.h"

/* From so many changed customers on, one reading of everything costs less than one of each. */
#define MANY_CUSTOMERS 12

void
tpt_portfolio_plan_clear (TptPortfolioPlan *self)
{
  self->customers = FALSE;
  self->facts = FALSE;
  self->figures = FALSE;
  g_clear_pointer (&self->rows, g_array_unref);
}

gboolean
tpt_portfolio_plan_is_empty (const TptPortfolioPlan *self)
{
  return !self->customers && !self->facts && !self->figures && self->rows == NULL;
}

/** tpt_portfolio_plan_add_row: the customer @row changed; many of them become everything */
void
tpt_portfolio_plan_add_row (TptPortfolioPlan *self,
                            gint64            row)
{
  if (self->facts)
    return;
  if (self->rows == NULL)
    self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (g_array_index (self->rows, gint64, i) == row)
        return;
    }
  g_array_append_val (self->rows, row);
  if (self->rows->len > MANY_CUSTOMERS)
    tpt_portfolio_plan_add_all (self);
}

/**
 * tpt_portfolio_plan_add_rows:
 *
 * (nullable rows) (element-type gint64): %NULL stands for everybody
 */
void
tpt_portfolio_plan_add_rows (TptPortfolioPlan *self,
                             const GArray     *rows)
{
  if (rows == NULL)
    tpt_portfolio_plan_add_all (self);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    tpt_portfolio_plan_add_row (self, g_array_index (rows, gint64, i));
}

/**
 * tpt_portfolio_plan_add_all:
 *
 * all bookings and links are to be read, and all figures to be counted
 */
void
tpt_portfolio_plan_add_all (TptPortfolioPlan *self)
{
  self->facts = TRUE;
  self->figures = TRUE;
  g_clear_pointer (&self->rows, g_array_unref);
}

/**
 * tpt_portfolio_plan_is_outdated:
 *
 * Returns: whether time alone has made everybody's figures of @counted_at others: it is another
 *   date by now, or the clock was set back, so that what was over may be ahead again
 */
gboolean
tpt_portfolio_plan_is_outdated (TptTime    counted_at,
                                TptTime    now,
                                GTimeZone *zone)
{
  return now < counted_at
         || tpt_time_get_local_day (now, zone) != tpt_time_get_local_day (counted_at, zone);
}
