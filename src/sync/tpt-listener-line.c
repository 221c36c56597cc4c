/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-line.h"

#include "tpt-listener-client.h"
#include "tpt-listener-stream.h"

#define FIRST_PAUSE_MS 500
#define LONGEST_PAUSE_MS 60000

struct _TptListenerLine
{
  GObject parent_instance;

  /* owned */
  TptListenerClient *client;
  TptListenerStream *stream;
  GCancellable *cancellable;
  char *url;
  char *token;
  char *cursor;
  char *message;           /* why it is not live */

  TptRelayState state;
  guint breaks;            /* in a row */
  guint timer;
  gboolean is_acking;
};

enum
{
  MOVED,
  WEBHOOK,
  GAP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptListenerLine, tpt_listener_line, G_TYPE_OBJECT)

static void dial (TptListenerLine *self);

static void
move (TptListenerLine *self,
      TptRelayState    state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_signal_emit (self, signals[MOVED], 0);
}

static void
set_cursor (TptListenerLine *self,
            const char      *cursor)
{
  char *copy = g_strdup (cursor);

  g_free (self->cursor);
  self->cursor = copy;
}

/* An ack that got lost is made good by the next one; the events are here in any case. */
static void
acked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptListenerLine) self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_acking = FALSE;
  if (!tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error))
    g_debug ("An acknowledgement did not reach the relay: %s", error->message);
}

static gboolean
timer_cb (gpointer user_data)
{
  TptListenerLine *self = user_data;

  self->timer = 0;
  dial (self);

  return G_SOURCE_REMOVE;
}

/* A random part of a pause that doubles each time, so that a relay that comes back is not run over
 * by all its desktops at once; never less than what it asked for. */
static void
dial_later (TptListenerLine *self)
{
  int wanted = tpt_listener_stream_get_retry (self->stream);
  guint pause = MIN (FIRST_PAUSE_MS << MIN (self->breaks, 10), LONGEST_PAUSE_MS);

  pause = pause / 2 + (guint) g_random_int_range (0, (int) pause / 2 + 1);
  if (wanted > 0)
    pause = MAX (pause, (guint) MIN (wanted, LONGEST_PAUSE_MS));
  self->breaks++;
  self->timer = g_timeout_add (pause, timer_cb, self);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptListenerLine) self = user_data;
  g_autoptr (GError) error = NULL;

  tpt_listener_stream_run_finish (TPT_LISTENER_STREAM (source), result, &error);
  if (self->stream != TPT_LISTENER_STREAM (source))
    return;

  g_free (self->message);
  self->message = error != NULL ? g_strdup (error->message) : NULL;
  if (g_error_matches (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_REFUSED))
    {
      move (self, TPT_RELAY_REFUSED);
      return;
    }

  if (g_error_matches (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_FAILED))
    g_clear_pointer (&self->cursor, g_free);
  dial_later (self);
  move (self, TPT_RELAY_RECONNECTING);
}

static void
greet (TptListenerLine     *self,
       const TptRelayFrame *frame)
{
  TptRelayHello hello;

  if (!tpt_relay_hello_decode (frame->data, &hello, NULL))
    return;

  tpt_listener_stream_set_heartbeat (self->stream, hello.heartbeat_seconds);
  self->breaks = 0;
  g_clear_pointer (&self->message, g_free);
  move (self, TPT_RELAY_LIVE);
}

/* After a reset, places in the old journal mean nothing. */
static void
note_gap (TptListenerLine     *self,
          const TptRelayFrame *frame)
{
  TptRelayGap gap;

  if (!tpt_relay_gap_decode (frame->data, &gap, NULL))
    return;
  if (gap.is_reset)
    set_cursor (self, NULL);
  g_signal_emit (self, signals[GAP], 0, gap.is_reset);
}

