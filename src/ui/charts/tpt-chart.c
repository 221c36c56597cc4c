/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chart.h"

#include <math.h>

#include "tpt-chart-ink.h"

#define MIN_WIDTH 200
#define NATURAL_WIDTH 320
#define HEIGHT 160
#define GAP 6

struct _TptChart
{
  GtkWidget parent_instance;

  TptChartLayer *layer;
  GListModel *places;
  GtkExpression *label;
  TptChartAxis axis;
};

G_DEFINE_FINAL_TYPE (TptChart, tpt_chart, GTK_TYPE_WIDGET)

static void
layer_changed_cb (TptChartLayer *layer,
                  TptChart      *self)
{
  tpt_chart_axis_fit (&self->axis, tpt_chart_layer_get_maximum (layer));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static PangoLayout *
make_layout (TptChart   *self,
             const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

static void
measure_text (TptChart   *self,
              const char *text,
              int        *width,
              int        *height)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text);

  pango_layout_get_pixel_size (layout, width, height);
}

static void
snapshot_text (TptChart    *self,
               GtkSnapshot *snapshot,
               const char  *text,
               float        x,
               float        y,
               float        align)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text);
  GdkRGBA color;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  tpt_chart_ink_text (GTK_WIDGET (self), &color);
  color.alpha *= 0.7f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - align * (float) width, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_grid (TptChart              *self,
               GtkSnapshot           *snapshot,
               const graphene_rect_t *area,
               int                    line_height)
{
  GdkRGBA color;

  tpt_chart_ink_lookup (GTK_WIDGET (self), "borders", &color);
  for (double value = 0; value <= self->axis.maximum; value += self->axis.step)
    {
      g_autofree char *text = g_strdup_printf ("%d", (int) value);
      float y = area->origin.y + area->size.height
                - (float) tpt_chart_axis_place (&self->axis, value, area->size.height);

      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (area->origin.x, floorf (y),
                                                      area->size.width, 1));
      snapshot_text (self, snapshot, text, area->origin.x - GAP, y - (float) line_height / 2, 1);
    }
}

static char *
label_at (TptChart *self,
          guint     position)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->places, position);
  g_auto (GValue) value = G_VALUE_INIT;

  if (item == NULL || !gtk_expression_evaluate (self->label, item, &value))
    return g_strdup ("");

  return g_value_dup_string (&value);
}

/* Where the labels would run into each other, only every second or third is drawn, counted from
 * the newest. */
static void
snapshot_labels (TptChart              *self,
                 GtkSnapshot           *snapshot,
                 const graphene_rect_t *area)
{
  guint length = g_list_model_get_n_items (self->places);
  float slot = area->size.width / (float) MAX (length, 1);
  int widest = 1;
  guint every;

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *text = label_at (self, i);
      int width, height;

      measure_text (self, text, &width, &height);
      widest = MAX (widest, width);
    }
  every = (guint) MAX (ceilf ((float) (widest + GAP) / slot), 1);
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *text = label_at (self, i);

      if ((length - 1 - i) % every == 0)
        snapshot_text (self, snapshot, text, area->origin.x + slot * ((float) i + 0.5f),
                       area->origin.y + area->size.height + GAP, 0.5f);
    }
}

static void
tpt_chart_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  TptChart *self = TPT_CHART (widget);
  g_autofree char *top = g_strdup_printf ("%d", (int) self->axis.maximum);
  graphene_rect_t area;
  int margin, line_height;
  float height;

  if (self->layer == NULL)
    return;
  measure_text (self, top, &margin, &line_height);
  height = (float) (gtk_widget_get_height (widget) - GAP) - (float) line_height * 1.5f;
  area = GRAPHENE_RECT_INIT ((float) (margin + GAP), (float) line_height / 2,
                             (float) (gtk_widget_get_width (widget) - margin - GAP), height);
  if (area.size.width <= 0 || area.size.height <= 0)
    return;
  snapshot_grid (self, snapshot, &area, line_height);
  tpt_chart_layer_snapshot (self->layer, snapshot, widget, &self->axis, &area);
  snapshot_labels (self, snapshot, &area);
}

static void
tpt_chart_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : HEIGHT;
}

static void
tpt_chart_finalize (GObject *object)
{
  TptChart *self = TPT_CHART (object);

  g_clear_object (&self->layer);
  g_clear_object (&self->places);
  g_clear_pointer (&self->label, gtk_expression_unref);

  G_OBJECT_CLASS (tpt_chart_parent_class)->finalize (object);
}

static void
tpt_chart_class_init (TptChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tpt_chart_finalize;
  widget_class->measure = tpt_chart_measure;
  widget_class->snapshot = tpt_chart_snapshot;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tpt_chart_init (TptChart *self)
{
  tpt_chart_axis_fit (&self->axis, 1);
}

/**
 * tpt_chart_set_layer:
 * @places: (transfer none): what stands along the axis across
 * @label: (transfer full): gives the text (string) under each of them
 */
void
tpt_chart_set_layer (TptChart      *self,
                     TptChartLayer *layer,
                     GListModel    *places,
                     GtkExpression *label)
{
  g_return_if_fail (TPT_IS_CHART (self));
  g_return_if_fail (self->layer == NULL);

  self->layer = g_object_ref (layer);
  self->places = g_object_ref (places);
  self->label = label;
  g_signal_connect_object (layer, "changed", G_CALLBACK (layer_changed_cb), self, 0);
  layer_changed_cb (layer, self);
}
