/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-account-settings.h"

#include "tpt-format.h"
#include "tpt-literal.h"
#include "tpt-organization-group.h"
#include "tpt-preferences-toast.h"
#include "tpt-scopes.h"
#include "tpt-wrap.h"

#include <glib/gi18n.h>

struct _TptAccountSettings
{
  AdwPreferencesPage parent_instance;

  TptWorkspace *workspace;
  GPtrArray *missing_rows;

  /* Template widgets */
  AdwActionRow *account;
  GtkButton *connect_button;
  AdwActionRow *organization;
  AdwActionRow *last_sync;
  TptOrganizationGroup *everyone;
  AdwPreferencesGroup *permissions;
  AdwActionRow *granted;
  AdwEntryRow *client_id;
  AdwComboRow *method;
  AdwActionRow *redirect;
  GtkButton *copy_redirect;
  AdwActionRow *port_row;
  GtkSpinButton *port;
  AdwPreferencesGroup *leaving;
  GtkButton *disconnect_button;
};

G_DEFINE_FINAL_TYPE (TptAccountSettings, tpt_account_settings, ADW_TYPE_PREFERENCES_PAGE)

static void
show_account (TptAccountSettings *self,
              TptConnectionState  state,
              TptUser            *account)
{
  g_autofree char *email = account != NULL ? tpt_literal_part (account->email) : NULL;
  g_autofree char *name = account != NULL ? tpt_literal_line (account->name) : NULL;
  g_autofree char *title = NULL;

  if (state == TPT_CONNECTION_CONNECTED && email != NULL)
    /* Translators: %s is an e-mail address */
    title = g_strdup_printf (_("Connected as %s"), email);
  else if (tpt_connection_has_moved (self->workspace->connection) && email != NULL)
    /* Translators: %s is an e-mail address */
    title = g_strdup_printf (_("%s has moved to another organization"), email);
  else if (state == TPT_CONNECTION_RECONNECT && email != NULL)
    /* Translators: %s is an e-mail address */
    title = g_strdup_printf (_("The sign-in of %s has ended"), email);
  else
    title = g_strdup (_("Not connected"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account), title);
  adw_action_row_set_subtitle (self->account, name != NULL ? name : "");
  gtk_button_set_label (self->connect_button, state == TPT_CONNECTION_DISCONNECTED
                                                ? _("Connect…") : _("Sign In Again…"));
}

static const char *
name_role (const char *role)
{
  if (g_strcmp0 (role, "owner") == 0)
    return _("Owner");
  if (g_strcmp0 (role, "admin") == 0)
    return _("Administrator");
  if (g_strcmp0 (role, "user") == 0)
    return _("Member");

  return NULL;
}

static void
show_organization (TptAccountSettings *self,
                   TptUser            *account)
{
  g_autofree char *name = NULL;
  g_autofree char *plan = NULL;
  g_autofree char *text = NULL;
  const char *role = account != NULL ? name_role (account->role) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->organization), account != NULL);
  if (account == NULL)
    return;
  if (account->plan != NULL)
    {
      g_autofree char *literal = tpt_literal_part (account->plan);

      plan = g_strdup_printf (_("Plan: %s"), literal);
    }
  name = tpt_literal_line (account->organization_name);
  text = g_strdup_printf ("%s%s%s · %s", name != NULL ? name : "",
                          name != NULL && *name != '\0' ? " · " : "",
                          role != NULL ? role : _("Role not known"),
                          plan != NULL ? plan : _("Plan not known"));
  adw_action_row_set_subtitle (self->organization, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->organization), account->organization);
}

static void
add_missing (TptAccountSettings *self,
             const char         *scope)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  const char *feature = tpt_scopes_get_feature (scope);
  /* Translators: %s is a feature such as "single-use links" */
  g_autofree char *text = g_strdup_printf (_("Switched off: %s"), feature != NULL ? feature : "–");

  gtk_widget_add_css_class (icon, "warning");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), scope);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (self->permissions, row);
  g_ptr_array_add (self->missing_rows, row);
}

