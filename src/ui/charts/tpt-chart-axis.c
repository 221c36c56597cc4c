/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chart-axis.h"

#include <math.h>

#define MAX_LINES 5

/**
 * tpt_chart_axis_fit:
 *
 * makes room for values of up to @maximum; whole numbers only, as it is meetings that are counted
 */
void
tpt_chart_axis_fit (TptChartAxis *self,
                    double        maximum)
{
  static const double steps[] = { 1, 2, 5 };
  double power = 1;
  gsize i = 0;

  while (maximum / (steps[i] * power) > MAX_LINES)
    {
      i = (i + 1) % G_N_ELEMENTS (steps);
      if (i == 0)
        power *= 10;
    }
  self->step = steps[i] * power;
  self->maximum = MAX (ceil (maximum / self->step), 1) * self->step;
}

/**
 * tpt_chart_axis_place:
 *
 * how far from its beginning @value stands on an axis that is drawn @length long
 */
double
tpt_chart_axis_place (const TptChartAxis *self,
                      double              value,
                      double              length)
{
  return self->maximum > 0 ? CLAMP (value / self->maximum, 0, 1) * length : 0;
}
