/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-subscriber.h"

#include <string.h>

#include "tpt-relay-answer.h"
#include "tpt-relay-error.h"
#include "tpt-relay-event-text.h"
#include "tpt-relay-metrics.h"

#define IN_FLIGHT_MAX     256
#define PAGE_MAX          500
#define FETCH_MAX         64
#define FETCH_BYTES       (256 * 1024)
#define PAGE_BYTES        (2 * 1024 * 1024)
#define HEARTBEAT_SECONDS 25
#define PAGE_SECONDS      25
#define STUCK_SECONDS     60
#define GOODBYE_RETRY     1000
#define COMPLAINT_SECONDS 10

/**
 * One client of GET /v1/events, on the fan-out thread. It has at most one fetch of events in memory
 * and asks for the next when the socket has taken them.
 */
struct _TptRelaySubscriber
{
  GSocket                *socket;
  TptRelayDevice         *device;
  TptRelaySubscriberKind  kind;
  gboolean                has_cursor;
  TptRelayCursor          cursor;    /* as asked for, then the place reached */
  char                   *gap;       /* JSON, until a page has told it */
  GArray                 *in_flight; /* sent on this stream and not acknowledged, in order */
  GString                *out;
  gsize                   written;
  TptRelaySubscriberState state;     /* that was noted last */
  gint64                  last_write;
  gint64                  opened_at;
  gboolean                is_last;   /* end when `out` is written */
};

/**
 * tpt_relay_subscriber_new:
 * @socket: (transfer full): non-blocking, with the whole request read
 * @cursor: (nullable): after which to go on; NULL after the last ack
 */
TptRelaySubscriber *
tpt_relay_subscriber_new (GSocket                *socket,
                          TptRelayDevice         *device,
                          TptRelaySubscriberKind  kind,
                          const TptRelayCursor   *cursor)
{
  TptRelaySubscriber *self = g_new0 (TptRelaySubscriber, 1);

  self->socket = socket;
  self->device = tpt_relay_device_ref (device);
  self->kind = kind;
  self->has_cursor = cursor != NULL;
  if (cursor != NULL)
    self->cursor = *cursor;
  self->in_flight = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->out = g_string_new (NULL);
  self->opened_at = self->last_write = g_get_monotonic_time ();

  return self;
}

void
tpt_relay_subscriber_free (TptRelaySubscriber *self)
{
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  g_object_unref (self->socket);
  tpt_relay_device_unref (self->device);
  g_array_unref (self->in_flight);
  g_string_free (self->out, TRUE);
  g_free (self->gap);
  g_free (self);
}

int
tpt_relay_subscriber_get_fd (TptRelaySubscriber *self)
{
  return g_socket_get_fd (self->socket);
}

gint64
tpt_relay_subscriber_get_device (TptRelaySubscriber *self)
{
  return tpt_relay_device_get_record (self->device)->id;
}

/* Whether it has to be closed to end. */
gboolean
tpt_relay_subscriber_is_endless (TptRelaySubscriber *self)
{
  return self->kind == TPT_RELAY_SUBSCRIBER_STREAM;
}

static TptRelaySubscriberState
flush (TptRelaySubscriber *self)
{
  while (self->written < self->out->len)
    {
      g_autoptr (GError) error = NULL;
      gssize sent = g_socket_send (self->socket, self->out->str + self->written,
                                   self->out->len - self->written, NULL, &error);

      if (sent < 0)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)
                 ? TPT_RELAY_SUBSCRIBER_FULL
                 : TPT_RELAY_SUBSCRIBER_ENDED;
      self->written += (gsize) sent;
      self->last_write = g_get_monotonic_time ();
    }
  self->written = 0;
  tpt_relay_answer_empty (&self->out);

  return self->is_last ? TPT_RELAY_SUBSCRIBER_ENDED : TPT_RELAY_SUBSCRIBER_IDLE;
}

static void
forget_acked (TptRelaySubscriber *self)
{
  gint64 acked = tpt_relay_device_get_acked (self->device);
  guint count = 0;

  while (count < self->in_flight->len && g_array_index (self->in_flight, gint64, count) <= acked)
    count++;
  if (count > 0)
    g_array_remove_range (self->in_flight, 0, count);
}

/* Once a while: whoever is refused comes again. Fan-out thread only. */
static void
complain (const GError *error)
{
  static gint64 next;
  gint64 now = g_get_monotonic_time ();

  if (now < next)
    return;
  next = now + COMPLAINT_SECONDS * G_TIME_SPAN_SECOND;
  g_message ("A stream could not be read: %s", error->message);
}

static GPtrArray *
fetch (TptRelaySubscriber *self,
       TptRelayJournal    *journal,
       guint               limit,
       gsize               bytes)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *events = tpt_relay_journal_list_events (journal,
                                                     tpt_relay_subscriber_get_device (self),
                                                     self->cursor.seq, limit, bytes, &error);

  if (events == NULL && !g_error_matches (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_TAKEN))
    complain (error);

  return events;
}

