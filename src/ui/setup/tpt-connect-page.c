/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-connect-page.h"

#include "tpt-banner.h"

#include <glib/gi18n.h>

typedef enum
{
  METHOD_BROWSER,
  METHOD_TOKEN,
} Method;

struct _TptConnectPage
{
  AdwBin parent_instance;

  TptConnection *connection;
  GCancellable *cancellable;
  char *address;
  Method method;

  /* Template widgets */
  TptBanner *problem;
  GtkStack *stack;
  AdwStatusPage *choose;
  GtkWidget *ways;         /* how else the browser can come back */
  AdwPasswordEntryRow *token;
  GtkButton *token_button;
  GtkButton *copy_address;
};

G_DEFINE_FINAL_TYPE (TptConnectPage, tpt_connect_page, ADW_TYPE_BIN)

enum
{
  CONNECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_step (TptConnectPage *self,
           const char     *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
cancel (TptConnectPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->address, g_free);
}

static void
set_busy (TptConnectPage *self,
          gboolean        busy)
{
  /* Insensitive, it would lose the focus, and a wrong token could not be put right at once. */
  gtk_editable_set_editable (GTK_EDITABLE (self->token), !busy);
  gtk_button_set_label (self->token_button, busy ? _("Connecting…") : _("Connect"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->token_button),
                            !busy && *gtk_editable_get_text (GTK_EDITABLE (self->token)) != '\0');
}

/* A small window has no room for them and the picture, and who has to look for them does not. */
static void
show_ways (TptConnectPage *self,
           gboolean        shown)
{
  gtk_widget_set_visible (self->ways, shown);
  adw_status_page_set_icon_name (self->choose, shown ? NULL : "avatar-default-symbolic");
}

static void finish (TptConnectPage *self,
                    gboolean        connected,
                    GError         *error);

static void
switched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptConnectPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = tpt_connection_switch_finish (TPT_CONNECTION (source), result, &error);

  finish (self, done, error);
}

static void
other_account_cb (TptConnectPage *self,
                  const char     *response)
{
  TptOtherAccount other =
    g_str_equal (response, "erase") ? TPT_OTHER_ACCOUNT_ERASE : TPT_OTHER_ACCOUNT_KEEP;

  if (g_str_equal (response, "cancel"))
    return;
  tpt_banner_set_revealed (self->problem, FALSE);
  set_busy (self, TRUE);
  tpt_connection_switch_async (self->connection, other, NULL, switched_cb, g_object_ref (self));
}

/* Nothing has been overwritten yet, and nothing will be without a word. */
static void
ask_about_other_account (TptConnectPage *self,
                         const char     *message)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Another Account"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", message,
                                  _("Meetings of two accounts are never mixed. The record that is "
                                    "here can be kept apart on this computer until its account "
                                    "comes back, or be erased."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "erase", _("_Erase It"), "keep", _("_Keep It Apart"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "erase",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (other_account_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Whether another way back from the browser may work where this one did not. */
static gboolean
may_go_another_way (TptConnectPage *self,
                    const GError   *error)
{
  return self->method == METHOD_BROWSER
         && (g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_WAY_BACK)
             || g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_PERMITTED)
             || g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED));
}

static void
finish (TptConnectPage *self,
        gboolean        connected,
        GError         *error)
{
  set_busy (self, FALSE);
  if (!connected && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (connected)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->token), "");
      show_step (self, "choose");
      g_signal_emit (self, signals[CONNECTED], 0);
      return;
    }
  show_step (self, self->method == METHOD_TOKEN ? "token" : "choose");
  show_ways (self, may_go_another_way (self, error));
  tpt_banner_set_title (self->problem, error->message);
  tpt_banner_set_revealed (self->problem, TRUE);
  if (g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT))
    ask_about_other_account (self, error->message);
}

static void
browser_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptConnectPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = tpt_connection_use_browser_finish (TPT_CONNECTION (source), result, &error);

  finish (self, done, error);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptConnectPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = tpt_connection_use_token_finish (TPT_CONNECTION (source), result, &error);

  finish (self, done, error);
}

/* No browser may be there to open it: the address can still be copied. */
static void
open_address_cb (const char *address,
                 gpointer    user_data)
{
  TptConnectPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_free (self->address);
  self->address = g_strdup (address);
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy_address), TRUE);
  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, address, GDK_CURRENT_TIME);
}

