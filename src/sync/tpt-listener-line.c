/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-line.h"

#include "tpt-listener-error.h"
#include "tpt-listener-pause.h"
#include "tpt-listener-receipts.h"
#include "tpt-listener-stream.h"
#include "tpt-secret.h"
#include "tpt-sleep-watch.h"

/* A network that comes up does so in several steps. */
#define NETWORK_SETTLES (TPT_SECOND / 5)

struct _TptListenerLine
{
  GObject parent_instance;

  const TptPulseTimer *timer;

  /* owned */
  TptListenerReceipts *receipts;
  TptSleepWatch *sleep;
  TptListenerStream *stream;
  GCancellable *cancellable; /* of the stream */
  GSource *source;         /* of the next call */
  char *url;
  char *token;
  char *cursor;
  char *message;           /* why it is not live */

  TptRelayState state;
  guint breaks;            /* in a row */
  gint64 live_since;       /* monotonic; 0 while it is not live */
  gboolean is_held;
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

static void
forget_call (TptListenerLine *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gboolean
call_cb (gpointer user_data)
{
  TptListenerLine *self = user_data;

  forget_call (self);
  dial (self);

  return G_SOURCE_REMOVE;
}

static void
dial_after (TptListenerLine *self,
            TptTime          pause)
{
  forget_call (self);
  self->source = self->timer->after (pause, self->timer->user_data);
  g_source_set_callback (self->source, call_cb, self, NULL);
  g_source_attach (self->source, NULL);
}

static void
dial_later (TptListenerLine *self,
            TptTime          wanted)
{
  TptTime lived = self->live_since != 0 ? g_get_monotonic_time () - self->live_since : 0;

  self->breaks = tpt_listener_pause_note (self->breaks, lived);
  self->live_since = 0;
  dial_after (self, tpt_listener_pause_get (self->breaks++, wanted, g_random_double ()));
}

/* Nothing more comes of the stream. */
static void
hang_up (TptListenerLine *self)
{
  forget_call (self);
  g_clear_object (&self->stream);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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
  dial_later (self, tpt_listener_stream_get_retry (self->stream));
  move (self, TPT_RELAY_RECONNECTING);
}

/* What was kept before this stream began, and not acknowledged for want of time or network. */
static void
make_good (TptListenerLine     *self,
           const TptRelayHello *hello)
{
  TptRelayCursor kept;

  tpt_listener_receipts_hurry (self->receipts);
  if (self->cursor != NULL && tpt_relay_cursor_parse (self->cursor, &kept, NULL)
      && g_str_equal (kept.epoch, hello->oldest.epoch) && hello->oldest.seq <= kept.seq
      && kept.seq <= hello->head.seq)
    tpt_listener_receipts_owe (self->receipts, self->cursor);
}

static void
greet (TptListenerLine     *self,
       const TptRelayFrame *frame)
{
  TptRelayHello hello;

  if (!tpt_relay_hello_decode (frame->data, &hello, NULL))
    return;

  tpt_listener_stream_set_heartbeat (self->stream, hello.heartbeat_seconds);
  self->live_since = g_get_monotonic_time ();
  g_clear_pointer (&self->message, g_free);
  make_good (self, &hello);
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
  hang_up (self);
  self->cancellable = g_cancellable_new ();
  self->stream = tpt_listener_stream_new (self->url, self->token, frame_cb, self);
  tpt_listener_stream_hold (self->stream, self->is_held);
  tpt_listener_stream_run_async (self->stream, self->cursor, self->cancellable, ended_cb,
                                 g_object_ref (self));
}

/* What looks open may be dead without anybody having said so, and who waits need not. */
static void
dial_anew (TptListenerLine *self,
           TptTime          pause)
{
  if (self->url == NULL || self->state == TPT_RELAY_REFUSED)
    return;

  hang_up (self);
  self->breaks = 0;
  self->live_since = 0;
  dial_after (self, pause);
  if (self->state == TPT_RELAY_LIVE)
    move (self, TPT_RELAY_RECONNECTING);
}

static void
network_cb (TptListenerLine *self,
            gboolean         is_available)
{
  if (is_available)
    dial_anew (self, NETWORK_SETTLES);
}

static void
woken_cb (TptListenerLine *self)
{
  dial_anew (self, 0);
}

static void
tpt_listener_line_finalize (GObject *object)
{
  TptListenerLine *self = TPT_LISTENER_LINE (object);

  hang_up (self);
  g_object_unref (self->receipts);
  g_object_unref (self->sleep);
  g_free (self->url);
  tpt_secret_free (self->token);
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
  self->timer = &tpt_pulse_timer_system;
  self->receipts = tpt_listener_receipts_new ();
  self->sleep = tpt_sleep_watch_new ();
  g_signal_connect_object (self->sleep, "woken", G_CALLBACK (woken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
}

TptListenerLine *
tpt_listener_line_new (void)
{
  return g_object_new (TPT_TYPE_LISTENER_LINE, NULL);
}

/* Who waits, and for how long; @timer has to outlive the line. */
void
tpt_listener_line_set_timer (TptListenerLine     *self,
                             const TptPulseTimer *timer)
{
  self->timer = timer;
}

TptSleepWatch *
tpt_listener_line_get_sleep_watch (TptListenerLine *self)
{
  return self->sleep;
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
  self->breaks = 0;
  self->is_held = FALSE;
  tpt_listener_receipts_open (self->receipts, url, token);
  set_cursor (self, cursor);
  move (self, TPT_RELAY_CONNECTING);
  dial (self);
}

void
tpt_listener_line_close (TptListenerLine *self)
{
  hang_up (self);
  self->live_since = 0;
  tpt_listener_receipts_close (self->receipts);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->token, tpt_secret_free);
  move (self, TPT_RELAY_NONE);
}

/* Everything up to @cursor is safe here: the relay may forget it, and a new connection goes on from
 * there. */
void
tpt_listener_line_keep (TptListenerLine *self,
                        const char      *cursor)
{
  set_cursor (self, cursor);
  tpt_listener_receipts_owe (self->receipts, cursor);
}

/* Whether the stream is to wait until what it has brought is taken in. */
void
tpt_listener_line_hold (TptListenerLine *self,
                        gboolean         is_held)
{
  self->is_held = is_held;
  if (self->stream != NULL)
    tpt_listener_stream_hold (self->stream, is_held);
}

/* What came since the last event that was kept has got lost here, and has to come again; not at
 * once, because whatever was wrong takes its time. */
void
tpt_listener_line_repeat (TptListenerLine *self)
{
  if (self->url == NULL || self->state == TPT_RELAY_REFUSED)
    return;

  hang_up (self);
  dial_later (self, 0);
  move (self, TPT_RELAY_RECONNECTING);
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
    case TPT_RELAY_WAITING:
      return "waiting";
    default:
      g_return_val_if_reached (NULL);
    }
}