static void
show_permissions (TptAccountSettings *self,
                  TptConnectionState  state)
{
  TptConnection *connection = self->workspace->connection;
  const char *const *scopes = tpt_connection_get_scopes (connection);
  const char *const *missing = tpt_connection_get_missing_scopes (connection);
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->missing_rows->len; i++)
    adw_preferences_group_remove (self->permissions, g_ptr_array_index (self->missing_rows, i));
  g_ptr_array_set_size (self->missing_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->permissions), state == TPT_CONNECTION_CONNECTED);

  text = scopes != NULL && scopes[0] != NULL ? g_strjoinv (", ", (char **) scopes)
                                             : g_strdup (_("Those of your personal access token"));
  adw_action_row_set_subtitle (self->granted, text);
  for (guint i = 0; missing != NULL && missing[i] != NULL; i++)
    add_missing (self, missing[i]);
}

static void
show_connection (TptAccountSettings *self)
{
  TptConnection *connection = self->workspace->connection;
  TptConnectionState state = tpt_connection_get_state (connection);
  TptUser *account = state != TPT_CONNECTION_DISCONNECTED
                       ? tpt_connection_get_account (connection) : NULL;

  show_account (self, state, account);
  show_organization (self, account);
  show_permissions (self, state);
  gtk_widget_set_visible (GTK_WIDGET (self->leaving), state != TPT_CONNECTION_DISCONNECTED);
}

static void
show_last_sync (TptAccountSettings *self)
{
  TptEngine *engine = self->workspace->engine;
  TptTime last = tpt_engine_get_last_sync (engine);
  const char *message = tpt_engine_get_message (engine);
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (last == TPT_TIME_NONE)
    when = g_strdup (_("Never"));
  else
    when = tpt_format_date_time (last, tpt_workspace_get_zone (self->workspace),
                                 tpt_clock_now (self->workspace->clock));
  text = message != NULL && *message != '\0' ? g_strdup_printf ("%s\n%s", when, message)
                                             : g_steal_pointer (&when);
  adw_action_row_set_subtitle (self->last_sync, text);
}

/* In the order of the list, which is that of TptRedirectMethod. */
static const char *
describe_method (TptRedirectMethod method)
{
  switch (method)
    {
    case TPT_REDIRECT_BOUNCE:
      return _("For Calendly’s production apps: the browser goes to your company’s relay, which "
               "sends it on to this computer");
    case TPT_REDIRECT_LOOPBACK:
      return _("For Calendly’s sandbox apps, with a fixed port");
    case TPT_REDIRECT_SCHEME:
      return _("Without a relay: the browser asks whether to open Touchpoint");
    case TPT_REDIRECT_AUTO:
    default:
      return _("Through the relay where one is set, else straight to this computer");
    }
}

/* The setting's value for each place in the list. */
static const char *const methods[] = { "auto", "bounce", "loopback", "scheme" };

static gboolean
read_method_cb (GValue   *value,
                GVariant *variant,
                gpointer  user_data)
{
  g_value_set_uint (value, tpt_redirect_method_from_string (g_variant_get_string (variant, NULL)));

  return TRUE;
}

static GVariant *
write_method_cb (const GValue       *value,
                 const GVariantType *type,
                 gpointer            user_data)
{
  guint place = g_value_get_uint (value);

  return place < G_N_ELEMENTS (methods) ? g_variant_new_string (methods[place]) : NULL;
}

static void
show_redirect (TptAccountSettings *self)
{
  guint place = adw_combo_row_get_selected (self->method);
  TptConnection *connection = self->workspace->connection;
  g_autofree char *uri = NULL;

  if (place >= G_N_ELEMENTS (methods))
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->method),
                               describe_method ((TptRedirectMethod) place));
  gtk_widget_set_visible (GTK_WIDGET (self->port_row),
                          place == TPT_REDIRECT_AUTO || place == TPT_REDIRECT_LOOPBACK);
  if (connection != NULL)
    uri = tpt_connection_get_redirect (connection);
  adw_action_row_set_subtitle (self->redirect, uri != NULL ? uri : _("Set a relay first"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy_redirect), uri != NULL);
}

static void
copy_redirect_cb (TptAccountSettings *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          adw_action_row_get_subtitle (self->redirect));
  tpt_preferences_toast (GTK_WIDGET (self), _("Copied"));
}

/* What the service is told to use is set by others who hear of the same change, perhaps later. */
static gboolean
settled_cb (gpointer user_data)
{
  show_redirect (user_data);

  return G_SOURCE_REMOVE;
}