static void
connect_async (TptConnectPage *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  tpt_banner_set_revealed (self->problem, FALSE);
  if (self->method == METHOD_TOKEN)
    {
      g_autofree char *token = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->token)));

      set_busy (self, TRUE);
      tpt_connection_use_token_async (self->connection, g_strstrip (token), self->cancellable,
                                      token_cb, g_object_ref (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy_address), FALSE);
  show_step (self, "waiting");
  tpt_connection_use_browser_async (self->connection, open_address_cb, self, self->cancellable,
                                    browser_cb, g_object_ref (self));
}

static void
use_browser_cb (TptConnectPage *self)
{
  self->method = METHOD_BROWSER;
  connect_async (self);
}

static void
use_loopback_cb (TptConnectPage *self)
{
  tpt_connection_set_redirect_once (self->connection, TPT_REDIRECT_LOOPBACK);
  use_browser_cb (self);
}

static void
use_scheme_cb (TptConnectPage *self)
{
  tpt_connection_set_redirect_once (self->connection, TPT_REDIRECT_SCHEME);
  use_browser_cb (self);
}

static void
use_token_cb (TptConnectPage *self)
{
  tpt_banner_set_revealed (self->problem, FALSE);
  show_step (self, "token");
  gtk_widget_grab_focus (GTK_WIDGET (self->token));
}

static void
token_changed_cb (TptConnectPage *self)
{
  set_busy (self, FALSE);
}

static void
token_entered_cb (TptConnectPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->token)) == '\0')
    return;
  self->method = METHOD_TOKEN;
  connect_async (self);
}

static void
cancel_cb (TptConnectPage *self)
{
  tpt_connect_page_go_back (self);
}

static void
copy_address_cb (TptConnectPage *self)
{
  if (self->address != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->address);
}

static void
retry_cb (TptConnectPage *self)
{
  if (self->method == METHOD_TOKEN)
    token_entered_cb (self);
  else
    use_browser_cb (self);
}

static void
tpt_connect_page_dispose (GObject *object)
{
  TptConnectPage *self = TPT_CONNECT_PAGE (object);

  cancel (self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (tpt_connect_page_parent_class)->dispose (object);
}

static void
tpt_connect_page_class_init (TptConnectPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_connect_page_dispose;

  signals[CONNECTED] = g_signal_new ("connected", TPT_TYPE_CONNECT_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TPT_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/setup/tpt-connect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptConnectPage, problem);
  gtk_widget_class_bind_template_child (widget_class, TptConnectPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TptConnectPage, choose);
  gtk_widget_class_bind_template_child (widget_class, TptConnectPage, ways);
  gtk_widget_class_bind_template_child (widget_class, TptConnectPage, token);
  gtk_widget_class_bind_template_child (widget_class, TptConnectPage, token_button);
  gtk_widget_class_bind_template_child (widget_class, TptConnectPage, copy_address);
  gtk_widget_class_bind_template_callback (widget_class, use_browser_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_loopback_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_scheme_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_token_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
tpt_connect_page_init (TptConnectPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_ways (self, FALSE);
}

GtkWidget *
tpt_connect_page_new (void)
{
  return g_object_new (TPT_TYPE_CONNECT_PAGE, NULL);
}

void
tpt_connect_page_set_connection (TptConnectPage *self,
                                 TptConnection  *connection)
{
  g_return_if_fail (TPT_IS_CONNECT_PAGE (self));
  g_return_if_fail (TPT_IS_CONNECTION (connection));

  g_set_object (&self->connection, connection);
}

/** tpt_connect_page_get_problem: (nullable): what is told to have gone wrong */
const char *
tpt_connect_page_get_problem (TptConnectPage *self)
{
  g_return_val_if_fail (TPT_IS_CONNECT_PAGE (self), NULL);

  return tpt_banner_get_revealed (self->problem) ? tpt_banner_get_title (self->problem) : NULL;
}

/** tpt_connect_page_go_back: ends what is under way; %FALSE when there was no step to go back to */
gboolean
tpt_connect_page_go_back (TptConnectPage *self)
{
  const char *step;

  g_return_val_if_fail (TPT_IS_CONNECT_PAGE (self), FALSE);

  step = gtk_stack_get_visible_child_name (self->stack);
  cancel (self);
  set_busy (self, FALSE);
  if (g_str_equal (step, "choose"))
    return FALSE;
  tpt_banner_set_revealed (self->problem, FALSE);
  show_ways (self, FALSE);
  show_step (self, "choose");

  return TRUE;
}
