/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command-bus.h"

#include "tpt-command-bus-interface.h"

/* The app is asked for its name at once or not at all. */
#define PATIENCE_MS 5000

typedef struct
{
  guint subscription;
  void (*message) (const char *text);
  void (*progress) (const char *text);
} Call;

static void
signal_cb (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *signal,
           GVariant        *parameters,
           gpointer         user_data)
{
  Call *call = user_data;
  const char *text = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s)")))
    return;
  g_variant_get (parameters, "(&s)", &text);
  if (g_str_equal (signal, "Message"))
    call->message (text);
  else if (g_str_equal (signal, "Progress"))
    call->progress (text);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = G_DBUS_CONNECTION (source);
  Call *call = g_task_get_task_data (task);
  GVariant *answer = g_dbus_connection_call_finish (connection, result, &error);

  g_dbus_connection_signal_unsubscribe (connection, call->subscription);
  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
}

/** tpt_command_bus_has_app: whether the app is running; asks the bus, and starts nothing */
gboolean
tpt_command_bus_has_app (GDBusConnection *connection)
{
  g_autoptr (GVariant) answer = NULL;
  gboolean has_owner = FALSE;

  answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "NameHasOwner",
                                        g_variant_new ("(s)", TPT_APP_ID),
                                        G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE,
                                        PATIENCE_MS, NULL, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(b)", &has_owner);

  return has_owner;
}

static GVariant *
make_parameters (const char *const *argv,
                 const char        *input,
                 GBytes            *file)
{
  if (file == NULL)
    return g_variant_new ("(^ass)", argv, input != NULL ? input : "");

  return g_variant_new ("(^as@ay)", argv,
                        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, file, TRUE));
}

/**
 * tpt_command_bus_call_async:
 * @input: (nullable): what came on stdin
 * @file: (nullable): what is in the file that @argv names
 * @message: shown while the command runs
 * @progress: in the place of the one before it
 *
 * Lets the running app carry out a command, for as long as it takes.
 */
void
tpt_command_bus_call_async (GDBusConnection      *connection,
                            const char *const    *argv,
                            const char           *input,
                            GBytes               *file,
                            void                (*message) (const char *text),
                            void                (*progress) (const char *text),
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, tpt_command_bus_call_async);
  g_task_set_task_data (task, call, g_free);
  call->message = message;
  call->progress = progress;
  call->subscription = g_dbus_connection_signal_subscribe (connection, TPT_APP_ID,
                                                           TPT_COMMAND_BUS_INTERFACE,
                                                           NULL, TPT_APP_PATH, NULL,
                                                           G_DBUS_SIGNAL_FLAGS_NONE, signal_cb,
                                                           call, NULL);
  g_dbus_connection_call (connection, TPT_APP_ID, TPT_APP_PATH, TPT_COMMAND_BUS_INTERFACE,
                          file != NULL ? "RunWithFile" : "Run",
                          make_parameters (argv, input, file),
                          G_VARIANT_TYPE ("(iss)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, cancellable, called_cb,
                          g_steal_pointer (&task));
}

/** tpt_command_bus_call_finish: %FALSE where the app went away or does not answer */
gboolean
tpt_command_bus_call_finish (GAsyncResult  *result,
                             int           *status,
                             char         **out,
                             char         **err,
                             GError       **error)
{
  g_autoptr (GVariant) answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(iss)", status, out, err);

  return TRUE;
}
