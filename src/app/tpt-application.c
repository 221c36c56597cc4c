/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-application.h"

#include "tpt-command-bus.h"
#include "tpt-customers-settings.h"
#include "tpt-keyring.h"
#include "tpt-restoration-dialog.h"
#include "tpt-restoration.h"
#include "tpt-trouble.h"
#include "tpt-unlock-watch.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdlib.h>

/* The first frame goes before the first request. */
#define START_MS 200

/* Who sees a spinner for so long is told what it waits for. */
#define PATIENCE_MS 4000

/* Between two looks at a keyring that was found locked. */
#define LOOK_MS 2000

struct _TptApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  TptWindow *window;       /* borrowed: the toolkit owns windows */
  TptServices *services;
  TptWorkspace *workspace;
  TptCommandBus *bus;
  GCancellable *opening;   /* while the services are being opened */
  TptUnlockWatch *unlocking; /* while the window says that the keyring is locked */
  int stage;               /* atomic: what that waits for, a TptServicesStage */
  guint patience;          /* until that is told, and while it is */
  guint start;             /* until they are started */
  guint terminate;
};

G_DEFINE_FINAL_TYPE (TptApplication, tpt_application, ADW_TYPE_APPLICATION)

static void open_services (TptApplication  *self,
                           TptServicesFlags flags);

static gboolean
copy_cb (const char *text,
         gpointer    user_data)
{
  TptApplication *self = user_data;

  if (self->window == NULL)
    return FALSE;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), text);

  return TRUE;
}

static void
tier_cadences_cb (TptApplication *self)
{
  g_autoptr (GHashTable) cadences = tpt_tier_cadence_read (self->settings);

  tpt_portfolio_set_tier_cadence (self->workspace->portfolio, cadences);
}

static TptRedirectMethod
get_redirect_method (TptApplication *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "redirect-method");

  return tpt_redirect_method_from_string (name);
}

/* What is typed into the preferences counts for the next sign-in, not for the next start. */
static void
client_cb (TptApplication *self)
{
  g_autofree char *client_id = g_settings_get_string (self->settings, "client-id");

  tpt_services_set_client (self->services, *client_id != '\0' ? client_id : NULL, NULL,
                           (guint16) g_settings_get_int (self->settings, "redirect-port"));
  tpt_connection_set_redirect (self->services->connection, get_redirect_method (self));
}

