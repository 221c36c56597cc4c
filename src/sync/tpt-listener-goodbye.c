/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-goodbye.h"

#include "tpt-listener-unsubscribe.h"
#include "tpt-secret.h"

typedef struct
{
  TptListenerClient *client;
  TptStore *store;
  TptTokenStore *secrets;
  char *url;               /* of the relay */
  char *device;
  char *token;
  TptListenerHeard *heard; /* of the caller */
} Goodbye;

static void
goodbye_free (Goodbye *goodbye)
{
  g_object_unref (goodbye->client);
  g_object_unref (goodbye->store);
  g_object_unref (goodbye->secrets);
  g_free (goodbye->url);
  g_free (goodbye->device);
  tpt_secret_free (goodbye->token);
  g_free (goodbye);
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
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Goodbye *goodbye = g_task_get_task_data (task);

  goodbye->heard->relay =
    tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    g_message ("The relay could not be told that this device goes: %s", error->message);
  forget (task);
}

/* The relay is told when there is nothing left to hear by: it then has the other devices of the
 * account look, and what they find has to be true. */
static void
unsubscribed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  Goodbye *goodbye = g_task_get_task_data (task);

  tpt_listener_unsubscribe_finish (result, &goodbye->heard->service, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    g_message ("The webhook subscription could not be deleted: %s", error->message);
  path = g_strconcat ("/v1/devices/", goodbye->device, NULL);
  tpt_listener_client_call_async (goodbye->client, "DELETE", goodbye->url, path, goodbye->token,
                                  NULL, g_task_get_cancellable (task), ended_cb,
                                  g_object_ref (task));
}

/**
 * tpt_listener_goodbye_async:
 * @account: (nullable): who leaves
 * @secret: (nullable): %NULL where no relay is set
 * @webhook: (nullable): URI of the subscription
 * @heard: filled in until this finishes
 *
 * Who cannot be told is left all the same; canceled while one of them is told, nothing is
 * forgotten, and the subscription may be gone (@heard).
 */
void
tpt_listener_goodbye_async (TptListenerClient       *client,
                            TptApiClient            *api,
                            TptStore                *store,
                            TptTokenStore           *secrets,
                            TptUser                 *account,
                            const TptListenerSecret *secret,
                            const char              *webhook,
                            TptListenerHeard        *heard,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Goodbye *goodbye = g_new0 (Goodbye, 1);

  goodbye->client = g_object_ref (client);
  goodbye->store = g_object_ref (store);
  goodbye->secrets = g_object_ref (secrets);
  goodbye->heard = heard;
  g_task_set_source_tag (task, tpt_listener_goodbye_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, goodbye, (GDestroyNotify) goodbye_free);
  if (secret == NULL)
    {
      forget (task);
      return;
    }

  goodbye->url = g_strdup (secret->url);
  goodbye->device = g_strdup (secret->device);
  goodbye->token = g_strdup (secret->token);
  tpt_listener_unsubscribe_async (api, account, secret->webhook_url, webhook, cancellable,
                                  unsubscribed_cb, g_object_ref (task));
}

/* Errors are of %TPT_CONNECTION_ERROR, or %G_IO_ERROR_CANCELLED. */
gboolean
tpt_listener_goodbye_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
