/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-match-inbox.h"

G_BEGIN_DECLS

#define TPT_TYPE_FORECAST_VIEW (tpt_forecast_view_get_type ())

/**
 * TptForecastView:
 *
 * What would become of customers, before it does. Property `ready` (boolean, notifies): the act
 * that is described now can be done.
 */
G_DECLARE_FINAL_TYPE (TptForecastView, tpt_forecast_view, TPT, FORECAST_VIEW, AdwBin)

/* Returns: (transfer full) (nullable): the act as it is chosen now, %NULL while something lacks */
typedef TptMatchAct *(*TptForecastFunc) (gpointer user_data);

GtkWidget *tpt_forecast_view_new     (TptMatchInbox   *inbox,
                                      TptForecastFunc  make,
                                      gpointer         user_data);
void       tpt_forecast_view_update  (TptForecastView *self,
                                      const char      *hint,
                                      const char      *heading);
gboolean   tpt_forecast_view_is_ready (TptForecastView *self);

G_END_DECLS
