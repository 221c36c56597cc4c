/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* What the figures are counted from, as it was read at one moment. Nobody changes it afterwards,
 * so that a worker thread may count while newer facts are read. */
typedef struct _TptPortfolioFacts TptPortfolioFacts;

/* What the worker brings back. */
typedef struct
{
  GPtrArray *metrics;      /* (element-type TptMetrics), one for each customer that was asked for */
  TptMetrics *portfolio;
} TptPortfolioFigures;

TptPortfolioFacts   *tpt_portfolio_facts_ref           (TptPortfolioFacts         *self);
void                 tpt_portfolio_facts_unref         (TptPortfolioFacts         *self);
void                 tpt_portfolio_facts_read_async    (TptStore                  *store,
                                                        TptPortfolioFacts         *before,
                                                        const GArray              *customers,
                                                        GCancellable              *cancellable,
                                                        GAsyncReadyCallback        callback,
                                                        gpointer                   user_data);
TptPortfolioFacts   *tpt_portfolio_facts_read_finish   (TptStore                  *store,
                                                        GAsyncResult              *result,
                                                        GError                   **error);
void                 tpt_portfolio_facts_count_async   (TptPortfolioFacts         *self,
                                                        const TptMetricsInput     *input,
                                                        GPtrArray                 *asked,
                                                        GPtrArray                 *everybody,
                                                        GCancellable              *cancellable,
                                                        GAsyncReadyCallback        callback,
                                                        gpointer                   user_data);
TptPortfolioFigures *tpt_portfolio_facts_count_finish  (GAsyncResult              *result,
                                                        GError                   **error);
void                 tpt_portfolio_facts_months_async  (TptPortfolioFacts         *self,
                                                        gpointer                   source,
                                                        const TptMetricsInput     *input,
                                                        gint64                     customer,
                                                        int                        months,
                                                        GCancellable              *cancellable,
                                                        GAsyncReadyCallback        callback,
                                                        gpointer                   user_data);
GArray              *tpt_portfolio_facts_months_finish (GAsyncResult              *result,
                                                        gpointer                   source,
                                                        GError                   **error);
void                 tpt_portfolio_figures_free        (TptPortfolioFigures       *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptPortfolioFacts, tpt_portfolio_facts_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptPortfolioFigures, tpt_portfolio_figures_free)

G_END_DECLS
