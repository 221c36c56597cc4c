/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-unsubscribe.h"

#include "tpt-webhook-client.h"

typedef struct
{
  TptApiClient *client;
  TptUser *account;
  char *url;               /* NULL where no relay is known any more */
  char *kept;              /* URI, NULL where none is or it has been looked at */
  GPtrArray *own;          /* (element-type utf8) URIs to delete */
  gboolean deleted;        /* at least one */
} Leaving;

static void
leaving_free (Leaving *leaving)
{
  g_object_unref (leaving->client);
  g_clear_object (&leaving->account);
  g_free (leaving->url);
  g_free (leaving->kept);
  g_ptr_array_unref (leaving->own);
  g_free (leaving);
}

static gboolean
is_own (Leaving                *leaving,
        TptWebhookSubscription *subscription)
{
  return g_strcmp0 (subscription->creator, leaving->account->uri) == 0
         && (leaving->url == NULL || g_strcmp0 (subscription->callback_url, leaving->url) == 0);
}

/* In the list of one user's, what does not say whose it is can be nobody else's. */
static gboolean
is_unsigned (Leaving                *leaving,
             TptWebhookSubscription *subscription)
{
  return subscription->creator == NULL
         && g_strcmp0 (subscription->callback_url, leaving->url) == 0;
}

static void delete_next (GTask *task);

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Leaving *leaving = g_task_get_task_data (task);
  GError *error = NULL;

  if (tpt_webhook_client_delete_finish (TPT_API_CLIENT (source), result, &error))
    leaving->deleted = TRUE;
  else if (g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND))
    g_clear_error (&error);
  else
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_remove_index (leaving->own, leaving->own->len - 1);
  delete_next (task);
}

static void
delete_next (GTask *task)
{
  Leaving *leaving = g_task_get_task_data (task);

  if (leaving->own->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    tpt_webhook_client_delete_async (leaving->client,
                                     g_ptr_array_index (leaving->own, leaving->own->len - 1),
                                     g_task_get_cancellable (task), deleted_cb,
                                     g_object_ref (task));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TptWebhookSubscription) kept = NULL;
  Leaving *leaving = g_task_get_task_data (task);
  GError *error = NULL;

  kept = tpt_webhook_client_get_finish (TPT_API_CLIENT (source), result, &error);
  if (kept != NULL && is_own (leaving, kept))
    g_ptr_array_add (leaving->own, g_strdup (leaving->kept));
  if (error != NULL && !g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND))
    g_task_return_error (task, error);
  else
    {
      g_clear_error (&error);
      delete_next (task);
    }
}

/* One for the organization is in no list of the user's. */
static void
look (GTask *task)
{
  Leaving *leaving = g_task_get_task_data (task);

  if (leaving->kept == NULL
      || g_ptr_array_find_with_equal_func (leaving->own, leaving->kept, g_str_equal, NULL))
    delete_next (task);
  else
    tpt_webhook_client_get_async (leaving->client, leaving->kept, g_task_get_cancellable (task),
                                  looked_cb, g_object_ref (task));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TptPage) page = NULL;
  Leaving *leaving = g_task_get_task_data (task);
  GError *error = NULL;

  page = tpt_webhook_client_list_finish (TPT_API_CLIENT (source), result, &error);
  if (page == NULL
      && (leaving->kept == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    {
      g_task_return_error (task, error);
      return;
    }

  /* Without a list there is still the one that is known here. */
  g_clear_error (&error);
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    {
      TptWebhookSubscription *subscription = g_ptr_array_index (page->items, i);

      if (is_own (leaving, subscription) || is_unsigned (leaving, subscription))
        g_ptr_array_add (leaving->own, g_strdup (subscription->uri));
    }
  look (task);
}

/**
 * tpt_listener_unsubscribe_async:
 * @account: (nullable): who leaves; whose nothing can be where it is not known
 * @url: (nullable): the relay's address for webhooks
 * @kept: (nullable): URI of the subscription that is known here
 *
 * Deletes what the account has made for that relay, also where another machine of the account has
 * made it anew since: that machine makes it once more when the relay says that it has lost a
 * neighbour. One for the organization may be another administrator's, who still needs it.
 *
 * Errors are of %TPT_API_ERROR, or %G_IO_ERROR_CANCELLED.
 */
void
tpt_listener_unsubscribe_async (TptApiClient        *client,
                                TptUser             *account,
                                const char          *url,
                                const char          *kept,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->client = g_object_ref (client);
  g_set_object (&leaving->account, account);
  leaving->url = g_strdup (url);
  leaving->kept = g_strdup (kept);
  leaving->own = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, tpt_listener_unsubscribe_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, leaving, (GDestroyNotify) leaving_free);
  if (account == NULL || (url == NULL && kept == NULL))
    g_task_return_boolean (task, TRUE);
  else if (url == NULL)
    look (task);
  else
    tpt_webhook_client_list_async (client, account->organization, account->uri, cancellable,
                                   listed_cb, g_object_ref (task));
}

/**
 * tpt_listener_unsubscribe_finish:
 * @deleted: (out): whether there was one, also where something failed afterwards
 */
gboolean
tpt_listener_unsubscribe_finish (GAsyncResult  *result,
                                 gboolean      *deleted,
                                 GError       **error)
{
  Leaving *leaving = g_task_get_task_data (G_TASK (result));

  *deleted = leaving->deleted;

  return g_task_propagate_boolean (G_TASK (result), error);
}