/* Where nothing comes next, nothing is left of which it was in doubt whether it had been sent. */
static void
note_sent (TptRelaySubscriber *self,
           GPtrArray          *events)
{
  tpt_relay_device_set_sent (self->device, events->len > 0
                                             ? self->cursor.seq
                                             : tpt_relay_device_get_doubt (self->device));
  tpt_relay_metrics_add (TPT_RELAY_METRIC_EVENTS_DELIVERED, events->len);
}

/* Ends the stream where the journal cannot be read: the client comes again. */
static TptRelaySubscriberState
go_on_stream (TptRelaySubscriber *self,
              TptRelayJournal    *journal)
{
  g_autoptr (GPtrArray) events = NULL;

  forget_acked (self);
  if (self->in_flight->len >= IN_FLIGHT_MAX)
    return TPT_RELAY_SUBSCRIBER_IDLE;
  events = fetch (self, journal, MIN (FETCH_MAX, IN_FLIGHT_MAX - self->in_flight->len),
                  FETCH_BYTES);
  if (events == NULL)
    return TPT_RELAY_SUBSCRIBER_ENDED;

  for (guint i = 0; i < events->len; i++)
    {
      const TptRelayEventRecord *event = events->pdata[i];

      self->cursor.seq = event->seq;
      tpt_relay_event_text_append_frame (self->out, &self->cursor, event);
      g_array_append_val (self->in_flight, event->seq);
    }
  note_sent (self, events);

  return events->len > 0 ? TPT_RELAY_SUBSCRIBER_FULL : TPT_RELAY_SUBSCRIBER_IDLE;
}

static void
append_page (TptRelaySubscriber *self,
             GPtrArray          *events)
{
  g_autoptr (GString) json = g_string_new ("{\"events\":[");
  g_autofree char *end = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const TptRelayEventRecord *event = events->pdata[i];

      self->cursor.seq = event->seq;
      if (i > 0)
        g_string_append_c (json, ',');
      tpt_relay_event_text_append_item (json, &self->cursor, event);
    }
  note_sent (self, events);

  end = tpt_relay_cursor_format (&self->cursor);
  g_string_append_printf (json, "],\"cursor\":\"%s\"", end);
  if (self->gap != NULL)
    g_string_append_printf (json, ",\"gap\":%s", self->gap);
  g_string_append_c (json, '}');
  g_string_append_printf (self->out,
                          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                          "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
                          "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          json->len, json->str);
  self->is_last = TRUE;
}

/* Instead of an answer that has not begun. */
static TptRelaySubscriberState
refuse (TptRelaySubscriber *self)
{
  static const char body[] =
    "{\"error\":\"unavailable\",\"message\":\"The journal cannot be read.\"}";

  g_string_truncate (self->out, 0);
  tpt_relay_answer_append (self->out, 503, NULL, NULL, sizeof body - 1, TRUE);
  g_string_append (self->out, body);
  self->is_last = TRUE;

  return flush (self);
}

static TptRelaySubscriberState
go_on_page (TptRelaySubscriber *self,
            TptRelayJournal    *journal)
{
  g_autoptr (GPtrArray) events = fetch (self, journal, PAGE_MAX, PAGE_BYTES);

  if (events == NULL)
    return refuse (self);
  if (events->len == 0 && self->gap == NULL)
    return TPT_RELAY_SUBSCRIBER_IDLE;
  append_page (self, events);

  return TPT_RELAY_SUBSCRIBER_FULL;
}

/* Sends what there is as far as the socket takes it. */
TptRelaySubscriberState
tpt_relay_subscriber_go_on (TptRelaySubscriber *self,
                            TptRelayJournal    *journal)
{
  TptRelaySubscriberState state = flush (self);

  while (state == TPT_RELAY_SUBSCRIBER_IDLE)
    {
      state = self->kind == TPT_RELAY_SUBSCRIBER_STREAM ? go_on_stream (self, journal)
                                                        : go_on_page (self, journal);
      if (state != TPT_RELAY_SUBSCRIBER_FULL)
        return state;
      state = flush (self);
    }

  return state;
}

/* Up to where nothing is left that was not sent. */
static gint64
find_sent (TptRelaySubscriber     *self,
           const TptRelayPosition *position)
{
  gint64 sent = MAX (position->sent, tpt_relay_device_get_sent (self->device));

  return MAX (sent, MAX (position->acked, position->purged));
}

/* Where the client stands in the journal, and whether something between is gone. Who names a place
 * that he cannot have from a stream would leave events out; he gets them. */