static void
redirect_changed_cb (TptAccountSettings *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, settled_cb, g_object_ref (self), g_object_unref);
}

static const char *
describe_outcome (const TptDisconnection *outcome)
{
  if (outcome->erased && outcome->relay_unaware)
    return _("Disconnected, and everything erased here. The relay could not be told");
  if (outcome->erased)
    return _("Disconnected, and everything erased from this computer");
  if (!outcome->revoked)
    return _("Disconnected. Calendly could not be told; the sign-in is gone from here");

  return _("Disconnected. Your record stays on this computer");
}

static void
disconnected_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TptAccountSettings) self = user_data;
  g_autoptr (GError) error = NULL;
  TptDisconnection outcome = { 0 };

  gtk_widget_set_sensitive (GTK_WIDGET (self->disconnect_button), TRUE);
  if (tpt_connection_disconnect_finish (TPT_CONNECTION (source), result, &outcome, &error))
    tpt_preferences_toast (GTK_WIDGET (self), describe_outcome (&outcome));
  else
    tpt_preferences_toast (GTK_WIDGET (self), error->message);
}

static void
answered_cb (TptAccountSettings *self,
             const char         *response)
{
  if (g_str_equal (response, "cancel"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->disconnect_button), FALSE);
  tpt_connection_disconnect_async (self->workspace->connection, g_str_equal (response, "erase"),
                                   NULL, disconnected_cb, g_object_ref (self));
}

static void
disconnect_cb (TptAccountSettings *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Disconnect from Calendly?"),
                                              _("Touchpoint signs out and no longer follows your "
                                                "meetings. Your customers, meetings and links can "
                                                "stay on this computer or be erased from it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "erase",
                                    _("Disconnect and _Erase"), "keep", _("Disconnect and _Keep"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "erase",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tpt_account_settings_dispose (GObject *object)
{
  TptAccountSettings *self = TPT_ACCOUNT_SETTINGS (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->missing_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (tpt_account_settings_parent_class)->dispose (object);
}

static void
tpt_account_settings_class_init (TptAccountSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_account_settings_dispose;

  g_type_ensure (TPT_TYPE_ORGANIZATION_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/touchpoint/ui/preferences/tpt-account-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, account);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, connect_button);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, organization);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, last_sync);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, everyone);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, permissions);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, granted);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, client_id);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, method);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, redirect);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, copy_redirect);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, port_row);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, port);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, leaving);
  gtk_widget_class_bind_template_child (widget_class, TptAccountSettings, disconnect_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_redirect_cb);
  gtk_widget_class_bind_template_callback (widget_class, disconnect_cb);
}

static void
tpt_account_settings_init (TptAccountSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tpt_wrap_row (GTK_WIDGET (self->account));
  tpt_wrap_row (GTK_WIDGET (self->redirect));
  self->missing_rows = g_ptr_array_new ();
}

void
tpt_account_settings_set_workspace (TptAccountSettings *self,
                                    TptWorkspace       *workspace,
                                    GSettings          *settings)
{
  g_return_if_fail (TPT_IS_ACCOUNT_SETTINGS (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  tpt_organization_group_set_workspace (self->everyone, workspace);
  g_settings_bind (settings, "client-id", self->client_id, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "redirect-port", self->port, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "redirect-method", self->method, "selected",
                                G_SETTINGS_BIND_DEFAULT, read_method_cb, write_method_cb, NULL,
                                NULL);
  g_signal_connect_object (settings, "changed::redirect-method",
                           G_CALLBACK (redirect_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::redirect-port", G_CALLBACK (redirect_changed_cb),
                           self, G_CONNECT_SWAPPED);
  if (workspace->listener != NULL)
    g_signal_connect_object (workspace->listener, "notify::url", G_CALLBACK (redirect_changed_cb),
                             self, G_CONNECT_SWAPPED);
  show_redirect (self);
  if (workspace->connection != NULL)
    {
      g_signal_connect_object (workspace->connection, "notify", G_CALLBACK (show_connection), self,
                               G_CONNECT_SWAPPED);
      show_connection (self);
    }
  if (workspace->engine != NULL)
    {
      g_signal_connect_object (workspace->engine, "notify::last-sync-at",
                               G_CALLBACK (show_last_sync), self, G_CONNECT_SWAPPED);
      show_last_sync (self);
    }
}
