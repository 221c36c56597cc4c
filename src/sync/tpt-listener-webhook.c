/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-webhook.h"

#include "tpt-connection-error.h"
#include "tpt-farewell.h"
#include "tpt-listener-pause.h"
#include "tpt-listener-subscription.h"
#include "tpt-pulse-timer.h"
#include "tpt-secret.h"
#include "tpt-settings-table.h"
#include "tpt-sync-lane.h"

/* The service may switch a subscription off at any time. */
#define HEAL_EVERY_SECONDS (15 * 60)

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
  gboolean has_feed;       /* the relay sends on what concerns colleagues */
  guint timer;
  GSource *look;           /* out of turn, because the relay is heard again */
  guint looks;             /* of that kind and in vain, since the last one in turn */
  gint64 looked_at;        /* monotonic */
};

enum
{
  CHANGED,
  MENDED,
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

/* @uri has been found or made. Where it is another one than before, what happened in between was
 * told to nobody. */
static void
keep (TptListenerWebhook *self,
      const char         *uri)
{
  gboolean is_mended = self->uri != NULL && g_strcmp0 (uri, self->uri) != 0;

  if (g_strcmp0 (uri, self->uri) != 0)
    tpt_store_transact_async (tpt_connection_get_store (self->connection), save_func,
                              g_strdup (uri), g_free, NULL, saved_cb, NULL);
  tpt_listener_webhook_remember (self, uri);
  self->status = "active";
  if (!is_mended)
    return;

  self->looks = 0;
  g_signal_emit (self, signals[MENDED], 0);
}

static void
note_failure (TptListenerWebhook *self,
              const GError       *error)
{
  self->status = g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_PERMITTED)
                   ? "not_permitted"
                   : "unknown";
  g_message ("The webhook subscription could not be made: %s", error->message);
  if (g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE))
    tpt_listener_webhook_look (self);
}

static void
healed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptListenerWebhook *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GError *mapped = NULL;

  uri = tpt_listener_subscription_heal_finish (TPT_LISTENER_SUBSCRIPTION (source), result, &error);
  if (uri != NULL)
    keep (self, uri);
  else
    {
      mapped = tpt_connection_take_error (self->connection, error);
      if (!g_error_matches (mapped, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        note_failure (self, mapped);
    }
  g_signal_emit (self, signals[CHANGED], 0);
  if (mapped != NULL)
    g_task_return_error (task, mapped);
  else
    g_task_return_boolean (task, TRUE);
}

static void
heal (TptListenerWebhook *self,
      const char         *url,
      const char         *signing_key,
      gboolean            has_feed,
      GTask              *task)
{
  TptOrganizationView *view = tpt_connection_get_view (self->connection);
  gboolean everyone = has_feed && tpt_organization_view_get_state (view) == TPT_VIEW_EVERYONE;

  self->looked_at = g_get_monotonic_time ();
  tpt_listener_subscription_heal_async (self->subscription,
                                        tpt_connection_get_account (self->connection), url,
                                        signing_key, everyone, self->uri,
                                        g_task_get_cancellable (task), healed_cb, task);
}

static void
heal_now (TptListenerWebhook *self)
{
  if (tpt_connection_get_account (self->connection) != NULL)
    heal (self, self->url, self->signing_key, self->has_feed,
          g_task_new (self, self->cancellable, NULL, NULL));
}

static void
keyring_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptListenerWebhook) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_connection_check_keyring_finish (TPT_CONNECTION (source), result, &error))
    g_info ("The webhook subscription was not looked after: %s", error->message);
  else if (self->timer != 0)
    heal_now (self);
}

/* Nobody asked for it, so nobody is asked for the password of the keyring because of it. */
static void
heal_quietly (TptListenerWebhook *self)
{
  tpt_connection_check_keyring_async (self->connection, self->cancellable, keyring_cb,
                                      g_object_ref (self));
}

