/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chart-layer.h"

typedef struct
{
  GPtrArray *series;       /* (element-type TptChartSeries), the first at the bottom */
} TptChartLayerPrivate;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TptChartLayer, tpt_chart_layer, G_TYPE_OBJECT)

static void
series_changed_cb (TptChartSeries *series,
                   TptChartLayer  *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tpt_chart_layer_finalize (GObject *object)
{
  TptChartLayerPrivate *priv = tpt_chart_layer_get_instance_private (TPT_CHART_LAYER (object));

  g_ptr_array_unref (priv->series);

  G_OBJECT_CLASS (tpt_chart_layer_parent_class)->finalize (object);
}

static void
tpt_chart_layer_class_init (TptChartLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_chart_layer_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", TPT_TYPE_CHART_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
tpt_chart_layer_init (TptChartLayer *self)
{
  TptChartLayerPrivate *priv = tpt_chart_layer_get_instance_private (self);

  priv->series = g_ptr_array_new_with_free_func (g_object_unref);
}

/** tpt_chart_layer_get_series: (transfer none) (element-type TptChartSeries) */
GPtrArray *
tpt_chart_layer_get_series (TptChartLayer *self)
{
  TptChartLayerPrivate *priv = tpt_chart_layer_get_instance_private (self);

  g_return_val_if_fail (TPT_IS_CHART_LAYER (self), NULL);

  return priv->series;
}

void
tpt_chart_layer_add_series (TptChartLayer  *self,
                            TptChartSeries *series)
{
  TptChartLayerPrivate *priv = tpt_chart_layer_get_instance_private (self);

  g_return_if_fail (TPT_IS_CHART_LAYER (self));
  g_return_if_fail (TPT_IS_CHART_SERIES (series));

  g_ptr_array_add (priv->series, g_object_ref (series));
  g_signal_connect_object (series, "changed", G_CALLBACK (series_changed_cb), self, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/** tpt_chart_layer_get_maximum: the highest value that it draws */
double
tpt_chart_layer_get_maximum (TptChartLayer *self)
{
  g_return_val_if_fail (TPT_IS_CHART_LAYER (self), 0);

  return TPT_CHART_LAYER_GET_CLASS (self)->get_maximum (self);
}

/**
 * tpt_chart_layer_snapshot:
 * @widget: whose colours to use
 * @axis: the axis upwards
 * @area: where to draw
 */
void
tpt_chart_layer_snapshot (TptChartLayer         *self,
                          GtkSnapshot           *snapshot,
                          GtkWidget             *widget,
                          const TptChartAxis    *axis,
                          const graphene_rect_t *area)
{
  g_return_if_fail (TPT_IS_CHART_LAYER (self));

  TPT_CHART_LAYER_GET_CLASS (self)->snapshot (self, snapshot, widget, axis, area);
}
