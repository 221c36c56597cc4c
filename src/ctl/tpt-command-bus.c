/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command-bus.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-bus-interface.h"

/* A command waits for the app to open its data as long as for another command. */
#define PATIENCE_SECONDS 10

struct _TptCommandBus
{
  GObject parent_instance;

  GDBusConnection *connection;
  guint registration;
  TptServices *services;
  gboolean is_opening;     /* the services are to be there soon */
  GQueue waiting;          /* of Waiting */
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

/* A call that came before the services. */
typedef struct
{
  TptCommandBus *bus;
  GDBusMethodInvocation *call;
  guint patience;
  guint watch;             /* of the caller */
} Waiting;

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

/* Returns: (transfer full): what the call asks for */
static TptInvocation *
make_invocation (TptCommandBus         *self,
                 GDBusMethodInvocation *call)
{
  GVariant *parameters = g_dbus_method_invocation_get_parameters (call);
  g_autofree const char **argv = NULL;
  g_autoptr (GVariant) list = NULL;
  GBytes *file = NULL;
  const char *input = NULL;
  TptInvocation *invocation;

  if (g_str_equal (g_dbus_method_invocation_get_method_name (call), "RunWithFile"))
    {
      g_variant_get (parameters, "(^a&s@ay)", &argv, &list);
      file = g_variant_get_data_as_bytes (list);
    }
  else
    g_variant_get (parameters, "(^a&s&s)", &argv, &input);
  invocation = tpt_invocation_new (argv, input, self->services);
  tpt_invocation_set_copy (invocation, self->copy, self->copy_data);
  invocation->file = file;

  return invocation;
}

/* @call: (transfer full) */
static void
carry_out (TptCommandBus         *self,
           GDBusMethodInvocation *call)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->call = call;
  answer->invocation = make_invocation (self, call);
  answer->cancellable = g_cancellable_new ();
  answer->watch = g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (call),
                                                  g_dbus_method_invocation_get_sender (call),
                                                  G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, gone_cb,
                                                  answer, NULL);
  g_signal_connect (answer->invocation, "message", G_CALLBACK (message_cb), call);
  g_signal_connect (answer->invocation, "progress", G_CALLBACK (progress_cb), call);
  tpt_invocation_run_async (answer->invocation, answer->cancellable, run_cb, answer);
}

/* @call: (transfer full) */
static void
refuse (GDBusMethodInvocation *call)
{
  const char *text = _("The app has not opened its data; its window says why.\n");

  g_dbus_method_invocation_return_value (call, g_variant_new ("(iss)", (int) TPT_EXIT_FAILED, "",
                                                              text));
}

/* Returns: (transfer full): the call, which waits no longer */
static GDBusMethodInvocation *
end_waiting (Waiting *waiting)
{
  GDBusMethodInvocation *call = waiting->call;

  g_queue_remove (&waiting->bus->waiting, waiting);
  g_clear_handle_id (&waiting->patience, g_source_remove);
  g_bus_unwatch_name (waiting->watch);
  g_free (waiting);

  return call;
}

static gboolean
patience_cb (gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->patience = 0;
  refuse (end_waiting (waiting));

  return G_SOURCE_REMOVE;
}

/* What was interrupted before it began shall not happen afterwards. */
static void
left_cb (GDBusConnection *connection,
         const char      *name,
         gpointer         user_data)
{
  refuse (end_waiting (user_data));
}

/* @call: (transfer full) */
static void
wait_for_services (TptCommandBus         *self,
                   GDBusMethodInvocation *call)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->bus = self;
  waiting->call = call;
  waiting->patience = g_timeout_add_seconds (PATIENCE_SECONDS, patience_cb, waiting);
  waiting->watch = g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (call),
                                                   g_dbus_method_invocation_get_sender (call),
                                                   G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, left_cb,
                                                   waiting, NULL);
  g_queue_push_tail (&self->waiting, waiting);
}

/* It has turned out whether there are services. */
static void
settle (TptCommandBus *self)
{
  while (!g_queue_is_empty (&self->waiting))
    {
      GDBusMethodInvocation *call = end_waiting (g_queue_peek_head (&self->waiting));

      if (self->services != NULL)
        carry_out (self, call);
      else
        refuse (call);
    }
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

  if (self->services != NULL)
    carry_out (self, call);
  else if (self->is_opening)
    wait_for_services (self, call);
  else
    refuse (call);
}

static const GDBusInterfaceVTable vtable = { .method_call = method_cb };

static void
tpt_command_bus_dispose (GObject *object)
{
  TptCommandBus *self = TPT_COMMAND_BUS (object);

  g_clear_object (&self->services);
  tpt_command_bus_set_opening (self, FALSE);
  tpt_command_bus_unexport (self);

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
  self->is_opening = TRUE;
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

/** tpt_command_bus_set_services: @services: (nullable): who carries out commands from now on */
void
tpt_command_bus_set_services (TptCommandBus *self,
                              TptServices   *services)
{
  g_return_if_fail (TPT_IS_COMMAND_BUS (self));

  g_set_object (&self->services, services);
  tpt_command_bus_set_opening (self, FALSE);
}

/**
 * tpt_command_bus_set_opening:
 * @is_opening: the services are to be there soon, as at first: commands wait for them, 10 s at
 *   most; else those that wait, and all that come without services, are told that the app is not
 *   ready
 */
void
tpt_command_bus_set_opening (TptCommandBus *self,
                             gboolean       is_opening)
{
  g_return_if_fail (TPT_IS_COMMAND_BUS (self));

  self->is_opening = is_opening;
  if (!is_opening)
    settle (self);
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
