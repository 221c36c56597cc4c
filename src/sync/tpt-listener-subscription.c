/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-subscription.h"

#include "tpt-secret.h"
#include "tpt-webhook-client.h"

struct _TptListenerSubscription
{
  GObject parent_instance;

  /* owned */
  TptApiClient *client;
};

typedef struct
{
  TptUser *account;
  char *url;
  char *signing_key;
  char *previous;          /* URI of the one before, or NULL */
  char *kept;              /* URI of the one that is good */
  GPtrArray *surplus;      /* (element-type utf8) URIs to delete */
  gboolean everyone;       /* the organisation's bookings, and not just the account's own */
  gboolean tried;          /* to make one */
} Heal;

static const char *const events[] = {
  "invitee.created", "invitee.canceled", "invitee_no_show.created", "invitee_no_show.deleted", NULL,
};

G_DEFINE_FINAL_TYPE (TptListenerSubscription, tpt_listener_subscription, G_TYPE_OBJECT)

static void list (GTask *task);

static void
heal_free (Heal *heal)
{
  g_object_unref (heal->account);
  g_free (heal->url);
  tpt_secret_free (heal->signing_key);
  g_free (heal->previous);
  g_free (heal->kept);
  g_ptr_array_unref (heal->surplus);
  g_free (heal);
}

static gboolean
covers_all (TptWebhookSubscription *subscription)
{
  for (gsize i = 0; events[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *) subscription->events, events[i]))
        return FALSE;
    }

  return TRUE;
}

/* Of those that lead to our relay, one is enough: the others would only repeat it. */
static void
sort_out (Heal          *heal,
          const TptPage *page)
{
  for (guint i = 0; i < page->items->len; i++)
    {
      TptWebhookSubscription *subscription = g_ptr_array_index (page->items, i);

      if (g_strcmp0 (subscription->callback_url, heal->url) != 0)
        continue;
      if (heal->kept == NULL && subscription->active && covers_all (subscription))
        heal->kept = g_strdup (subscription->uri);
      else
        g_ptr_array_add (heal->surplus, g_strdup (subscription->uri));
    }
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Heal *heal = g_task_get_task_data (task);

  /* It only repeats what the new one tells. */
  if (!tpt_webhook_client_delete_finish (TPT_API_CLIENT (source), result, &error))
    g_message ("The webhook subscription before could not be deleted: %s", error->message);
  g_task_return_pointer (task, g_steal_pointer (&heal->kept), g_free);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Heal *heal = g_task_get_task_data (task);
  g_autoptr (TptWebhookSubscription) previous =
    tpt_webhook_client_get_finish (TPT_API_CLIENT (source), result, &error);

  if (previous == NULL)
    g_debug ("The webhook subscription before is gone: %s", error->message);
  if (previous != NULL && g_strcmp0 (previous->creator, heal->account->uri) == 0)
    tpt_webhook_client_delete_async (TPT_API_CLIENT (source), heal->previous,
                                     g_task_get_cancellable (task), removed_cb,
                                     g_object_ref (task));
  else
    g_task_return_pointer (task, g_steal_pointer (&heal->kept), g_free);
}

/* There is a good one now. The one before, which may be of the other scope, is not needed any
 * more; one for the organisation may be another administrator's, who still needs it. */
static void
succeed (GTask *task)
{
  TptListenerSubscription *self = g_task_get_source_object (task);
  Heal *heal = g_task_get_task_data (task);

  if (heal->previous == NULL || g_strcmp0 (heal->previous, heal->kept) == 0)
    g_task_return_pointer (task, g_steal_pointer (&heal->kept), g_free);
  else
    tpt_webhook_client_get_async (self->client, heal->previous, g_task_get_cancellable (task),
                                  looked_cb, g_object_ref (task));
}

