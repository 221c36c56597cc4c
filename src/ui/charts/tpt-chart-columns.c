/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chart-columns.h"

#include "tpt-chart-ink.h"

#define MAX_WIDTH 28
#define RADIUS 3

struct _TptChartColumns
{
  TptChartLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (TptChartColumns, tpt_chart_columns, TPT_TYPE_CHART_LAYER)

static guint
tpt_chart_columns_get_length (TptChartLayer *layer)
{
  GPtrArray *series = tpt_chart_layer_get_series (layer);
  guint length = 0;

  for (guint i = 0; i < series->len; i++)
    length = MAX (length, tpt_chart_series_get_length (g_ptr_array_index (series, i)));

  return length;
}

static double
sum_at (TptChartLayer *layer,
        guint          position)
{
  GPtrArray *series = tpt_chart_layer_get_series (layer);
  double sum = 0;

  for (guint i = 0; i < series->len; i++)
    sum += tpt_chart_series_get_value (g_ptr_array_index (series, i), position);

  return sum;
}

static double
tpt_chart_columns_get_maximum (TptChartLayer *layer)
{
  double maximum = 0;

  for (guint i = 0; i < tpt_chart_columns_get_length (layer); i++)
    maximum = MAX (maximum, sum_at (layer, i));

  return maximum;
}

/* A column is clipped round as a whole, and a hair of background keeps its parts apart: two
 * colours that somebody cannot tell from each other still are two parts. */
static void
snapshot_column (TptChartLayer         *layer,
                 GtkSnapshot           *snapshot,
                 GtkWidget             *widget,
                 const TptChartAxis    *axis,
                 const graphene_rect_t *place,
                 guint                  position)
{
  GPtrArray *series = tpt_chart_layer_get_series (layer);
  double bottom = place->origin.y + place->size.height;
  double height = tpt_chart_axis_place (axis, sum_at (layer, position), place->size.height);
  graphene_rect_t column = GRAPHENE_RECT_INIT (place->origin.x, (float) (bottom - height),
                                               place->size.width, (float) height);
  GskRoundedRect outline;

  if (height <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&outline, &column, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (guint i = 0; i < series->len; i++)
    {
      TptChartSeries *one = g_ptr_array_index (series, i);
      double value = tpt_chart_series_get_value (one, position);
      double part = tpt_chart_axis_place (axis, value, place->size.height);
      GdkRGBA color;

      if (part <= 0)
        continue;
      tpt_chart_ink_lookup (widget, tpt_chart_series_get_color (one), &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (place->origin.x, (float) (bottom - part),
                                                      place->size.width,
                                                      (float) MAX (part - 1, 1)));
      bottom -= part;
    }
  gtk_snapshot_pop (snapshot);
}

static void
tpt_chart_columns_snapshot (TptChartLayer         *layer,
                            GtkSnapshot           *snapshot,
                            GtkWidget             *widget,
                            const TptChartAxis    *axis,
                            const graphene_rect_t *area)
{
  guint length = tpt_chart_columns_get_length (layer);
  float slot = length > 0 ? area->size.width / (float) length : 0;
  float width = MIN (slot * 0.6f, MAX_WIDTH);

  for (guint i = 0; i < length; i++)
    {
      float x = area->origin.x + slot * (float) i + (slot - width) / 2;
      graphene_rect_t place = GRAPHENE_RECT_INIT (x, area->origin.y, width, area->size.height);

      snapshot_column (layer, snapshot, widget, axis, &place, i);
    }
}

static void
tpt_chart_columns_class_init (TptChartColumnsClass *klass)
{
  TptChartLayerClass *layer_class = TPT_CHART_LAYER_CLASS (klass);

  layer_class->get_maximum = tpt_chart_columns_get_maximum;
  layer_class->snapshot = tpt_chart_columns_snapshot;
}

static void
tpt_chart_columns_init (TptChartColumns *self)
{
}

TptChartLayer *
tpt_chart_columns_new (void)
{
  return g_object_new (TPT_TYPE_CHART_COLUMNS, NULL);
}