static void
place (TptRelaySubscriber     *self,
       const char             *epoch,
       const TptRelayPosition *position)
{
  TptRelayGap gap = { FALSE, { "", 0 } };
  gboolean has_gap = FALSE;

  if (self->has_cursor &&
      (g_strcmp0 (self->cursor.epoch, epoch) != 0 || self->cursor.seq > position->head))
    {
      self->has_cursor = FALSE;
      gap.is_reset = TRUE;
      has_gap = TRUE;
    }
  if (!self->has_cursor)
    self->cursor.seq = position->acked;
  g_strlcpy (self->cursor.epoch, epoch, sizeof self->cursor.epoch);
  self->cursor.seq = CLAMP (self->cursor.seq, position->acked, find_sent (self, position));

  if (!has_gap && position->purged > self->cursor.seq)
    {
      gap.oldest = (TptRelayCursor) { "", position->oldest };
      g_strlcpy (gap.oldest.epoch, epoch, sizeof gap.oldest.epoch);
      has_gap = TRUE;
    }
  if (has_gap)
    self->gap = tpt_relay_gap_encode (&gap);
}

static void
append_greeting (TptRelaySubscriber     *self,
                 const char             *epoch,
                 const TptRelayPosition *position)
{
  TptRelayHello hello = { { "", position->head }, { "", position->oldest }, HEARTBEAT_SECONDS };
  g_autofree char *data = NULL;

  g_strlcpy (hello.head.epoch, epoch, sizeof hello.head.epoch);
  g_strlcpy (hello.oldest.epoch, epoch, sizeof hello.oldest.epoch);
  data = tpt_relay_hello_encode (&hello);
  g_string_append (self->out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                              "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
                              "Connection: close\r\n\r\n");
  tpt_relay_frame_append (self->out, TPT_RELAY_EVENT_HELLO, NULL, data);
  if (self->gap != NULL)
    tpt_relay_frame_append (self->out, TPT_RELAY_EVENT_GAP, NULL, self->gap);
}

/* Greets, tells of a gap, and goes on from there. What comes first is fetched before anything is
 * sent, so that nobody is told 200 by a relay that can say no more. */
TptRelaySubscriberState
tpt_relay_subscriber_start (TptRelaySubscriber *self,
                            TptRelayJournal    *journal)
{
  const char *epoch = tpt_relay_journal_get_epoch (journal);
  g_autoptr (GError) error = NULL;
  TptRelayPosition position;

  if (!tpt_relay_journal_take_stream (journal, tpt_relay_subscriber_get_device (self), &error) ||
      !tpt_relay_journal_get_position (journal, tpt_relay_subscriber_get_device (self), &position,
                                       &error))
    {
      complain (error);
      return refuse (self);
    }
  place (self, epoch, &position);
  if (self->kind == TPT_RELAY_SUBSCRIBER_STREAM)
    {
      append_greeting (self, epoch, &position);
      if (go_on_stream (self, journal) == TPT_RELAY_SUBSCRIBER_ENDED)
        return refuse (self);
    }

  return tpt_relay_subscriber_go_on (self, journal);
}

static TptRelaySubscriberState
end_page (TptRelaySubscriber *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  append_page (self, none);

  return flush (self);
}

/**
 * tpt_relay_subscriber_tick:
 * @now: monotonic time
 *
 * What time alone does: heartbeats, the end of an empty long poll, the end of a stuck reader.
 */
TptRelaySubscriberState
tpt_relay_subscriber_tick (TptRelaySubscriber *self,
                           gint64              now)
{
  gint64 quiet = now - self->last_write;

  if (self->out->len > 0 && quiet >= STUCK_SECONDS * G_TIME_SPAN_SECOND)
    {
      tpt_relay_metrics_add_stuck (tpt_relay_device_get_record (self->device)->name);
      return TPT_RELAY_SUBSCRIBER_ENDED;
    }
  if (self->out->len > 0)
    return TPT_RELAY_SUBSCRIBER_FULL;
  if (self->kind == TPT_RELAY_SUBSCRIBER_PAGE)
    return now - self->opened_at >= PAGE_SECONDS * G_TIME_SPAN_SECOND ? end_page (self)
                                                                      : TPT_RELAY_SUBSCRIBER_IDLE;
  if (quiet < HEARTBEAT_SECONDS * G_TIME_SPAN_SECOND)
    return TPT_RELAY_SUBSCRIBER_IDLE;
  tpt_relay_frame_append_comment (self->out, "hb");

  return flush (self);
}

/* How it stands now, IDLE at first. Returns: whether that is news */
gboolean
tpt_relay_subscriber_note_state (TptRelaySubscriber      *self,
                                 TptRelaySubscriberState  state)
{
  TptRelaySubscriberState before = self->state;

  self->state = state;

  return state != before;
}

/* Throws away what a client sends after its request. FALSE when it has gone. */
gboolean
tpt_relay_subscriber_is_there (TptRelaySubscriber *self)
{
  char bytes[1024];
  g_autoptr (GError) error = NULL;
  gssize got = g_socket_receive (self->socket, bytes, sizeof bytes, NULL, &error);

  return got > 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* The relay stops: as far as the socket takes it at once. */
void
tpt_relay_subscriber_goodbye (TptRelaySubscriber *self)
{
  if (self->kind == TPT_RELAY_SUBSCRIBER_STREAM)
    tpt_relay_frame_append_retry (self->out, GOODBYE_RETRY);
  else if (self->out->len == 0)
    end_page (self);
  flush (self);
}
