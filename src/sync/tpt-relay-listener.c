/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-listener-private.h"

#include "tpt-connection-error.h"
#include "tpt-listener-enrol.h"
#include "tpt-listener-goodbye.h"
#include "tpt-listener-memory.h"

enum
{
  PROP_STATE = 1,
  PROP_URL,
  PROP_LAST_EVENT_AT,
  N_PROPS,
};

enum
{
  DOUBT,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptRelayListener, tpt_relay_listener, G_TYPE_OBJECT)

static gboolean
is_connected (TptRelayListener *self)
{
  return tpt_connection_get_state (self->connection) == TPT_CONNECTION_CONNECTED
         && tpt_connection_get_account (self->connection) != NULL;
}

/* Opens or closes the line, whichever fits what is known now. */
static void
arrange (TptRelayListener *self)
{
  gboolean is_wanted = self->is_started && self->secret != NULL && is_connected (self);
  gboolean is_open = tpt_listener_line_get_state (self->line) != TPT_RELAY_NONE;

  if (is_wanted == is_open)
    return;
  if (is_wanted)
    {
      tpt_listener_line_open (self->line, self->secret->url, self->secret->token,
                              tpt_listener_inbox_get_cursor (self->inbox));
      tpt_listener_webhook_start (self->webhook, self->secret);
      tpt_listener_role_start (self->role, self->secret);
    }
  else
    {
      tpt_listener_line_close (self->line);
      tpt_listener_webhook_stop (self->webhook);
      tpt_listener_role_stop (self->role);
    }
}

static void
set_secret (TptRelayListener  *self,
            TptListenerSecret *secret,
            const char        *cursor)
{
  tpt_listener_line_close (self->line);
  g_clear_pointer (&self->secret, tpt_listener_secret_free);
  self->secret = secret;
  if (secret != NULL)
    tpt_listener_inbox_open (self->inbox, secret, cursor);
  else
    tpt_listener_inbox_close (self->inbox);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_URL]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  arrange (self);
}

static void
kept_cb (TptRelayListener *self,
         const char       *cursor)
{
  self->last_event_at = tpt_clock_now (tpt_store_get_clock (self->store));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAST_EVENT_AT]);
  tpt_listener_line_keep (self->line, cursor);
}

static void
webhook_cb (TptRelayListener *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->enrolling);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
doubt_cb (TptRelayListener *self)
{
  g_signal_emit (self, signals[DOUBT], 0);
}

