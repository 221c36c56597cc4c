/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chart-series.h"

struct _TptChartSeries
{
  GObject parent_instance;

  GListModel *model;
  GtkExpression *value;
  char *title;
  char *color;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptChartSeries, tpt_chart_series, G_TYPE_OBJECT)

static void
items_changed_cb (GListModel     *model,
                  guint           position,
                  guint           removed,
                  guint           added,
                  TptChartSeries *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tpt_chart_series_finalize (GObject *object)
{
  TptChartSeries *self = TPT_CHART_SERIES (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->value, gtk_expression_unref);
  g_free (self->title);
  g_free (self->color);

  G_OBJECT_CLASS (tpt_chart_series_parent_class)->finalize (object);
}

static void
tpt_chart_series_class_init (TptChartSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_chart_series_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", TPT_TYPE_CHART_SERIES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
tpt_chart_series_init (TptChartSeries *self)
{
}

/**
 * tpt_chart_series_new:
 * @model: (transfer none): the items
 * @value: (transfer full): gives the number (guint) of an item
 * @title: what the legend calls it
 * @color: name of a colour of style.css
 */
TptChartSeries *
tpt_chart_series_new (GListModel    *model,
                      GtkExpression *value,
                      const char    *title,
                      const char    *color)
{
  TptChartSeries *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);
  g_return_val_if_fail (gtk_expression_get_value_type (value) == G_TYPE_UINT, NULL);

  self = g_object_new (TPT_TYPE_CHART_SERIES, NULL);
  self->model = g_object_ref (model);
  self->value = value;
  self->title = g_strdup (title);
  self->color = g_strdup (color);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, 0);

  return self;
}

const char *
tpt_chart_series_get_color (TptChartSeries *self)
{
  g_return_val_if_fail (TPT_IS_CHART_SERIES (self), NULL);

  return self->color;
}

guint
tpt_chart_series_get_length (TptChartSeries *self)
{
  g_return_val_if_fail (TPT_IS_CHART_SERIES (self), 0);

  return g_list_model_get_n_items (self->model);
}

double
tpt_chart_series_get_value (TptChartSeries *self,
                            guint           position)
{
  g_autoptr (GObject) item = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_return_val_if_fail (TPT_IS_CHART_SERIES (self), 0);

  item = g_list_model_get_item (self->model, position);
  if (item == NULL || !gtk_expression_evaluate (self->value, item, &value))
    return 0;

  return g_value_get_uint (&value);
}