static void
make_workspace (TptApplication *self)
{
  TptServices *services = self->services;

  self->workspace = tpt_workspace_new (services->clock, services->store, services->connection,
                                       services->engine, services->link_maker, services->importer,
                                       services->listener);
  tpt_workspace_set_inbox (self->workspace, services->inbox);
  g_signal_connect_object (self->settings, "changed::tier-cadences", G_CALLBACK (tier_cadences_cb),
                           self, G_CONNECT_SWAPPED);
  tier_cadences_cb (self);
  g_signal_connect_object (self->settings, "changed::client-id", G_CALLBACK (client_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::redirect-port", G_CALLBACK (client_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::redirect-method", G_CALLBACK (client_cb),
                           self, G_CONNECT_SWAPPED);
}

static gboolean
start_cb (gpointer user_data)
{
  TptApplication *self = user_data;

  self->start = 0;
  tpt_services_start (self->services);

  return G_SOURCE_REMOVE;
}

static void
show_workspace (TptApplication *self)
{
  tpt_window_set_workspace (self->window, self->workspace, self->services->is_session_only);
  /* A dialog stands on a window that is there. */
  if (tpt_store_get_restoration (self->services->store) != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
  tpt_restoration_dialog_watch (GTK_WINDOW (self->window), self->workspace);
}

static void
unlocked_cb (TptApplication *self)
{
  open_services (self, TPT_SERVICES_DEFAULT);
}

static void
watch_keyring (TptApplication *self)
{
  g_autoptr (TptTokenStore) keyring = tpt_keyring_new (TPT_APP_ID);

  self->unlocking = tpt_unlock_watch_new (keyring, LOOK_MS);
  g_signal_connect_object (self->unlocking, "unlocked", G_CALLBACK (unlocked_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
ignore_keyring (TptApplication *self)
{
  if (self->unlocking != NULL)
    tpt_unlock_watch_stop (self->unlocking);
  g_clear_object (&self->unlocking);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptServices) services = tpt_services_open_finish (result, &error);

  g_clear_object (&self->opening);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_application_release (G_APPLICATION (self));
  if (services == NULL)
    {
      tpt_command_bus_set_opening (self->bus, FALSE);
      if (self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tpt_trouble_show (self->window, error);
      if (g_error_matches (error, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEYRING_LOCKED))
        watch_keyring (self);
      return;
    }

  self->services = g_steal_pointer (&services);
  make_workspace (self);
  tpt_command_bus_set_services (self->bus, self->services);
  if (self->window != NULL)
    show_workspace (self);
  self->start = g_timeout_add (START_MS, start_cb, self);
}

/* What it waits for changes while it waits. */
static gboolean
patience_cb (gpointer user_data)
{
  TptApplication *self = user_data;
  gboolean is_keyring = g_atomic_int_get (&self->stage) == TPT_SERVICES_STAGE_KEYRING;

  if (self->window != NULL)
    tpt_window_show_loading (self->window,
                             is_keyring ? _("Waiting for the keyring, which has the key of your "
                                            "record. If it asks for a password, enter it.")
                                        : _("Opening your record…"));

  return G_SOURCE_CONTINUE;
}

static void
open_services (TptApplication  *self,
               TptServicesFlags flags)
{
  g_autofree char *client_id = g_settings_get_string (self->settings, "client-id");
  TptServicesOptions options = {
    .flags = flags | TPT_SERVICES_REACHABLE,
    .client_id = *client_id != '\0' ? client_id : NULL,
    .redirect_port = (guint16) g_settings_get_int (self->settings, "redirect-port"),
    .redirect_method = get_redirect_method (self),
    .stage = &self->stage,
  };

  if (self->services != NULL || self->opening != NULL)
    return;
  ignore_keyring (self);
  self->opening = g_cancellable_new ();
  tpt_command_bus_set_opening (self->bus, TRUE);
  g_application_hold (G_APPLICATION (self));
  if (self->window != NULL)
    tpt_window_show_loading (self->window, NULL);
  g_atomic_int_set (&self->stage, TPT_SERVICES_STAGE_KEYRING);
  self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  tpt_services_open_async (&options, self->opening, opened_cb, g_object_ref (self));
}

static void
retry_cb (TptApplication *self)
{
  open_services (self, TPT_SERVICES_DEFAULT);
}

static void
session_only_cb (TptApplication *self)
{
  open_services (self, TPT_SERVICES_SESSION_ONLY);
}

static void
start_anew_cb (TptApplication *self)
{
  open_services (self, TPT_SERVICES_START_ANEW);
}

/* What ends the session ends us in order, so that the record need not be checked the next time. */
static gboolean
terminate_cb (gpointer user_data)
{
  g_action_group_activate_action (user_data, "quit", NULL);

  return G_SOURCE_CONTINUE;
}

static void
make_window (TptApplication *self)
{
  self->window = tpt_window_new (GTK_APPLICATION (self), self->settings);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  g_signal_connect_object (self->window, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "start-anew", G_CALLBACK (start_anew_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "session-only", G_CALLBACK (session_only_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
tpt_application_activate (GApplication *application)
{
  TptApplication *self = TPT_APPLICATION (application);

  if (self->window == NULL)
    {
      make_window (self);
      if (self->workspace != NULL)
        show_workspace (self);
      else
        open_services (self, TPT_SERVICES_DEFAULT);
    }
  tpt_window_present_soon (self->window);
}

/* The desktop opens addresses of our scheme with us, and anybody may make it do so: what no sign-in
 * waits for changes nothing, not even which window is in front. Nothing of it is told. */
static void
tpt_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  TptApplication *self = TPT_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *address = g_file_get_uri (files[i]);

      if (self->services != NULL
          && tpt_connection_take_address (self->services->connection, address))
        tpt_application_activate (application);
      else
        g_message ("An address that no sign-in waits for was ignored");
    }
}

/* What stands on a command line can be read by every user of the computer, and an address may hold
 * the code of a sign-in: those come over D-Bus only. */
static gboolean
tpt_application_local_command_line (GApplication   *application,
                                    char         ***arguments,
                                    int            *exit_status)
{
  /* The name of the program, where there is one, is not meant. */
  for (guint i = (*arguments)[0] != NULL ? 1 : 0; (*arguments)[i] != NULL; i++)
    {
      if ((*arguments)[i][0] == '-' || (*arguments)[i][0] == '\0')
        continue;
      g_printerr ("%s\n", _("Touchpoint opens nothing that is named on its command line: the "
                            "desktop hands over addresses in private."));
      *exit_status = EXIT_FAILURE;
      return TRUE;
    }

  return G_APPLICATION_CLASS (tpt_application_parent_class)
    ->local_command_line (application, arguments, exit_status);
}

static void
tpt_application_startup (GApplication *application)
{
  TptApplication *self = TPT_APPLICATION (application);

  self->settings = g_settings_new (TPT_APP_ID);
  self->terminate = g_unix_signal_add (SIGTERM, terminate_cb, self);
  /* The toolkit takes longer to start than keyring and record do, on threads of their own. */
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) == 0)
    open_services (self, TPT_SERVICES_DEFAULT);

  G_APPLICATION_CLASS (tpt_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (TPT_APP_ID);
  tpt_application_add_actions (self);
  tpt_shortcuts_apply (GTK_APPLICATION (self), tpt_application_shortcuts);
  tpt_shortcuts_apply (GTK_APPLICATION (self), tpt_window_shortcuts);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_services_close_finish (TPT_SERVICES (source), result, &error))
    g_warning ("The record was not closed properly: %s", error->message);
  *(gboolean *) user_data = TRUE;
}

/* What is under way is written out before the process ends. */
static void
tpt_application_shutdown (GApplication *application)
{
  TptApplication *self = TPT_APPLICATION (application);
  gboolean closed = FALSE;

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  ignore_keyring (self);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->start, g_source_remove);
  g_clear_handle_id (&self->terminate, g_source_remove);
  if (self->services != NULL)
    {
      tpt_command_bus_set_services (self->bus, NULL);
      g_clear_object (&self->workspace);
      tpt_services_close_async (self->services, NULL, closed_cb, &closed);
      while (!closed)
        g_main_context_iteration (NULL, TRUE);
      g_clear_object (&self->services);
    }

  G_APPLICATION_CLASS (tpt_application_parent_class)->shutdown (application);
}

static gboolean
tpt_application_dbus_register (GApplication     *application,
                               GDBusConnection  *connection,
                               const char       *path,
                               GError          **error)
{
  TptApplication *self = TPT_APPLICATION (application);
  GApplicationClass *parent_class = G_APPLICATION_CLASS (tpt_application_parent_class);

  return parent_class->dbus_register (application, connection, path, error)
         && tpt_command_bus_export (self->bus, connection, TPT_APP_PATH, error);
}

static void
tpt_application_dbus_unregister (GApplication    *application,
                                 GDBusConnection *connection,
                                 const char      *path)
{
  GApplicationClass *parent_class = G_APPLICATION_CLASS (tpt_application_parent_class);

  tpt_command_bus_unexport (TPT_APPLICATION (application)->bus);
  parent_class->dbus_unregister (application, connection, path);
}

static void
tpt_application_finalize (GObject *object)
{
  TptApplication *self = TPT_APPLICATION (object);

  if (self->window != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  g_clear_object (&self->workspace);
  g_clear_object (&self->services);
  g_clear_object (&self->settings);
  g_clear_object (&self->opening);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (tpt_application_parent_class)->finalize (object);
}

static void
tpt_application_class_init (TptApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tpt_application_finalize;
  application_class->activate = tpt_application_activate;
  application_class->open = tpt_application_open;
  application_class->local_command_line = tpt_application_local_command_line;
  application_class->startup = tpt_application_startup;
  application_class->shutdown = tpt_application_shutdown;
  application_class->dbus_register = tpt_application_dbus_register;
  application_class->dbus_unregister = tpt_application_dbus_unregister;
}

static void
tpt_application_init (TptApplication *self)
{
  self->bus = tpt_command_bus_new ();
  tpt_command_bus_set_copy (self->bus, copy_cb, self);
}

TptApplication *
tpt_application_new (void)
{
  return g_object_new (TPT_TYPE_APPLICATION,
                       "application-id", TPT_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/touchpoint",
                       NULL);
}

/** tpt_application_get_window: (transfer none) (nullable): %NULL before it was activated */
TptWindow *
tpt_application_get_window (TptApplication *self)
{
  g_return_val_if_fail (TPT_IS_APPLICATION (self), NULL);

  return self->window;
}

/** tpt_application_get_workspace: (transfer none) (nullable): %NULL until the record is open */
TptWorkspace *
tpt_application_get_workspace (TptApplication *self)
{
  g_return_val_if_fail (TPT_IS_APPLICATION (self), NULL);

  return self->workspace;
}

GSettings *
tpt_application_get_settings (TptApplication *self)
{
  g_return_val_if_fail (TPT_IS_APPLICATION (self), NULL);

  return self->settings;
}

/** tpt_application_get_services: (transfer none) (nullable): %NULL until the record is open */
TptServices *
tpt_application_get_services (TptApplication *self)
{
  g_return_val_if_fail (TPT_IS_APPLICATION (self), NULL);

  return self->services;
}
