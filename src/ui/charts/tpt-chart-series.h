/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TPT_TYPE_CHART_SERIES (tpt_chart_series_get_type ())

/**
 * TptChartSeries:
 *
 * One row of numbers: the items of a list model, each asked for a number by an expression. Signal
 * `changed`: other numbers than before.
 */
G_DECLARE_FINAL_TYPE (TptChartSeries, tpt_chart_series, TPT, CHART_SERIES, GObject)

TptChartSeries *tpt_chart_series_new        (GListModel     *model,
                                             GtkExpression  *value,
                                             const char     *title,
                                             const char     *color);
const char     *tpt_chart_series_get_color  (TptChartSeries *self);
guint           tpt_chart_series_get_length (TptChartSeries *self);
double          tpt_chart_series_get_value  (TptChartSeries *self,
                                             guint           position);

G_END_DECLS
