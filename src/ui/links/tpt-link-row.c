/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-link-row.h"

#include <glib/gi18n.h>

#include "tpt-chip.h"
#include "tpt-link-words.h"
#include "tpt-literal.h"

struct _TptLinkRow
{
  GtkListBoxRow parent_instance;

  TptLink *link;

  /* Template widgets */
  GtkLabel *what;
  TptChip *state;
  GtkLabel *who;
  GtkLabel *history;
  GtkButton *copy;
};

enum
{
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptLinkRow, tpt_link_row, GTK_TYPE_LIST_BOX_ROW)

static void
copy_cb (TptLinkRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->link->url);
  g_signal_emit (self, signals[COPIED], 0, self->link);
}

static void
tpt_link_row_dispose (GObject *object)
{
  g_clear_object (&TPT_LINK_ROW (object)->link);

  G_OBJECT_CLASS (tpt_link_row_parent_class)->dispose (object);
}

static void
tpt_link_row_class_init (TptLinkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_link_row_dispose;

  signals[COPIED] =
    g_signal_new ("copied", TPT_TYPE_LINK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, TPT_TYPE_LINK);

  g_type_ensure (TPT_TYPE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/links/tpt-link-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TptLinkRow, what);
  gtk_widget_class_bind_template_child (widget_class, TptLinkRow, state);
  gtk_widget_class_bind_template_child (widget_class, TptLinkRow, who);
  gtk_widget_class_bind_template_child (widget_class, TptLinkRow, history);
  gtk_widget_class_bind_template_child (widget_class, TptLinkRow, copy);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
tpt_link_row_init (TptLinkRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tpt_link_row_new:
 *
 * shows @link with its times in @zone; it can be copied for as long as it can be booked with
 */
GtkWidget *
tpt_link_row_new (TptLink   *link,
                  GTimeZone *zone,
                  TptTime    now)
{
  g_autofree char *what = tpt_literal_line (link->event_type_name != NULL ? link->event_type_name
                                                                          : _("Booking link"));
  g_autofree char *who = tpt_link_words_who (link);
  g_autofree char *copy = g_strdup_printf (_("Copy the link for %s"), who);
  TptLinkRow *self = g_object_new (TPT_TYPE_LINK_ROW, NULL);

  self->link = g_object_ref (link);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->who, who);
  tpt_link_row_refresh (self, zone, now);
  tpt_chip_set_link (self->state, link->state);
  gtk_widget_set_visible (GTK_WIDGET (self->copy),
                          link->url != NULL
                          && (link->state == TPT_LINK_OPEN || link->kind == TPT_LINK_REUSABLE));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, copy, -1);

  return GTK_WIDGET (self);
}

/** tpt_link_row_refresh: tells the times of the link as they are told @now in @zone */
void
tpt_link_row_refresh (TptLinkRow *self,
                      GTimeZone  *zone,
                      TptTime     now)
{
  g_autofree char *history = NULL;

  g_return_if_fail (TPT_IS_LINK_ROW (self));

  history = tpt_link_words_history (self->link, zone, now);
  gtk_label_set_text (self->history, history);
}
