/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-trouble-page.h"

#include <glib/gi18n.h>

struct _TptTroublePage
{
  AdwBin parent_instance;

  char *title;

  /* Template widgets */
  AdwStatusPage *status;
  GtkButton *retry;
  GtkButton *session_only;
  GtkLabel *session_hint;
  GtkButton *start_anew;
};

G_DEFINE_FINAL_TYPE (TptTroublePage, tpt_trouble_page, ADW_TYPE_BIN)

enum
{
  RETRY,
  SESSION_ONLY,
  START_ANEW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
retry_cb (GtkButton      *button,
          TptTroublePage *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
session_only_cb (GtkButton      *button,
                 TptTroublePage *self)
{
  g_signal_emit (self, signals[SESSION_ONLY], 0);
}

static void
response_cb (TptTroublePage *self,
             const char     *response)
{
  if (g_str_equal (response, "anew"))
    g_signal_emit (self, signals[START_ANEW], 0);
}

/* What only this computer knew is not in the new record: that has to be said before. */
static void
start_anew_cb (GtkButton      *button,
               TptTroublePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Start with a New Record?"), NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("Your meetings are fetched again from Calendly. What only this "
                                 "computer knew is not in the new record: your customers, how "
                                 "meetings were assigned by hand, and the links made here.\n\nThe "
                                 "old file is not deleted. It is put aside beside the new one, "
                                 "and opens again with its key."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "anew", _("_Start Anew"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "anew",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tpt_trouble_page_finalize (GObject *object)
{
  TptTroublePage *self = TPT_TROUBLE_PAGE (object);

  g_free (self->title);

  G_OBJECT_CLASS (tpt_trouble_page_parent_class)->finalize (object);
}

static void
tpt_trouble_page_class_init (TptTroublePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tpt_trouble_page_finalize;

  signals[RETRY] = g_signal_new ("retry", TPT_TYPE_TROUBLE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SESSION_ONLY] = g_signal_new ("session-only", TPT_TYPE_TROUBLE_PAGE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[START_ANEW] = g_signal_new ("start-anew", TPT_TYPE_TROUBLE_PAGE, G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/window/tpt-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptTroublePage, status);
  gtk_widget_class_bind_template_child (widget_class, TptTroublePage, retry);
  gtk_widget_class_bind_template_child (widget_class, TptTroublePage, session_only);
  gtk_widget_class_bind_template_child (widget_class, TptTroublePage, session_hint);
  gtk_widget_class_bind_template_child (widget_class, TptTroublePage, start_anew);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, session_only_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_anew_cb);
}

static void
tpt_trouble_page_init (TptTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tpt_trouble_page_new (void)
{
  return g_object_new (TPT_TYPE_TROUBLE_PAGE, NULL);
}

const char *
tpt_trouble_page_get_title (TptTroublePage *self)
{
  g_return_val_if_fail (TPT_IS_TROUBLE_PAGE (self), NULL);

  return self->title;
}

/**
 * tpt_trouble_page_show:
 * @title: what is wrong, in a few words
 * @text: why, and what to do about it; plain text
 */
void
tpt_trouble_page_show (TptTroublePage *self,
                       const char     *icon_name,
                       const char     *title,
                       const char     *text,
                       TptRemedy       remedies)
{
  g_autofree char *title_markup = NULL;
  g_autofree char *text_markup = NULL;
  gboolean session = (remedies & TPT_REMEDY_SESSION_ONLY) != 0;

  g_return_if_fail (TPT_IS_TROUBLE_PAGE (self));
  g_return_if_fail (title != NULL && text != NULL);

  g_free (self->title);
  self->title = g_strdup (title);
  /* A status page reads both as markup. */
  title_markup = g_markup_escape_text (title, -1);
  text_markup = g_markup_escape_text (text, -1);
  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_title (self->status, title_markup);
  adw_status_page_set_description (self->status, text_markup);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), (remedies & TPT_REMEDY_RETRY) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->session_only), session);
  gtk_widget_set_visible (GTK_WIDGET (self->session_hint), session);
  gtk_widget_set_visible (GTK_WIDGET (self->start_anew), (remedies & TPT_REMEDY_START_ANEW) != 0);
}
