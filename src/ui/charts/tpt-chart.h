/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-chart-layer.h"

G_BEGIN_DECLS

#define TPT_TYPE_CHART (tpt_chart_get_type ())

/**
 * TptChart:
 *
 * Draws one layer between two axes: numbers upwards, the places of a list across. To a screen
 * reader it is a picture whose label the owner sets to a summary; a table with the same numbers
 * belongs beside it.
 */
G_DECLARE_FINAL_TYPE (TptChart, tpt_chart, TPT, CHART, GtkWidget)

void       tpt_chart_set_layer (TptChart      *self,
                                TptChartLayer *layer,
                                GListModel    *places,
                                GtkExpression *label);

G_END_DECLS
