/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-memory.h"

#include "tpt-connection-error.h"
#include "tpt-farewell.h"
#include "tpt-listener-inbox.h"
#include "tpt-secret.h"
#include "tpt-settings-table.h"

typedef struct
{
  TptStore *store;
  TptListenerMemory *memory;
} Call;

void
tpt_listener_memory_free (TptListenerMemory *self)
{
  if (self == NULL)
    return;

  tpt_listener_secret_free (self->secret);
  g_free (self->cursor);
  g_free (self->webhook_uri);
  g_free (self);
}

static void
call_free (Call *call)
{
  g_object_unref (call->store);
  tpt_listener_memory_free (call->memory);
  g_free (call);
}

static GTask *
begin (TptStore            *store,
       gpointer             source_tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->store = g_object_ref (store);
  call->memory = g_new0 (TptListenerMemory, 1);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);

  return task;
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  TptListenerMemory *memory = user_data;

  return tpt_settings_table_get_text (session, TPT_SETTING_CURSOR, &memory->cursor, error)
         && tpt_settings_table_get_text (session, TPT_SETTING_WEBHOOK, &memory->webhook_uri, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_LAST_EVENT, &memory->last_event_at,
                                        error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&call->memory),
                           (GDestroyNotify) tpt_listener_memory_free);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);
  char *text = NULL;

  if (!tpt_token_store_lookup_finish (TPT_TOKEN_STORE (source), result, &text, &error))
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }
  if (text != NULL)
    call->memory->secret = tpt_listener_secret_from_text (text, &error);
  if (error != NULL)
    g_message ("%s", error->message);

  tpt_secret_free (text);
  tpt_store_transact_async (call->store, read_func, call->memory, NULL,
                            g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static gboolean
forget_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  return tpt_settings_table_set_text (session, TPT_SETTING_CURSOR, NULL, error)
         && tpt_settings_table_set_text (session, TPT_SETTING_WEBHOOK, NULL, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_LAST_EVENT, 0, error);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  if (!tpt_token_store_clear_finish (TPT_TOKEN_STORE (source), result, &error))
    g_task_return_error (task, tpt_connection_error_map (error));
  else
    tpt_store_transact_async (call->store, forget_func, NULL, NULL, NULL, forgotten_cb,
                              g_object_ref (task));
}

/* Errors are of %TPT_CONNECTION_ERROR. */
void
tpt_listener_memory_load_async (TptStore            *store,
                                TptTokenStore       *secrets,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = begin (store, tpt_listener_memory_load_async, cancellable, callback, user_data);

  tpt_token_store_lookup_async (secrets, TPT_SECRET_RELAY, cancellable, lookup_cb, task);
}

/* Returns: (transfer full) */
TptListenerMemory *
tpt_listener_memory_load_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Clears keyring and settings. */
void
tpt_listener_memory_forget_async (TptStore            *store,
                                  TptTokenStore       *secrets,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = begin (store, tpt_listener_memory_forget_async, cancellable, callback, user_data);

  tpt_token_store_clear_async (secrets, TPT_SECRET_RELAY, cancellable, cleared_cb, task);
}

gboolean
tpt_listener_memory_forget_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