/* Takes @error. Who may not be told of everybody's bookings is told of the own ones. */
static void
fail (GTask  *task,
      GError *error)
{
  Heal *heal = g_task_get_task_data (task);

  if (!heal->everyone || !g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PERMISSION))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  heal->everyone = FALSE;
  heal->tried = FALSE;
  list (task);
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TptWebhookSubscription) made = NULL;
  g_autoptr (GError) error = NULL;
  Heal *heal = g_task_get_task_data (task);

  made = tpt_webhook_client_create_finish (TPT_API_CLIENT (source), result, &error);
  if (made != NULL)
    {
      heal->kept = g_strdup (made->uri);
      succeed (task);
    }
  else if (g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_CONFLICT) && !heal->tried)
    {
      /* Somebody was faster, perhaps this account on another machine. */
      heal->tried = TRUE;
      list (task);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static void clean (GTask *task);

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Heal *heal = g_task_get_task_data (task);

  if (!tpt_webhook_client_delete_finish (TPT_API_CLIENT (source), result, &error)
      && !g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_ptr_array_remove_index (heal->surplus, heal->surplus->len - 1);
  clean (task);
}

/* One after the other: first what is too much, then what is missing. */
static void
clean (GTask *task)
{
  TptListenerSubscription *self = g_task_get_source_object (task);
  Heal *heal = g_task_get_task_data (task);
  TptWebhookRequest wanted = {
    .url = heal->url,
    .events = events,
    .organization = heal->account->organization,
    .user = heal->everyone ? NULL : heal->account->uri,
    .signing_key = heal->signing_key,
  };

  if (heal->surplus->len > 0)
    tpt_webhook_client_delete_async (self->client,
                                     g_ptr_array_index (heal->surplus, heal->surplus->len - 1),
                                     g_task_get_cancellable (task), deleted_cb,
                                     g_object_ref (task));
  else if (heal->kept != NULL)
    succeed (task);
  else
    tpt_webhook_client_create_async (self->client, &wanted, g_task_get_cancellable (task),
                                     created_cb, g_object_ref (task));
}

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TptPage) page = NULL;
  GError *error = NULL;

  page = tpt_webhook_client_list_finish (TPT_API_CLIENT (source), result, &error);
  if (page == NULL)
    {
      fail (task, error);
      return;
    }

  sort_out (g_task_get_task_data (task), page);
  clean (task);
}

static void
list (GTask *task)
{
  TptListenerSubscription *self = g_task_get_source_object (task);
  Heal *heal = g_task_get_task_data (task);

  tpt_webhook_client_list_async (self->client, heal->account->organization,
                                 heal->everyone ? NULL : heal->account->uri,
                                 g_task_get_cancellable (task), list_cb, g_object_ref (task));
}

static void
tpt_listener_subscription_finalize (GObject *object)
{
  TptListenerSubscription *self = TPT_LISTENER_SUBSCRIPTION (object);

  g_object_unref (self->client);

  G_OBJECT_CLASS (tpt_listener_subscription_parent_class)->finalize (object);
}

static void
tpt_listener_subscription_class_init (TptListenerSubscriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_subscription_finalize;
}

static void
tpt_listener_subscription_init (TptListenerSubscription *self)
{
}

TptListenerSubscription *
tpt_listener_subscription_new (TptApiClient *client)
{
  TptListenerSubscription *self = g_object_new (TPT_TYPE_LISTENER_SUBSCRIPTION, NULL);

  self->client = g_object_ref (client);

  return self;
}

/**
 * tpt_listener_subscription_heal_async:
 * @account: whose bookings to be told of
 * @url: the relay's address for webhooks
 * @signing_key: (nullable): what the relay expects them to be signed with; %NULL for that of the
 *   OAuth app
 * @everyone: whether to be told of the bookings of the whole organisation, where the service
 *   permits it (API reference, "Create Webhook Subscription")
 * @previous: (nullable): URI of the one that was there before
 *
 * Errors are of %TPT_API_ERROR.
 */
void
tpt_listener_subscription_heal_async (TptListenerSubscription *self,
                                      TptUser                 *account,
                                      const char              *url,
                                      const char              *signing_key,
                                      gboolean                 everyone,
                                      const char              *previous,
                                      GCancellable            *cancellable,
                                      GAsyncReadyCallback      callback,
                                      gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Heal *heal = g_new0 (Heal, 1);

  heal->account = g_object_ref (account);
  heal->url = g_strdup (url);
  heal->signing_key = g_strdup (signing_key);
  heal->everyone = everyone;
  heal->previous = g_strdup (previous);
  heal->surplus = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, tpt_listener_subscription_heal_async);
  g_task_set_task_data (task, heal, (GDestroyNotify) heal_free);
  list (task);
}

/* Returns: (transfer full): the URI of the subscription */
char *
tpt_listener_subscription_heal_finish (TptListenerSubscription  *self,
                                       GAsyncResult             *result,
                                       GError                  **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
