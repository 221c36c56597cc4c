/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-metrics.h"

G_BEGIN_DECLS

#define TPT_TYPE_MONTHS_CHART (tpt_months_chart_get_type ())

/* Meetings by month and outcome: a chart with its legend, and the same numbers as a table. */
G_DECLARE_FINAL_TYPE (TptMonthsChart, tpt_months_chart, TPT, MONTHS_CHART, AdwBin)

void tpt_months_chart_set_months (TptMonthsChart *self,
                                  const GArray   *months);

G_END_DECLS
