/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer-item.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/**
 * TptPortfolioState:
 * @TPT_PORTFOLIO_LOADING: the names are being read
 * @TPT_PORTFOLIO_COUNTING: the names are there, the figures are being counted for the first time
 * @TPT_PORTFOLIO_READY: names and figures are there
 * @TPT_PORTFOLIO_FAILED: the store could not be read; see tpt_portfolio_get_message ()
 */
typedef enum
{
  TPT_PORTFOLIO_LOADING,
  TPT_PORTFOLIO_COUNTING,
  TPT_PORTFOLIO_READY,
  TPT_PORTFOLIO_FAILED,
} TptPortfolioState;

#define TPT_TYPE_PORTFOLIO (tpt_portfolio_get_type ())

/**
 * TptPortfolio:
 *
 * All customers with their figures: a GListModel of #TptCustomerItem, in the order of their rows.
 * An item stays the same object for as long as its customer exists, and notifies when it changes.
 * Property `state` (int, TptPortfolioState) notifies; signal `updated` follows every batch of
 * changed figures, once.
 */
G_DECLARE_FINAL_TYPE (TptPortfolio, tpt_portfolio, TPT, PORTFOLIO, GObject)

TptPortfolio      *tpt_portfolio_new                 (TptStore             *store,
                                                      TptClock             *clock);
void               tpt_portfolio_load                (TptPortfolio         *self);
TptPortfolioState  tpt_portfolio_get_state           (TptPortfolio         *self);
const char        *tpt_portfolio_get_message         (TptPortfolio         *self);
TptMetrics        *tpt_portfolio_get_metrics         (TptPortfolio         *self);
TptCustomerItem   *tpt_portfolio_find                (TptPortfolio         *self,
                                                      gint64                customer);
GTimeZone         *tpt_portfolio_get_zone            (TptPortfolio         *self);
void               tpt_portfolio_set_zone            (TptPortfolio         *self,
                                                      GTimeZone            *zone);
void               tpt_portfolio_set_tier_cadence    (TptPortfolio         *self,
                                                      GHashTable           *tier_cadence);
void               tpt_portfolio_count_months_async  (TptPortfolio         *self,
                                                      gint64                customer,
                                                      int                   months,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
GArray            *tpt_portfolio_count_months_finish (TptPortfolio         *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