static void
frame_cb (const TptRelayFrame *frame,
          gpointer             user_data)
{
  TptListenerLine *self = user_data;

  if (g_strcmp0 (frame->event, TPT_RELAY_EVENT_HELLO) == 0)
    greet (self, frame);
  else if (g_strcmp0 (frame->event, TPT_RELAY_EVENT_WEBHOOK) == 0)
    g_signal_emit (self, signals[WEBHOOK], 0, frame);
  else if (g_strcmp0 (frame->event, TPT_RELAY_EVENT_GAP) == 0)
    note_gap (self, frame);
}

static void
dial (TptListenerLine *self)
{
  g_clear_object (&self->stream);
  self->stream = tpt_listener_stream_new (self->url, self->token, frame_cb, self);
  /* The relay may be at another address now; a client remembers where it was. */
  g_clear_object (&self->client);
  self->client = tpt_listener_client_new ();
  tpt_listener_stream_run_async (self->stream, self->cursor, self->cancellable, ended_cb,
                                 g_object_ref (self));
}

static void
network_cb (TptListenerLine *self,
            gboolean         is_available)
{
  if (!is_available || self->timer == 0)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->breaks = 0;
  dial (self);
}

static void
tpt_listener_line_finalize (GObject *object)
{
  TptListenerLine *self = TPT_LISTENER_LINE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self->client);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_free (self->url);
  g_free (self->token);
  g_free (self->cursor);
  g_free (self->message);

  G_OBJECT_CLASS (tpt_listener_line_parent_class)->finalize (object);
}

static void
tpt_listener_line_class_init (TptListenerLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_line_finalize;

  signals[MOVED] = g_signal_new ("moved", TPT_TYPE_LISTENER_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[WEBHOOK] = g_signal_new ("webhook", TPT_TYPE_LISTENER_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[GAP] = g_signal_new ("gap", TPT_TYPE_LISTENER_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
tpt_listener_line_init (TptListenerLine *self)
{
  self->client = tpt_listener_client_new ();
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
}

TptListenerLine *
tpt_listener_line_new (void)
{
  return g_object_new (TPT_TYPE_LISTENER_LINE, NULL);
}

/**
 * tpt_listener_line_open:
 * @cursor: (nullable): of the last event that was kept
 */
void
tpt_listener_line_open (TptListenerLine *self,
                        const char      *url,
                        const char      *token,
                        const char      *cursor)
{
  tpt_listener_line_close (self);
  self->url = g_strdup (url);
  self->token = g_strdup (token);
  self->cancellable = g_cancellable_new ();
  self->breaks = 0;
  set_cursor (self, cursor);
  move (self, TPT_RELAY_CONNECTING);
  dial (self);
}

void
tpt_listener_line_close (TptListenerLine *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->token, g_free);
  move (self, TPT_RELAY_NONE);
}

/* Everything up to @cursor is safe here: the relay may forget it, and a new connection goes on from
 * there. */
void
tpt_listener_line_keep (TptListenerLine *self,
                        const char      *cursor)
{
  g_autofree char *body = NULL;
  TptRelayCursor place;

  set_cursor (self, cursor);
  if (self->url == NULL || self->is_acking || !tpt_relay_cursor_parse (cursor, &place, NULL))
    return;

  self->is_acking = TRUE;
  body = tpt_relay_ack_encode (&place);
  tpt_listener_client_call_async (self->client, "POST", self->url, "/v1/events/ack", self->token,
                                  body, NULL, acked_cb, g_object_ref (self));
}

/* TPT_RELAY_NONE while it is closed. */
TptRelayState
tpt_listener_line_get_state (TptListenerLine *self)
{
  return self->state;
}

/* Returns: (nullable): a sentence: why it is not live */
const char *
tpt_listener_line_get_message (TptListenerLine *self)
{
  return self->message;
}

/* The word for @state that stands in JSON and on the command line. */
const char *
tpt_relay_state_to_string (TptRelayState state)
{
  switch (state)
    {
    case TPT_RELAY_NONE:
      return "none";
    case TPT_RELAY_CONNECTING:
      return "connecting";
    case TPT_RELAY_LIVE:
      return "live";
    case TPT_RELAY_RECONNECTING:
      return "reconnecting";
    case TPT_RELAY_REFUSED:
      return "refused";
    default:
      g_return_val_if_reached (NULL);
    }
}