static gboolean
heal_cb (gpointer user_data)
{
  TptListenerWebhook *self = user_data;

  self->looks = 0;
  heal_quietly (self);

  return G_SOURCE_CONTINUE;
}

static void
forget_look (TptListenerWebhook *self)
{
  if (self->look == NULL)
    return;

  g_source_destroy (self->look);
  g_clear_pointer (&self->look, g_source_unref);
}

static gboolean
look_cb (gpointer user_data)
{
  TptListenerWebhook *self = user_data;

  forget_look (self);
  self->looks++;
  heal_quietly (self);

  return G_SOURCE_REMOVE;
}

/* Whose bookings to be told of may be different now. */
static void
view_cb (TptListenerWebhook *self)
{
  if (self->timer != 0)
    heal_now (self);
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
  signals[MENDED] = g_signal_new ("mended", TPT_TYPE_LISTENER_WEBHOOK, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
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
  g_signal_connect_object (tpt_connection_get_view (connection), "notify::state",
                           G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);

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

/* Makes or heals the subscription now, and looks after it from then on; `changed` comes after each
 * try. */
void
tpt_listener_webhook_start (TptListenerWebhook      *self,
                            const TptListenerSecret *secret)
{
  tpt_listener_webhook_stop (self);
  self->url = g_strdup (secret->webhook_url);
  self->signing_key = g_strdup (secret->signing_key);
  self->has_feed = secret->organization_feed;
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add_seconds (HEAL_EVERY_SECONDS, heal_cb, self);
  heal_now (self);
}

/* The relay is heard again: perhaps it hung up because what the subscription hung on has gone with
 * another machine of the account. A look that was made just before may have been too early for
 * that, so there is always one more. */
void
tpt_listener_webhook_look (TptListenerWebhook *self)
{
  TptTime since = g_get_monotonic_time () - self->looked_at;

  if (self->timer == 0 || self->look != NULL)
    return;

  self->look = tpt_pulse_timer_system.after (tpt_listener_pause_look (self->looks, since), NULL);
  g_source_set_callback (self->look, look_cb, self, NULL);
  g_source_attach (self->look, NULL);
}

void
tpt_listener_webhook_stop (TptListenerWebhook *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  forget_look (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->signing_key, tpt_secret_free);
}

/* As tpt_listener_webhook_check_async (), also while the account is being left: for whoever does
 * not leave after all. */
void
tpt_listener_webhook_restore_async (TptListenerWebhook      *self,
                                    const TptListenerSecret *secret,
                                    GCancellable            *cancellable,
                                    GAsyncReadyCallback      callback,
                                    gpointer                 user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (tpt_connection_get_account (self->connection) != NULL)
    {
      heal (self, secret->webhook_url, secret->signing_key, secret->organization_feed, task);
      return;
    }

  g_task_return_error (task, tpt_sync_lane_new_unknown_account ());
  g_object_unref (task);
}

/**
 * tpt_listener_webhook_check_async:
 * @secret: of the relay that it has to lead to
 *
 * Makes or heals it once, and says whether it is all right. Errors are of %TPT_CONNECTION_ERROR.
 */
void
tpt_listener_webhook_check_async (TptListenerWebhook      *self,
                                  const TptListenerSecret *secret,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data)
{
  GError *error = NULL;

  if (tpt_connection_check (self->connection, &error))
    tpt_listener_webhook_restore_async (self, secret, cancellable, callback, user_data);
  else
    g_task_report_error (self, callback, user_data, tpt_listener_webhook_check_async, error);
}

gboolean
tpt_listener_webhook_check_finish (TptListenerWebhook  *self,
                                   GAsyncResult        *result,
                                   GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether every booking that is looked at is told of. */
gboolean
tpt_listener_webhook_is_complete (TptListenerWebhook *self)
{
  TptOrganizationView *view = tpt_connection_get_view (self->connection);

  return g_str_equal (self->status, "active")
         && (self->has_feed || tpt_organization_view_get_state (view) != TPT_VIEW_EVERYONE);
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
