/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-card-row.h"

#include "tpt-wrap.h"

struct _TptCardRow
{
  GtkListBoxRow parent_instance;

  /* Borrowed: children */
  GtkGrid *grid;
  GtkLabel *title;
  GtkLabel *subtitle;
};

G_DEFINE_FINAL_TYPE (TptCardRow, tpt_card_row, GTK_TYPE_LIST_BOX_ROW)

/* What the two lines do not need is shared between them, above the one and below the other. */
static GtkLabel *
create_line (const char *css_class,
             float       yalign)
{
  GtkWidget *line = gtk_label_new (NULL);

  gtk_widget_add_css_class (line, css_class);
  gtk_label_set_xalign (GTK_LABEL (line), 0);
  gtk_label_set_yalign (GTK_LABEL (line), yalign);
  tpt_wrap_label (GTK_LABEL (line));
  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_vexpand (line, TRUE);

  return GTK_LABEL (line);
}

static void
tpt_card_row_class_init (TptCardRowClass *klass)
{
}

static void
tpt_card_row_init (TptCardRow *self)
{
  GtkWidget *grid = gtk_grid_new ();

  self->grid = GTK_GRID (grid);
  self->title = create_line ("title", 1);
  self->subtitle = create_line ("subtitle", 0);
  /* The measures of AdwActionRow: 50 pixels with the margins, of which the texts keep 6. */
  gtk_grid_set_column_spacing (self->grid, 6);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_set_size_request (grid, -1, 38);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 6);
  gtk_widget_set_vexpand (grid, FALSE);
  gtk_grid_attach (self->grid, GTK_WIDGET (self->title), 1, 0, 1, 1);
  gtk_grid_attach (self->grid, GTK_WIDGET (self->subtitle), 1, 1, 1, 1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), grid);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->subtitle, NULL,
                                  -1);
}

/** tpt_card_row_new: @action_name is what the row itself does, its target is up to the caller */
GtkWidget *
tpt_card_row_new (const char *action_name)
{
  GtkWidget *self = g_object_new (TPT_TYPE_CARD_ROW, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action_name);

  return self;
}

/** tpt_card_row_set_icon: puts a picture before the texts; once */
void
tpt_card_row_set_icon (TptCardRow *self,
                       const char *icon_name)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  g_return_if_fail (TPT_IS_CARD_ROW (self));

  gtk_widget_set_margin_end (icon, 6);
  gtk_grid_attach (self->grid, icon, 0, 0, 1, 2);
}

/**
 * tpt_card_row_set_title:
 * @title: no markup
 * @wrap: whether it may become several lines; it is cut off otherwise
 */
void
tpt_card_row_set_title (TptCardRow *self,
                        const char *title,
                        gboolean    wrap)
{
  g_return_if_fail (TPT_IS_CARD_ROW (self));

  gtk_label_set_text (self->title, title);
  gtk_label_set_wrap (self->title, wrap);
  gtk_label_set_ellipsize (self->title, wrap ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

/** tpt_card_row_set_subtitle: @subtitle is no markup */
void
tpt_card_row_set_subtitle (TptCardRow *self,
                           const char *subtitle)
{
  g_return_if_fail (TPT_IS_CARD_ROW (self));

  gtk_label_set_text (self->subtitle, subtitle);
}

/** tpt_card_row_set_suffix: puts @suffix behind the texts; once */
void
tpt_card_row_set_suffix (TptCardRow *self,
                         GtkWidget  *suffix)
{
  g_return_if_fail (TPT_IS_CARD_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (suffix));

  gtk_grid_attach (self->grid, suffix, 2, 0, 1, 2);
}