static void
moved_cb (TptRelayListener *self)
{
  /* Whatever happened while nobody listened is in the stream, or in the service. */
  if (tpt_listener_line_get_state (self->line) == TPT_RELAY_LIVE)
    g_signal_emit (self, signals[DOUBT], 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
gap_cb (TptRelayListener *self,
        gboolean          is_reset)
{
  if (is_reset)
    tpt_listener_inbox_reset (self->inbox);
  g_signal_emit (self, signals[DOUBT], 0);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptRelayListener *self = g_task_get_source_object (task);
  g_autoptr (TptListenerMemory) memory = NULL;
  GError *error = NULL;

  memory = tpt_listener_memory_load_finish (result, &error);
  if (memory == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->last_event_at = memory->last_event_at;
  tpt_listener_webhook_remember (self->webhook, memory->webhook_uri);
  set_secret (self, g_steal_pointer (&memory->secret), memory->cursor);
  g_task_return_boolean (task, TRUE);
}

static void
enrolled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptRelayListener *self = g_task_get_source_object (task);
  TptListenerSecret *secret;
  GError *error = NULL;

  secret = tpt_listener_enrol_finish (result, &error);
  if (secret == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* Another relay's places mean nothing to this one. */
  set_secret (self, secret, NULL);
  if (!is_connected (self) || self->enrolling != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* A command ends with its call, and the subscription has to be there by then. */
  self->enrolling = g_steal_pointer (&task);
  if (!self->is_started)
    tpt_listener_webhook_start (self->webhook, secret);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_listener_enrol_test_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptRelayListener *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!tpt_listener_goodbye_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  tpt_listener_webhook_remember (self->webhook, NULL);
  self->last_event_at = TPT_TIME_NONE;
  set_secret (self, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
tpt_relay_listener_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TptRelayListener *self = TPT_RELAY_LISTENER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) tpt_relay_listener_get_state (self));
      break;
    case PROP_URL:
      g_value_set_string (value, tpt_relay_listener_get_url (self));
      break;
    case PROP_LAST_EVENT_AT:
      g_value_set_int64 (value, self->last_event_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tpt_relay_listener_finalize (GObject *object)
{
  TptRelayListener *self = TPT_RELAY_LISTENER (object);

  g_object_unref (self->connection);
  g_object_unref (self->store);
  g_object_unref (self->secrets);
  g_object_unref (self->client);
  g_object_unref (self->inbox);
  g_object_unref (self->line);
  g_object_unref (self->webhook);
  g_object_unref (self->role);
  g_object_unref (self->api);
  g_clear_pointer (&self->secret, tpt_listener_secret_free);

  G_OBJECT_CLASS (tpt_relay_listener_parent_class)->finalize (object);
}

static void
tpt_relay_listener_class_init (TptRelayListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tpt_relay_listener_finalize;
  object_class->get_property = tpt_relay_listener_get_property;

  props[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, TPT_RELAY_NONE, TPT_RELAY_REFUSED, TPT_RELAY_NONE,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_URL] =
    g_param_spec_string ("url", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LAST_EVENT_AT] =
    g_param_spec_int64 ("last-event-at", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[DOUBT] = g_signal_new ("doubt", TPT_TYPE_RELAY_LISTENER, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_relay_listener_init (TptRelayListener *self)
{
  self->client = tpt_listener_client_new ();
  self->line = tpt_listener_line_new ();
  g_signal_connect_object (self->line, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line, "gap", G_CALLBACK (gap_cb), self, G_CONNECT_SWAPPED);
}

TptRelayListener *
tpt_relay_listener_new (TptConnection *connection,
                        TptApiClient  *client,
                        TptApply      *apply,
                        TptTokenStore *secrets)
{
  TptRelayListener *self = g_object_new (TPT_TYPE_RELAY_LISTENER, NULL);

  self->connection = g_object_ref (connection);
  self->store = g_object_ref (tpt_connection_get_store (connection));
  self->secrets = g_object_ref (secrets);
  self->inbox = tpt_listener_inbox_new (self->store, apply, client,
                                        tpt_connection_get_view (connection));
  self->api = g_object_ref (client);
  self->webhook = tpt_listener_webhook_new (connection, client);
  self->role = tpt_listener_role_new (connection, self->client);
  g_signal_connect_object (self->webhook, "changed", G_CALLBACK (webhook_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->webhook, "mended", G_CALLBACK (doubt_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line, "webhook", G_CALLBACK (tpt_listener_inbox_push),
                           self->inbox, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inbox, "kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inbox, "crowded", G_CALLBACK (tpt_listener_line_hold),
                           self->line, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inbox, "lost", G_CALLBACK (tpt_listener_line_repeat), self->line,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inbox, "doubt", G_CALLBACK (doubt_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (arrange), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Reads from keyring and store whether a relay is set. Errors are of %TPT_CONNECTION_ERROR. */
void
tpt_relay_listener_load_async (TptRelayListener    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_load_async);
  tpt_listener_memory_load_async (self->store, self->secrets, cancellable, loaded_cb, task);
}

gboolean
tpt_relay_listener_load_finish (TptRelayListener  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A set relay that is not listened to, as in a command, counts as connecting. */
TptRelayState
tpt_relay_listener_get_state (TptRelayListener *self)
{
  TptRelayState state = tpt_listener_line_get_state (self->line);

  if (self->secret == NULL)
    return TPT_RELAY_NONE;

  return state == TPT_RELAY_NONE ? TPT_RELAY_CONNECTING : state;
}

/* Whether a booking is heard of at once: an open stream brings nothing that nobody sends. */
gboolean
tpt_relay_listener_is_delivering (TptRelayListener *self)
{
  return tpt_relay_listener_get_state (self) == TPT_RELAY_LIVE
         && tpt_listener_webhook_is_complete (self->webhook);
}

/* Whether the relay was told at the enrolment to send on what concerns colleagues, too. */
gboolean
tpt_relay_listener_has_feed (TptRelayListener *self)
{
  return self->secret != NULL && self->secret->organization_feed;
}

/* Returns: (nullable): a sentence: why the stream is not live */
const char *
tpt_relay_listener_get_message (TptRelayListener *self)
{
  return tpt_listener_line_get_message (self->line);
}

/* Returns: (nullable) */
const char *
tpt_relay_listener_get_url (TptRelayListener *self)
{
  return self->secret != NULL ? self->secret->url : NULL;
}

TptTime
tpt_relay_listener_get_last_event_at (TptRelayListener *self)
{
  return self->last_event_at;
}

/* Returns: (nullable): what the relay calls this device */
const char *
tpt_relay_listener_get_device (TptRelayListener *self)
{
  return self->secret != NULL ? self->secret->device : NULL;
}

/* Returns: (nullable) */
const char *
tpt_relay_listener_get_webhook_uri (TptRelayListener *self)
{
  return tpt_listener_webhook_get_uri (self->webhook);
}

/* As tpt_listener_webhook_get_status (). */
const char *
tpt_relay_listener_get_webhook_state (TptRelayListener *self)
{
  return tpt_listener_webhook_get_status (self->webhook);
}

void
tpt_relay_listener_start (TptRelayListener *self)
{
  if (self->is_started)
    return;

  self->is_started = TRUE;
  arrange (self);
}

void
tpt_relay_listener_stop (TptRelayListener *self)
{
  self->is_started = FALSE;
  arrange (self);
}

/* As tpt_listener_enrol_async (); the first relay is left for the new one. */
void
tpt_relay_listener_enrol_async (TptRelayListener    *self,
                                const char          *url,
                                const char          *code,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_enrol_async);
  g_task_set_check_cancellable (task, FALSE);
  tpt_listener_enrol_async (self->client, self->connection, self->secrets, url, code, cancellable,
                            enrolled_cb, task);
}

gboolean
tpt_relay_listener_enrol_finish (TptRelayListener  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Has the relay send a test event; it has arrived when `last-event-at` moves. */
void
tpt_relay_listener_test_async (TptRelayListener    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_test_async);
  tpt_listener_enrol_test_async (self->client, self->secret, cancellable, tested_cb, task);
}

gboolean
tpt_relay_listener_test_finish (TptRelayListener  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Ends the enrolment; at relay and service as far as the network lets it. @heard may be NULL. */
void
tpt_relay_listener_forget_async (TptRelayListener    *self,
                                 TptListenerHeard    *heard,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_forget_async);
  g_task_set_check_cancellable (task, FALSE);
  tpt_listener_line_close (self->line);
  tpt_listener_webhook_stop (self->webhook);
  tpt_listener_goodbye_async (self->client, self->api, self->store, self->secrets, self->secret,
                              tpt_listener_webhook_get_uri (self->webhook), heard, cancellable,
                              forgotten_cb, task);
}

gboolean
tpt_relay_listener_forget_finish (TptRelayListener  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
