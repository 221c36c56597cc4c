/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-band-bar.h"

#include "tpt-format.h"

#include <glib/gi18n.h>

#define N_BANDS (TPT_HEALTH_HEALTHY + 1)
#define BAR_HEIGHT 10

/* Best first, as one reads. */
static const struct
{
  TptHealthBand band;
  const char *css_class;
} order[N_BANDS] = {
  { TPT_HEALTH_HEALTHY, "healthy" },
  { TPT_HEALTH_WATCH, "watch" },
  { TPT_HEALTH_AT_RISK, "at-risk" },
  { TPT_HEALTH_CRITICAL, "critical" },
  { TPT_HEALTH_UNKNOWN, "unknown" },
};

struct _TptBandBar
{
  GtkBox parent_instance;

  guint counts[N_BANDS];

  GtkWidget *bar;
  GtkWidget *segments[N_BANDS];
  GtkWidget *numbers[N_BANDS];
};

G_DEFINE_FINAL_TYPE (TptBandBar, tpt_band_bar, GTK_TYPE_BOX)

/* GtkBox has no weights: the bar gives each segment its share of the width itself. */
static void
allocate_bar (GtkWidget *bar,
              int        width,
              int        height,
              int        baseline)
{
  TptBandBar *self = TPT_BAND_BAR (gtk_widget_get_ancestor (bar, TPT_TYPE_BAND_BAR));
  guint total = 0, passed = 0;

  for (guint i = 0; i < N_BANDS; i++)
    total += self->counts[i];
  for (guint i = 0; i < N_BANDS; i++)
    {
      guint count = self->counts[order[i].band];
      int from = total > 0 ? (int) (width * (gint64) passed / total) : 0;
      int to = total > 0 ? (int) (width * (gint64) (passed + count) / total) : 0;
      GtkAllocation place = { from, 0, MAX (to - from - 2, 1), height };

      if (count > 0)
        gtk_widget_size_allocate (self->segments[i], &place, -1);
      passed += count;
    }
}

static void
measure_bar (GtkWidget      *bar,
             GtkOrientation  orientation,
             int             for_size,
             int            *minimum,
             int            *natural,
             int            *minimum_baseline,
             int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 10 * N_BANDS : BAR_HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static GtkWidget *
create_legend (TptBandBar *self,
               guint       i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (tpt_format_band (order[i].band));

  gtk_widget_add_css_class (dot, "tpt-band");
  gtk_widget_add_css_class (dot, order[i].css_class);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  self->numbers[i] = gtk_label_new ("0");
  gtk_widget_add_css_class (self->numbers[i], "numeric");
  gtk_widget_add_css_class (self->numbers[i], "heading");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (name, "caption");
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), self->numbers[i]);
  gtk_box_append (GTK_BOX (box), name);

  return box;
}

static void
tpt_band_bar_class_init (TptBandBarClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tpt_band_bar_init (TptBandBar *self)
{
  GtkWidget *legend = gtk_flow_box_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->bar,
                                 gtk_custom_layout_new (NULL, measure_bar, allocate_bar));
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (legend), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (legend), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (legend), N_BANDS);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (legend), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (legend), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Customers by health"), -1);
  for (guint i = 0; i < N_BANDS; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      self->segments[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_add_css_class (self->segments[i], "tpt-band");
      gtk_widget_add_css_class (self->segments[i], order[i].css_class);
      gtk_widget_set_visible (self->segments[i], FALSE);
      gtk_box_append (GTK_BOX (self->bar), self->segments[i]);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), create_legend (self, i));
      gtk_flow_box_append (GTK_FLOW_BOX (legend), child);
    }
  gtk_box_append (GTK_BOX (self), self->bar);
  gtk_box_append (GTK_BOX (self), legend);
}

/**
 * tpt_band_bar_set_counts:
 * @counts: (array): one number for each #TptHealthBand, in the order of the enumeration
 */
void
tpt_band_bar_set_counts (TptBandBar  *self,
                         const guint *counts)
{
  g_return_if_fail (TPT_IS_BAND_BAR (self));

  for (guint i = 0; i < N_BANDS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", counts[order[i].band]);

      self->counts[order[i].band] = counts[order[i].band];
      gtk_label_set_text (GTK_LABEL (self->numbers[i]), text);
      gtk_widget_set_visible (self->segments[i], counts[order[i].band] > 0);
      /* The four bands always stand there; the rest only where there is somebody in it. */
      if (order[i].band == TPT_HEALTH_UNKNOWN)
        gtk_widget_set_visible (gtk_widget_get_ancestor (self->numbers[i], GTK_TYPE_FLOW_BOX_CHILD),
                                counts[order[i].band] > 0);
    }
  gtk_widget_queue_allocate (self->bar);
}

guint
tpt_band_bar_get_count (TptBandBar    *self,
                        TptHealthBand  band)
{
  g_return_val_if_fail (TPT_IS_BAND_BAR (self), 0);
  g_return_val_if_fail (band < N_BANDS, 0);

  return self->counts[band];
}
