/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-link-result.h"

#include <glib/gi18n.h>

#include "tpt-join-link.h"
#include "tpt-link-words.h"
#include "tpt-literal.h"

struct _TptLinkResult
{
  AdwBin parent_instance;

  TptLink *link;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkLabel *caption;
  GtkLabel *address;
  GtkButton *open;
};

enum
{
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptLinkResult, tpt_link_result, ADW_TYPE_BIN)

static void
copy_cb (TptLinkResult *self)
{
  g_autofree char *text = tpt_link_words_copied (self->link);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->link->url);
  g_signal_emit (self, signals[COPIED], 0, text);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptLinkResult) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_info ("Opening an address: %s", error->message);
      g_signal_emit (self, signals[COPIED], 0, _("The browser could not be opened"));
    }
}

static void
open_cb (TptLinkResult *self)
{
  g_autofree char *address = tpt_service_link_check (self->link->url);

  g_return_if_fail (address != NULL);

  gtk_show_uri_full (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), address,
                     GDK_CURRENT_TIME, NULL, shown_cb, g_object_ref (self));
}

static void
tpt_link_result_dispose (GObject *object)
{
  g_clear_object (&TPT_LINK_RESULT (object)->link);

  G_OBJECT_CLASS (tpt_link_result_parent_class)->dispose (object);
}

static void
tpt_link_result_class_init (TptLinkResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_link_result_dispose;

  signals[COPIED] =
    g_signal_new ("copied", TPT_TYPE_LINK_RESULT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/links/tpt-link-result.ui");
  gtk_widget_class_bind_template_child (widget_class, TptLinkResult, revealer);
  gtk_widget_class_bind_template_child (widget_class, TptLinkResult, caption);
  gtk_widget_class_bind_template_child (widget_class, TptLinkResult, address);
  gtk_widget_class_bind_template_child (widget_class, TptLinkResult, open);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
tpt_link_result_init (TptLinkResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** tpt_link_result_set_link: (nullable link): what was made; %NULL hides it */
void
tpt_link_result_set_link (TptLinkResult *self,
                          TptLink       *link)
{
  g_autofree char *who = NULL;
  g_autofree char *caption = NULL;
  g_autofree char *address = NULL;
  g_autofree char *checked = NULL;

  g_return_if_fail (TPT_IS_LINK_RESULT (self));

  g_set_object (&self->link, link);
  gtk_revealer_set_reveal_child (self->revealer, link != NULL);
  if (link == NULL)
    return;
  who = tpt_link_words_who (link);
  caption = g_strdup_printf (_("Copied. It is for %s and can be booked with once."), who);
  address = tpt_literal_line (link->url);
  checked = tpt_service_link_check (link->url);
  gtk_label_set_text (self->caption, caption);
  gtk_label_set_text (self->address, address);
  gtk_widget_set_visible (GTK_WIDGET (self->open), checked != NULL);
}

static void
links_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptLinkResult) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = tpt_store_list_links_finish (TPT_STORE (source), result, &error);

  if (links == NULL)
    g_info ("Reading links: %s", error->message);
  for (guint i = 0; links != NULL && self->link != NULL && i < links->len; i++)
    {
      const TptLink *link = g_ptr_array_index (links, i);

      if (link->state != TPT_LINK_OPEN && g_str_equal (link->id, self->link->id))
        tpt_link_result_set_link (self, NULL);
    }
}

/** tpt_link_result_check: hides a link that has served; what became of it stands in the ledger */
void
tpt_link_result_check (TptLinkResult *self,
                       TptStore      *store)
{
  g_return_if_fail (TPT_IS_LINK_RESULT (self));
  g_return_if_fail (TPT_IS_STORE (store));

  if (self->link != NULL)
    tpt_store_list_links_async (store, self->link->customer, NULL, links_cb, g_object_ref (self));
}
