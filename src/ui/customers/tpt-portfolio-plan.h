/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

/* What of the portfolio still has to be brought up to date. */
typedef struct
{
  gboolean customers;      /* read the customers themselves */
  gboolean facts;          /* read all bookings and links */
  gboolean figures;        /* count everybody's figures */
  GArray *rows;            /* (element-type gint64) read and count what belongs to these */
} TptPortfolioPlan;

void     tpt_portfolio_plan_clear       (TptPortfolioPlan       *self);
gboolean tpt_portfolio_plan_is_empty    (const TptPortfolioPlan *self);
void     tpt_portfolio_plan_add_row     (TptPortfolioPlan       *self,
                                         gint64                  row);
void     tpt_portfolio_plan_add_rows    (TptPortfolioPlan       *self,
                                         const GArray           *rows);
void     tpt_portfolio_plan_add_all     (TptPortfolioPlan       *self);
gboolean tpt_portfolio_plan_is_outdated (TptTime                 counted_at,
                                         TptTime                 now,
                                         GTimeZone              *zone);

G_END_DECLS
