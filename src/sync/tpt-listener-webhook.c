/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-webhook.h"

#include "tpt-farewell.h"
#include "tpt-listener-subscription.h"
#include "tpt-settings-table.h"

/* The service may switch a subscription off at any time. */
#define HEAL_EVERY_SECONDS (60 * 60)

struct _TptListenerWebhook
{
  GObject parent_instance;

  /* owned */
  TptConnection *connection;
  TptListenerSubscription *subscription;
  GCancellable *cancellable;
  char *url;
  char *signing_key;
  char *uri;

  const char *status;
  guint timer;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptListenerWebhook, tpt_listener_webhook, G_TYPE_OBJECT)

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_settings_table_set_text (session, TPT_SETTING_WEBHOOK, user_data, error);
}

/* Only disconnecting needs it, and finds it in the list if it got lost. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_message ("The webhook subscription could not be noted: %s", error->message);
}

static void
healed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptListenerWebhook) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) mapped = NULL;
  g_autofree char *uri = NULL;

  uri = tpt_listener_subscription_heal_finish (TPT_LISTENER_SUBSCRIPTION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }

  if (uri != NULL)
    {
      if (g_strcmp0 (uri, self->uri) != 0)
        tpt_store_transact_async (tpt_connection_get_store (self->connection), save_func,
                                  g_strdup (uri), g_free, NULL, saved_cb, NULL);
      tpt_listener_webhook_remember (self, uri);
      self->status = "active";
    }
  else
    {
      mapped = tpt_connection_take_error (self->connection, error);
      self->status = g_error_matches (mapped, TPT_CONNECTION_ERROR,
                                      TPT_CONNECTION_ERROR_NOT_PERMITTED)
                       ? "not_permitted"
                       : "unknown";
      g_message ("The webhook subscription could not be made: %s", mapped->message);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
heal_cb (gpointer user_data)
{
  TptListenerWebhook *self = user_data;
  TptUser *account = tpt_connection_get_account (self->connection);

  if (account != NULL)
    tpt_listener_subscription_heal_async (self->subscription, account, self->url,
                                          self->signing_key, self->cancellable, healed_cb,
                                          g_object_ref (self));

  return G_SOURCE_CONTINUE;
}

static void
tpt_listener_webhook_finalize (GObject *object)
{
  TptListenerWebhook *self = TPT_LISTENER_WEBHOOK (object);

  tpt_listener_webhook_stop (self);
  g_object_unref (self->connection);
  g_object_unref (self->subscription);
  g_free (self->uri);

  G_OBJECT_CLASS (tpt_listener_webhook_parent_class)->finalize (object);
}

static void
tpt_listener_webhook_class_init (TptListenerWebhookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_webhook_finalize;

  signals[CHANGED] = g_signal_new ("changed", TPT_TYPE_LISTENER_WEBHOOK, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_listener_webhook_init (TptListenerWebhook *self)
{
  self->status = "none";
}

TptListenerWebhook *
tpt_listener_webhook_new (TptConnection *connection,
                          TptApiClient  *client)
{
  TptListenerWebhook *self = g_object_new (TPT_TYPE_LISTENER_WEBHOOK, NULL);

  self->connection = g_object_ref (connection);
  self->subscription = tpt_listener_subscription_new (client);

  return self;
}

/**
 * tpt_listener_webhook_remember:
 * @uri: (nullable): of the subscription that was made before; %NULL: there is none any more
 */
void
tpt_listener_webhook_remember (TptListenerWebhook *self,
                               const char         *uri)
{
  char *copy = g_strdup (uri);

  g_free (self->uri);
  self->uri = copy;
  if (uri == NULL)
    self->status = "none";
  else if (g_strcmp0 (self->status, "none") == 0)
    self->status = "unknown";
}

/* Makes or heals the subscription now and every hour; `changed` comes after each try. */
void
tpt_listener_webhook_start (TptListenerWebhook      *self,
                            const TptListenerSecret *secret)
{
  tpt_listener_webhook_stop (self);
  self->url = g_strdup (secret->webhook_url);
  self->signing_key = g_strdup (secret->signing_key);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add_seconds (HEAL_EVERY_SECONDS, heal_cb, self);
  heal_cb (self);
}

void
tpt_listener_webhook_stop (TptListenerWebhook *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->signing_key, g_free);
}

/* Returns: (nullable) */
const char *
tpt_listener_webhook_get_uri (TptListenerWebhook *self)
{
  return self->uri;
}

/* "none", "active", "not_permitted" (plan, scope or role), or "unknown": it was not asked, or could
 * not be. */
const char *
tpt_listener_webhook_get_status (TptListenerWebhook *self)
{
  return self->status;
}
