/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A scale from 0 to @maximum with a line at every @step: numbers that people count in, at most
 * five of them. */
typedef struct
{
  double maximum;
  double step;
} TptChartAxis;

void   tpt_chart_axis_fit   (TptChartAxis       *self,
                             double              maximum);
double tpt_chart_axis_place (const TptChartAxis *self,
                             double              value,
                             double              length);

G_END_DECLS
