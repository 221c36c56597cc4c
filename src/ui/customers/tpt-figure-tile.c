/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-figure-tile.h"

#include "tpt-wrap.h"

struct _TptFigureTile
{
  AdwBin parent_instance;

  /* Borrowed: children */
  GtkWidget *title;
  GtkWidget *value;
  GtkWidget *window;
};

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TptFigureTile, tpt_figure_tile, ADW_TYPE_BIN)

static GtkWidget *
append_label (GtkWidget  *box,
              const char *first_style,
              const char *second_style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  tpt_wrap_label (GTK_LABEL (label));
  gtk_widget_add_css_class (label, first_style);
  if (second_style != NULL)
    gtk_widget_add_css_class (label, second_style);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
tpt_figure_tile_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_assert (property_id == PROP_TITLE);
  g_value_set_string (value, gtk_label_get_text (GTK_LABEL (TPT_FIGURE_TILE (object)->title)));
}

static void
tpt_figure_tile_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  g_assert (property_id == PROP_TITLE);
  gtk_label_set_text (GTK_LABEL (TPT_FIGURE_TILE (object)->title), g_value_get_string (value));
}

static void
tpt_figure_tile_class_init (TptFigureTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tpt_figure_tile_get_property;
  object_class->set_property = tpt_figure_tile_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tpt_figure_tile_init (TptFigureTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->title = append_label (box, "caption", "dim-label");
  self->value = append_label (box, "figure", NULL);
  self->window = append_label (box, "caption", "dim-label");
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * tpt_figure_tile_set:
 * @value: as text
 * @window: (nullable): what it was counted over
 */
void
tpt_figure_tile_set (TptFigureTile *self,
                     const char    *value,
                     const char    *window)
{
  g_autofree char *spoken = NULL;
  const char *title;

  g_return_if_fail (TPT_IS_FIGURE_TILE (self));

  title = gtk_label_get_text (GTK_LABEL (self->title));
  gtk_label_set_text (GTK_LABEL (self->value), value);
  gtk_label_set_text (GTK_LABEL (self->window), window != NULL ? window : "");
  gtk_widget_set_visible (self->window, window != NULL);
  spoken = window != NULL ? g_strdup_printf ("%s: %s, %s", title, value, window)
                          : g_strdup_printf ("%s: %s", title, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
