/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-unmatched-card.h"

#include "tpt-card-row.h"

#include <glib/gi18n.h>

struct _TptUnmatchedCard
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  gboolean wanted;

  TptCardRow *row;
};

G_DEFINE_FINAL_TYPE (TptUnmatchedCard, tpt_unmatched_card, ADW_TYPE_BIN)

static void
update (TptUnmatchedCard *self)
{
  TptInboxModel *inbox = self->workspace != NULL ? self->workspace->inbox : NULL;
  guint count = inbox != NULL ? tpt_inbox_model_get_count (inbox) : 0;
  g_autofree char *title = g_strdup_printf (ngettext ("%u person has no customer yet",
                                                      "%u people have no customer yet", count),
                                            count);

  tpt_card_row_set_title (self->row, title, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), self->wanted && count > 0);
}

static void
tpt_unmatched_card_dispose (GObject *object)
{
  g_clear_object (&TPT_UNMATCHED_CARD (object)->workspace);

  G_OBJECT_CLASS (tpt_unmatched_card_parent_class)->dispose (object);
}

static void
tpt_unmatched_card_class_init (TptUnmatchedCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_unmatched_card_dispose;
}

static void
tpt_unmatched_card_init (TptUnmatchedCard *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  self->row = TPT_CARD_ROW (tpt_card_row_new ("win.inbox"));
  tpt_card_row_set_subtitle (self->row, _("Say whose they are, so that their meetings count"));
  tpt_card_row_set_icon (self->row, "mail-unread-symbolic");
  tpt_card_row_set_suffix (self->row, arrow);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Match inbox"), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->row));
  adw_bin_set_child (ADW_BIN (self), list);
  self->wanted = TRUE;
  update (self);
}

GtkWidget *
tpt_unmatched_card_new (void)
{
  return g_object_new (TPT_TYPE_UNMATCHED_CARD, NULL);
}

void
tpt_unmatched_card_set_workspace (TptUnmatchedCard *self,
                                  TptWorkspace     *workspace)
{
  g_return_if_fail (TPT_IS_UNMATCHED_CARD (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  if (workspace->inbox != NULL)
    g_signal_connect_object (workspace->inbox, "updated", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}

/** tpt_unmatched_card_set_wanted: whether it is switched on */
void
tpt_unmatched_card_set_wanted (TptUnmatchedCard *self,
                               gboolean          wanted)
{
  g_return_if_fail (TPT_IS_UNMATCHED_CARD (self));

  self->wanted = wanted;
  update (self);
}
