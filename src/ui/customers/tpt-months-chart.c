/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-months-chart.h"

#include <glib/gi18n.h>

#include "tpt-chart-columns.h"
#include "tpt-chart.h"
#include "tpt-fold-box.h"
#include "tpt-format.h"
#include "tpt-month-item.h"

/* The parts of a column, from the bottom up. */
static const struct
{
  const char *property;
  const char *title;
  const char *color;
  const char *style;
} parts[] = {
  { "held", NC_("chart", "Held"), "tpt_chart_held", "held" },
  { "upcoming", NC_("chart", "Upcoming"), "tpt_chart_upcoming", "upcoming" },
  { "no-show", NC_("chart", "No-show"), "tpt_chart_no_show", "no-show" },
  { "canceled", NC_("chart", "Canceled"), "tpt_chart_canceled", "canceled" },
};

struct _TptMonthsChart
{
  AdwBin parent_instance;

  GListStore *months;
  TptChartLayer *layer;

  /* Template widgets */
  TptChart *chart;
  TptFoldBox *legend;
  GtkExpander *expander;
  GtkGrid *table;
};

G_DEFINE_FINAL_TYPE (TptMonthsChart, tpt_months_chart, ADW_TYPE_BIN)

static void
add_part (TptMonthsChart *self,
          gsize           part)
{
  g_autoptr (TptChartSeries) series = NULL;
  GtkExpression *value;
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = adw_bin_new ();
  GtkWidget *label = gtk_label_new (g_dpgettext2 (NULL, "chart", parts[part].title));

  value = gtk_property_expression_new (TPT_TYPE_MONTH_ITEM, NULL, parts[part].property);
  series = tpt_chart_series_new (G_LIST_MODEL (self->months), value, parts[part].title,
                                 parts[part].color);
  tpt_chart_layer_add_series (self->layer, series);

  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_add_css_class (swatch, parts[part].style);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (entry), swatch);
  gtk_box_append (GTK_BOX (entry), label);
  gtk_widget_set_parent (entry, GTK_WIDGET (self->legend));
}

static guint
get_total (const TptMonth *month)
{
  return month->held + month->upcoming + month->canceled + month->no_show;
}

/* What somebody who cannot see the picture needs of it; the table below has the rest. */
static char *
summarize (const GArray *months)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *most = NULL;
  guint held = 0, others = 0, best = 0;

  if (months->len == 0)
    return g_strdup (_("Meetings by month: none"));
  for (guint i = 0; i < months->len; i++)
    {
      const TptMonth *month = &g_array_index (months, TptMonth, i);

      held += month->held;
      others += get_total (month) - month->held;
      if (get_total (month) > get_total (&g_array_index (months, TptMonth, best)))
        best = i;
    }
  first = tpt_format_month_year (g_array_index (months, TptMonth, 0).first_day);
  last = tpt_format_month_year (g_array_index (months, TptMonth, months->len - 1).first_day);
  most = tpt_format_month_year (g_array_index (months, TptMonth, best).first_day);

  /* Translators: first month, last month, two counts, the busiest month and its count */
  return g_strdup_printf (_("Meetings by month, %s to %s: %u held, %u others, most in %s: %u"),
                          first, last, held, others, most,
                          get_total (&g_array_index (months, TptMonth, best)));
}

static void
attach_text (TptMonthsChart *self,
             const char     *text,
             const char     *style,
             int             column,
             int             row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  if (column > 0)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, column > 0);
  gtk_widget_add_css_class (label, "caption");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->table, label, column, row, 1, 1);
}

static void
attach_month (TptMonthsChart *self,
              const TptMonth *month,
              int             row)
{
  const guint counts[] = { month->held, month->upcoming, month->no_show, month->canceled };
  g_autofree char *name = tpt_format_month_year (month->first_day);

  attach_text (self, name, NULL, 0, row);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", counts[i]);

      attach_text (self, text, "numeric", (int) i + 1, row);
    }
}

static void
fill_table (TptMonthsChart *self)
{
  GtkWidget *child;
  guint n_months = g_list_model_get_n_items (G_LIST_MODEL (self->months));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    attach_text (self, g_dpgettext2 (NULL, "chart", parts[i].title), "dim-label", (int) i + 1, 0);
  for (guint i = 0; i < n_months; i++)
    {
      g_autoptr (TptMonthItem) item = g_list_model_get_item (G_LIST_MODEL (self->months), i);

      attach_month (self, tpt_month_item_get_month (item), (int) (n_months - i));
    }
}

/* Sixty labels that hardly anybody unfolds are made when somebody does. */
static void
expanded_cb (TptMonthsChart *self)
{
  if (gtk_expander_get_expanded (self->expander))
    fill_table (self);
}

static void
tpt_months_chart_dispose (GObject *object)
{
  TptMonthsChart *self = TPT_MONTHS_CHART (object);

  g_clear_object (&self->months);
  g_clear_object (&self->layer);

  G_OBJECT_CLASS (tpt_months_chart_parent_class)->dispose (object);
}

static void
tpt_months_chart_class_init (TptMonthsChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_months_chart_dispose;

  g_type_ensure (TPT_TYPE_CHART);
  g_type_ensure (TPT_TYPE_FOLD_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-months-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, TptMonthsChart, chart);
  gtk_widget_class_bind_template_child (widget_class, TptMonthsChart, legend);
  gtk_widget_class_bind_template_child (widget_class, TptMonthsChart, expander);
  gtk_widget_class_bind_template_child (widget_class, TptMonthsChart, table);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
tpt_months_chart_init (TptMonthsChart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->months = g_list_store_new (TPT_TYPE_MONTH_ITEM);
  self->layer = tpt_chart_columns_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (self, i);
  tpt_chart_set_layer (self->chart, self->layer, G_LIST_MODEL (self->months),
                       gtk_property_expression_new (TPT_TYPE_MONTH_ITEM, NULL, "label"));
}

/**
 * tpt_months_chart_set_months:
 * @months: (element-type TptMonth): the oldest first
 */
void
tpt_months_chart_set_months (TptMonthsChart *self,
                             const GArray   *months)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *summary = NULL;

  g_return_if_fail (TPT_IS_MONTHS_CHART (self));

  for (guint i = 0; i < months->len; i++)
    g_ptr_array_add (items, tpt_month_item_new (&g_array_index (months, TptMonth, i)));
  g_list_store_splice (self->months, 0, g_list_model_get_n_items (G_LIST_MODEL (self->months)),
                       items->pdata, items->len);
  summary = summarize (months);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->chart), summary);
  expanded_cb (self);
}
