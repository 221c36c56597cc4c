/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-chart-axis.h"
#include "tpt-chart-series.h"

G_BEGIN_DECLS

#define TPT_TYPE_CHART_LAYER (tpt_chart_layer_get_type ())

/* What a chart draws into the area between its axes. Signal `changed`: to be drawn anew. */
G_DECLARE_DERIVABLE_TYPE (TptChartLayer, tpt_chart_layer, TPT, CHART_LAYER, GObject)

struct _TptChartLayerClass
{
  GObjectClass parent_class;

  double (*get_maximum) (TptChartLayer         *self);
  void   (*snapshot)    (TptChartLayer         *self,
                         GtkSnapshot           *snapshot,
                         GtkWidget             *widget,
                         const TptChartAxis    *axis,
                         const graphene_rect_t *area);
};

GPtrArray *tpt_chart_layer_get_series  (TptChartLayer         *self);
void       tpt_chart_layer_add_series  (TptChartLayer         *self,
                                        TptChartSeries        *series);
double     tpt_chart_layer_get_maximum (TptChartLayer         *self);
void       tpt_chart_layer_snapshot    (TptChartLayer         *self,
                                        GtkSnapshot           *snapshot,
                                        GtkWidget             *widget,
                                        const TptChartAxis    *axis,
                                        const graphene_rect_t *area);

G_END_DECLS
