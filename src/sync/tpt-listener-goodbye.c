/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-goodbye.h"

#include "tpt-webhook-client.h"

typedef struct
{
  TptApiClient *api;
  TptStore *store;
  TptTokenStore *secrets;
  char *webhook;
  TptListenerHeard *heard; /* of the caller, or NULL */
} Goodbye;

static void
goodbye_free (Goodbye *goodbye)
{
  g_object_unref (goodbye->api);
  g_object_unref (goodbye->store);
  g_object_unref (goodbye->secrets);
  g_free (goodbye->webhook);
  g_free (goodbye);
}

static void
set_heard (Goodbye  *goodbye,
           gboolean  is_relay)
{
  if (goodbye->heard == NULL)
    return;
  if (is_relay)
    goodbye->heard->relay = TRUE;
  else
    goodbye->heard->service = TRUE;
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_listener_memory_forget_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
forget (GTask *task)
{
  Goodbye *goodbye = g_task_get_task_data (task);

  tpt_listener_memory_forget_async (goodbye->store, goodbye->secrets, NULL, forgotten_cb,
                                    g_object_ref (task));
}

static void
unsubscribed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Goodbye *goodbye = g_task_get_task_data (task);

  if (tpt_webhook_client_delete_finish (TPT_API_CLIENT (source), result, &error))
    set_heard (goodbye, FALSE);
  else
    g_message ("The webhook subscription could not be deleted: %s", error->message);
  forget (task);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Goodbye *goodbye = g_task_get_task_data (task);

  if (tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error))
    set_heard (goodbye, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  else
    g_message ("The relay could not be told that this device goes: %s", error->message);
  if (goodbye->webhook != NULL)
    tpt_webhook_client_delete_async (goodbye->api, goodbye->webhook, g_task_get_cancellable (task),
                                     unsubscribed_cb, g_object_ref (task));
  else
    forget (task);
}

/**
 * tpt_listener_goodbye_async:
 * @secret: (nullable): %NULL where no relay is set
 * @webhook: (nullable): URI of the subscription
 * @heard: (nullable): filled in until this finishes
 *
 * Who cannot be told is left all the same; canceled while the relay is told, nothing is forgotten.
 */
void
tpt_listener_goodbye_async (TptListenerClient       *client,
                            TptApiClient            *api,
                            TptStore                *store,
                            TptTokenStore           *secrets,
                            const TptListenerSecret *secret,
                            const char              *webhook,
                            TptListenerHeard        *heard,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  Goodbye *goodbye = g_new0 (Goodbye, 1);

  goodbye->api = g_object_ref (api);
  goodbye->store = g_object_ref (store);
  goodbye->secrets = g_object_ref (secrets);
  goodbye->webhook = g_strdup (webhook);
  goodbye->heard = heard;
  g_task_set_source_tag (task, tpt_listener_goodbye_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, goodbye, (GDestroyNotify) goodbye_free);
  if (secret == NULL)
    {
      forget (task);
      return;
    }

  path = g_strconcat ("/v1/devices/", secret->device, NULL);
  tpt_listener_client_call_async (client, "DELETE", secret->url, path, secret->token, NULL,
                                  cancellable, ended_cb, g_object_ref (task));
}

/* Errors are of %TPT_CONNECTION_ERROR, or %G_IO_ERROR_CANCELLED. */
gboolean
tpt_listener_goodbye_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
