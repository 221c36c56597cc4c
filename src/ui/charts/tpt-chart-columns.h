/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-chart-layer.h"

G_BEGIN_DECLS

#define TPT_TYPE_CHART_COLUMNS (tpt_chart_columns_get_type ())

/* Columns, in which the series stand on top of each other. */
G_DECLARE_FINAL_TYPE (TptChartColumns, tpt_chart_columns, TPT, CHART_COLUMNS, TptChartLayer)

TptChartLayer *tpt_chart_columns_new (void);

G_END_DECLS
