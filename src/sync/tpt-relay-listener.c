/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-listener-private.h"

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

gboolean
tpt_relay_listener_is_connected (TptRelayListener *self)
{
  return tpt_connection_get_state (self->connection) == TPT_CONNECTION_CONNECTED
         && tpt_connection_get_account (self->connection) != NULL;
}

/* Nothing more is asked of the relay, nor shown to it. */
void
tpt_relay_listener_hang_up (TptRelayListener *self)
{
  tpt_listener_line_close (self->line);
  tpt_listener_webhook_stop (self->webhook);
  tpt_listener_role_stop (self->role);
}

/* Opens or closes the line, whichever fits what is known now. */
void
tpt_relay_listener_arrange (TptRelayListener *self)
{
  gboolean is_wanted = self->is_started && self->secret != NULL
                       && tpt_relay_listener_is_connected (self);
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
    tpt_relay_listener_hang_up (self);
}

static void
connection_cb (TptRelayListener *self)
{
  tpt_relay_listener_arrange (self);
  if (self->is_started && self->waiting != NULL && tpt_relay_listener_is_connected (self))
    tpt_relay_listener_settle_async (self, NULL, NULL, NULL);
}

/* Takes @secret, which may be NULL: what keyring and store keep is this from now on. */
void
tpt_relay_listener_set (TptRelayListener  *self,
                        TptListenerSecret *secret,
                        const char        *cursor)
{
  tpt_relay_listener_hang_up (self);
  g_clear_pointer (&self->secret, tpt_listener_secret_free);
  g_clear_pointer (&self->waiting, tpt_listener_secret_free);
  g_clear_pointer (&self->waiting_message, g_free);
  if (secret != NULL && secret->code != NULL)
    self->waiting = g_steal_pointer (&secret);
  self->secret = secret;
  if (secret != NULL)
    tpt_listener_inbox_open (self->inbox, secret, cursor);
  else
    tpt_listener_inbox_close (self->inbox);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_URL]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  tpt_relay_listener_arrange (self);
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
    {
      tpt_listener_webhook_look (self->webhook);
      g_signal_emit (self, signals[DOUBT], 0);
    }
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
  g_clear_pointer (&self->waiting, tpt_listener_secret_free);
  g_free (self->waiting_message);
  g_clear_handle_id (&self->retry, g_source_remove);

  G_OBJECT_CLASS (tpt_relay_listener_parent_class)->finalize (object);
}

static void
tpt_relay_listener_class_init (TptRelayListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tpt_relay_listener_finalize;
  object_class->get_property = tpt_relay_listener_get_property;

  props[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, TPT_RELAY_NONE, TPT_RELAY_WAITING, TPT_RELAY_NONE,
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
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* A set relay that is not listened to, as in a command, counts as connecting. */
TptRelayState
tpt_relay_listener_get_state (TptRelayListener *self)
{
  TptRelayState state = tpt_listener_line_get_state (self->line);

  if (self->waiting != NULL)
    return TPT_RELAY_WAITING;
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
  if (self->waiting != NULL)
    return self->waiting_message;

  return tpt_listener_line_get_message (self->line);
}

/* Returns: (nullable) */
const char *
tpt_relay_listener_get_url (TptRelayListener *self)
{
  if (self->waiting != NULL)
    return self->waiting->url;

  return self->secret != NULL ? self->secret->url : NULL;
}

/* Returns: (nullable): what the relay knows this device by: its token, or the enrolment code while
 *   it waits for the sign-in */
const char *
tpt_relay_listener_get_bearer (TptRelayListener *self)
{
  if (self->waiting != NULL)
    return self->waiting->code;

  return self->secret != NULL ? self->secret->token : NULL;
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

/* Returns: (nullable): where the service sends what concerns this account */
const char *
tpt_relay_listener_get_webhook_url (TptRelayListener *self)
{
  return self->secret != NULL ? self->secret->webhook_url : NULL;
}

/* Returns: (nullable): what the service calls the subscription for it */
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
  connection_cb (self);
}

void
tpt_relay_listener_stop (TptRelayListener *self)
{
  self->is_started = FALSE;
  g_clear_handle_id (&self->retry, g_source_remove);
  tpt_relay_listener_arrange (self);
}
