/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-farewell.h"

#include "tpt-connection-error.h"
#include "tpt-kept-record.h"
#include "tpt-listener-unsubscribe.h"
#include "tpt-relay-listener.h"
#include "tpt-settings-table.h"

typedef struct
{
  TptConnection *connection;
  TptTokenRefresh *tokens;
  TptApiClient *client;
  TptFarewell farewell;
  TptUser *account;        /* NULL where it is not known */
  char *webhook;
  TptListenerHeard heard;
  GError *error;           /* why the account is not left */
  TptDisconnection outcome;
} Farewell;

static void
farewell_free (Farewell *data)
{
  g_object_unref (data->connection);
  g_object_unref (data->tokens);
  g_object_unref (data->client);
  g_clear_object (&data->account);
  g_free (data->webhook);
  g_clear_error (&data->error);
  g_free (data);
}

static void
put_apart_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_kept_record_put_finish (TPT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static void
erased_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Farewell *data = g_task_get_task_data (task);

  data->outcome.erased = tpt_store_erase_finish (TPT_STORE (source), result, &error);
  if (data->outcome.erased)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Farewell *data = g_task_get_task_data (task);

  g_task_return_error (task, g_steal_pointer (&data->error));
}

/* Takes @error. The sign-in stays. */
static void
stay (GTask  *task,
      GError *error)
{
  Farewell *data = g_task_get_task_data (task);
  TptRelayListener *relay = tpt_connection_get_relay (data->connection);

  data->error = error;
  if (relay != NULL && data->outcome.webhook_deleted)
    tpt_relay_listener_restore_async (relay, restored_cb, g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&data->error));
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Farewell *data = g_task_get_task_data (task);
  TptStore *store = tpt_connection_get_store (data->connection);

  if (!tpt_token_refresh_remove_finish (TPT_TOKEN_REFRESH (source), result, &data->outcome.revoked,
                                        &error))
    stay (task, tpt_connection_error_map (error));
  else if (data->farewell == TPT_FAREWELL_ERASE)
    tpt_store_erase_async (store, NULL, erased_cb, g_object_ref (task));
  else if (data->farewell == TPT_FAREWELL_PUT_APART)
    tpt_kept_record_put_async (store, data->account, put_apart_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
forget_webhook_func (TptSession  *session,
                     gpointer     user_data,
                     GError     **error)
{
  return tpt_settings_table_set_text (session, TPT_SETTING_WEBHOOK, NULL, error);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Farewell *data = g_task_get_task_data (task);

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    stay (task, tpt_connection_error_map (error));
  else
    tpt_token_refresh_remove_async (data->tokens, g_task_get_cancellable (task), removed_cb,
                                    g_object_ref (task));
}

/* Best effort: without a network the sign-in ends all the same. Whoever interrupts it stays. */
static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Farewell *data = g_task_get_task_data (task);

  tpt_listener_unsubscribe_finish (result, &data->outcome.webhook_deleted, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      stay (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    g_message ("The webhook subscription could not be deleted: %s", error->message);
  tpt_store_transact_async (tpt_connection_get_store (data->connection), forget_webhook_func,
                            NULL, NULL, NULL, forgotten_cb, g_object_ref (task));
}

static gboolean
read_webhook_func (TptSession  *session,
                   gpointer     user_data,
                   GError     **error)
{
  Farewell *data = user_data;

  return tpt_settings_table_get_text (session, TPT_SETTING_WEBHOOK, &data->webhook, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Farewell *data = g_task_get_task_data (task);
  TptRelayListener *relay = tpt_connection_get_relay (data->connection);
  const char *url = relay != NULL ? tpt_relay_listener_get_webhook_url (relay) : NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_error (task, tpt_connection_error_map (error));
  else if (data->webhook != NULL || url != NULL)
    tpt_listener_unsubscribe_async (data->client, data->account, url, data->webhook,
                                    g_task_get_cancellable (task), deleted_cb,
                                    g_object_ref (task));
  else
    tpt_token_refresh_remove_async (data->tokens, g_task_get_cancellable (task), removed_cb,
                                    g_object_ref (task));
}

static void
read_webhook (GTask *task)
{
  Farewell *data = g_task_get_task_data (task);

  tpt_store_transact_async (tpt_connection_get_store (data->connection), read_webhook_func, data,
                            NULL, g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/* The relay is told before the sign-in goes: later nobody here could, and it would send on what no
 * one may read. */
static void
relay_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Farewell *data = g_task_get_task_data (task);

  if (!tpt_relay_listener_forget_finish (TPT_RELAY_LISTENER (source), result, &error))
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }

  data->outcome.webhook_deleted = data->heard.service;
  data->outcome.relay_unaware = !data->heard.relay;
  read_webhook (task);
}

/**
 * tpt_farewell_run_async:
 * @account: (nullable): whose record it is; has to be known where it is put apart
 *
 * Errors are of %TPT_CONNECTION_ERROR, or %G_IO_ERROR_CANCELLED: until the sign-in is removed it
 * can be interrupted, and nothing of the record is touched.
 */
void
tpt_farewell_run_async (TptConnection       *connection,
                        TptTokenRefresh     *tokens,
                        const char          *api_url,
                        TptFarewell          farewell,
                        TptUser             *account,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  TptRelayListener *relay = tpt_connection_get_relay (connection);
  Farewell *data = g_new0 (Farewell, 1);

  g_assert (farewell != TPT_FAREWELL_PUT_APART || account != NULL);

  data->connection = g_object_ref (connection);
  data->tokens = g_object_ref (tokens);
  data->client = tpt_api_client_new (api_url, TPT_TOKEN_SOURCE (connection));
  data->farewell = farewell;
  g_set_object (&data->account, account);
  g_task_set_source_tag (task, tpt_farewell_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, data, (GDestroyNotify) farewell_free);

  tpt_connection_end (connection);
  if (farewell != TPT_FAREWELL_KEEP && relay != NULL
      && tpt_relay_listener_get_url (relay) != NULL)
    tpt_relay_listener_forget_async (relay, &data->heard, cancellable, relay_cb,
                                     g_object_ref (task));
  else
    read_webhook (task);
}

gboolean
tpt_farewell_run_finish (GAsyncResult      *result,
                         TptDisconnection  *outcome,
                         GError           **error)
{
  Farewell *data = g_task_get_task_data (G_TASK (result));

  if (outcome != NULL)
    *outcome = data->outcome;

  return g_task_propagate_boolean (G_TASK (result), error);
}
