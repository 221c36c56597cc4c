/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command-bus.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-bus-interface.h"

struct _TptCommandBus
{
  GObject parent_instance;

  GDBusConnection *connection;
  guint registration;
  TptServices *services;
  TptInvocationCopyFunc copy;
  gpointer copy_data;
};

/* A call that is being answered. */
typedef struct
{
  GDBusMethodInvocation *call;
  TptInvocation *invocation;
  GCancellable *cancellable;
  guint watch;             /* of the caller */
} Answer;

G_DEFINE_FINAL_TYPE (TptCommandBus, tpt_command_bus, G_TYPE_OBJECT)

static void
answer_free (Answer *answer)
{
  g_bus_unwatch_name (answer->watch);
  g_clear_object (&answer->call);
  g_clear_object (&answer->invocation);
  g_clear_object (&answer->cancellable);
  g_free (answer);
}

/* To the caller alone: an address to sign in at is nobody else's business. */
static void
tell (GDBusMethodInvocation *call,
      const char            *signal,
      const char            *text)
{
  g_dbus_connection_emit_signal (g_dbus_method_invocation_get_connection (call),
                                 g_dbus_method_invocation_get_sender (call),
                                 g_dbus_method_invocation_get_object_path (call),
                                 TPT_COMMAND_BUS_INTERFACE,
                                 signal, g_variant_new ("(s)", text), NULL);
}

static void
message_cb (TptInvocation *invocation,
            const char    *text,
            gpointer       user_data)
{
  tell (user_data, "Message", text);
}

static void
progress_cb (TptInvocation *invocation,
             const char    *text,
             gpointer       user_data)
{
  tell (user_data, "Progress", text);
}

/* Interrupted, or killed. */
static void
gone_cb (GDBusConnection *connection,
         const char      *name,
         gpointer         user_data)
{
  g_cancellable_cancel (((Answer *) user_data)->cancellable);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Answer *answer = user_data;
  const char *out, *err;
  TptExit status = tpt_invocation_run_finish (answer->invocation, result, &out, &err);
  g_autofree char *valid_out = g_utf8_make_valid (out, -1);
  g_autofree char *valid_err = g_utf8_make_valid (err, -1);

  g_signal_handlers_disconnect_by_data (answer->invocation, answer->call);
  g_dbus_method_invocation_return_value (g_object_ref (answer->call),
                                         g_variant_new ("(iss)", (int) status, valid_out,
                                                        valid_err));
  answer_free (answer);
}

static void
method_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *call,
           gpointer               user_data)
{
  TptCommandBus *self = user_data;
  g_autofree const char **argv = NULL;
  const char *input = NULL;
  const char *text;
  Answer *answer;

  if (self->services == NULL)
    {
      text = _("The app has not opened its data; its window says why.\n");
      g_dbus_method_invocation_return_value (call, g_variant_new ("(iss)", (int) TPT_EXIT_FAILED,
                                                                  "", text));
      return;
    }

  g_variant_get (parameters, "(^a&s&s)", &argv, &input);
  answer = g_new0 (Answer, 1);
  answer->call = call;
  answer->invocation = tpt_invocation_new (argv, input, self->services);
  tpt_invocation_set_copy (answer->invocation, self->copy, self->copy_data);
  answer->cancellable = g_cancellable_new ();
  answer->watch = g_bus_watch_name_on_connection (connection, sender, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                  NULL, gone_cb, answer, NULL);
  g_signal_connect (answer->invocation, "message", G_CALLBACK (message_cb), call);
  g_signal_connect (answer->invocation, "progress", G_CALLBACK (progress_cb), call);
  tpt_invocation_run_async (answer->invocation, answer->cancellable, run_cb, answer);
}

static const GDBusInterfaceVTable vtable = { .method_call = method_cb };

static void
tpt_command_bus_dispose (GObject *object)
{
  TptCommandBus *self = TPT_COMMAND_BUS (object);

  tpt_command_bus_unexport (self);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (tpt_command_bus_parent_class)->dispose (object);
}

static void
tpt_command_bus_class_init (TptCommandBusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_command_bus_dispose;
}

static void
tpt_command_bus_init (TptCommandBus *self)
{
}

TptCommandBus *
tpt_command_bus_new (void)
{
  return g_object_new (TPT_TYPE_COMMAND_BUS, NULL);
}

/** tpt_command_bus_export: puts the commands at @path, which is TPT_APP_PATH for the app */
gboolean
tpt_command_bus_export (TptCommandBus    *self,
                        GDBusConnection  *connection,
                        const char       *path,
                        GError          **error)
{
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (TPT_IS_COMMAND_BUS (self) && self->registration == 0, FALSE);

  node = g_dbus_node_info_new_for_xml (tpt_command_bus_interface_xml, error);
  if (node == NULL)
    return FALSE;
  self->registration = g_dbus_connection_register_object (connection, path, node->interfaces[0],
                                                          &vtable, self, NULL,
                                                          error);
  if (self->registration == 0)
    return FALSE;
  g_set_object (&self->connection, connection);

  return TRUE;
}

void
tpt_command_bus_unexport (TptCommandBus *self)
{
  g_return_if_fail (TPT_IS_COMMAND_BUS (self));

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}

/**
 * tpt_command_bus_set_services: (nullable) @services: until they are there, every command says
 * that the app is not ready
 */
void
tpt_command_bus_set_services (TptCommandBus *self,
                              TptServices   *services)
{
  g_return_if_fail (TPT_IS_COMMAND_BUS (self));

  g_set_object (&self->services, services);
}

void
tpt_command_bus_set_copy (TptCommandBus         *self,
                          TptInvocationCopyFunc  copy,
                          gpointer               copy_data)
{
  g_return_if_fail (TPT_IS_COMMAND_BUS (self));

  self->copy = copy;
  self->copy_data = copy_data;
}
