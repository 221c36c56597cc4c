/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-connection.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "tpt-relay-answer.h"
#include "tpt-relay-intake.h"
#include "tpt-relay-message.h"
#include "tpt-relay-metrics.h"
#include "tpt-relay-poll.h"

#define READ_SIZE      (16 * 1024)
#define HEAD_SECONDS   10
#define BODY_SECONDS   20
/* Calendly waits 15 s for an answer, and reads one better than none. */
#define WORK_SECONDS   12
#define IDLE_SECONDS   75
#define WRITE_SECONDS  20
#define LINGER_SECONDS 2
#define LINGER_BYTES   (4 * 1024 * 1024)

/**
 * One connection and the one request that is on it: read the head, read the body, wait for the
 * answer, write it, and again. A request that comes in one piece is taken from where it was read;
 * what is half of one, or was sent ahead, waits in `in`. After the last answer the connection
 * lingers: what still arrives is thrown away, for closing with unread bytes would take the answer
 * away from a client that is still sending.
 */
typedef enum
{
  STATE_HEAD,
  STATE_BODY,
  STATE_WORK,
  STATE_WRITE,
  STATE_LINGER,
  STATE_CLOSED,
} State;

struct _TptRelayConnection
{
  /* borrowed */
  TptRelayRequestFunc     on_request;
  TptRelayConnectionFunc  on_closed;
  TptRelayHeldFunc        on_held;
  gpointer                user_data;
  /* owned */
  GSocket                *socket;
  TptRelayWatch           watch;
  TptRelayIntake          in;
  GString                *out;
  TptRelayHead           *head;
  gsize                   held;
  gsize                   written;
  gsize                   lingered;
  gatomicrefcount         references;
  State                   state;
  gboolean                close_after;
  gboolean                is_authenticated;
  gboolean                is_finishing;
  gboolean                in_progress;
  TptRelayFate            fate; /* of the answer that is being made */
};

static void advance (TptRelayConnection *self,
                     const guint8       *bytes,
                     gsize               length);

static void
gone_cb (TptRelayWatch *watch)
{
  tpt_relay_connection_unref (watch->owner);
}

/* Tells how many bytes wait here for the rest of their request. */
static void
count_held (TptRelayConnection *self)
{
  gsize held = self->state != STATE_CLOSED ? tpt_relay_intake_get_held (&self->in) : 0;
  gssize change = (gssize) held - (gssize) self->held;

  self->held = held;
  if (change != 0)
    self->on_held (self, change, self->user_data);
}

static void
start_linger (TptRelayConnection *self)
{
  self->state = STATE_LINGER;
  tpt_relay_watch_set_deadline (&self->watch, LINGER_SECONDS);
  if (self->is_finishing || shutdown (self->watch.fd, SHUT_WR) < 0)
    {
      tpt_relay_connection_close (self);
      return;
    }
  tpt_relay_intake_clear (&self->in);
  count_held (self);
  tpt_relay_watch_set_events (&self->watch, EPOLLIN);
}

/* The answer is out: the next request, or the end. */
static void
finish_write (TptRelayConnection *self)
{
  self->written = 0;
  tpt_relay_answer_empty (&self->out);
  g_clear_pointer (&self->head, tpt_relay_head_free);
  if (self->close_after)
    {
      start_linger (self);
      return;
    }
  self->state = STATE_HEAD;
  tpt_relay_watch_set_deadline (&self->watch, tpt_relay_intake_has_more (&self->in) ? HEAD_SECONDS
                                                                                : IDLE_SECONDS);
  advance (self, NULL, 0);
}

static void
write_some (TptRelayConnection *self)
{
  gssize sent = send (self->watch.fd, self->out->str + self->written,
                      self->out->len - self->written, MSG_NOSIGNAL);

  if (sent < 0 && errno != EAGAIN && errno != EINTR)
    {
      tpt_relay_connection_close (self);
      return;
    }
  self->written += (gsize) MAX (sent, 0);
  if (self->written == self->out->len)
    finish_write (self);
  else
    tpt_relay_watch_set_events (&self->watch, EPOLLOUT);
}

static void
start_write (TptRelayConnection *self,
             guint               status,
             const char         *type,
             const GString      *fields,
             const char         *json)
{
  gboolean is_head = self->head != NULL && strcmp (self->head->method, "HEAD") == 0;

  tpt_relay_answer_append (self->out, status, type, fields != NULL ? fields->str : NULL,
                           strlen (json), self->close_after);
  if (!is_head && status != 204)
    g_string_append (self->out, json);
  self->state = STATE_WRITE;
  tpt_relay_watch_set_deadline (&self->watch, WRITE_SECONDS);
  write_some (self);
}

/* What is late may be done all the same: the answer that comes then goes nowhere. But see
 * tpt_relay_request_begin (). */
static void
expired_cb (TptRelayWatch *watch)
{
  TptRelayConnection *self = watch->owner;
  g_autofree char *json = NULL;

  if (self->state != STATE_WORK)
    {
      tpt_relay_connection_close (self);
      return;
    }
  if (!tpt_relay_fate_end (&self->fate))
    return;
  json = tpt_relay_problem_encode ("unavailable", "This takes too long.");
  tpt_relay_metrics_add (TPT_RELAY_METRIC_OVERDUE, 1);
  self->close_after = TRUE;
  start_write (self, 503, NULL, NULL, json);
}

/* Bytes that are no request: nothing after them can be trusted to begin where it seems to. */
static void
refuse_head (TptRelayConnection *self,
             guint               status)
{
  g_autofree char *json = tpt_relay_problem_encode (
      status == 413 ? "too_large" : status == 411 ? "length_required" :
      status == 415 ? "content_encoding" : "bad_request", tpt_relay_answer_get_reason (status));

  tpt_relay_metrics_add (status == 413 ? TPT_RELAY_METRIC_REFUSED_TOO_LARGE :
                         status == 411 ? TPT_RELAY_METRIC_REFUSED_LENGTH_REQUIRED :
                         status == 415 ? TPT_RELAY_METRIC_REFUSED_ENCODING
                                       : TPT_RELAY_METRIC_REFUSED_MALFORMED, 1);
  self->close_after = TRUE;
  start_write (self, status, NULL, NULL, json);
}

static gboolean
take_head (TptRelayConnection *self)
{
  gssize size = tpt_relay_head_find_end ((const char *) self->in.at, self->in.left);
  guint status = 400;

  if (size == -1)
    return FALSE;
  if (size > 0)
    self->head = tpt_relay_head_parse ((const char *) self->in.at, (gsize) size, &status);
  if (self->head == NULL)
    {
      refuse_head (self, status);
      return FALSE;
    }
  tpt_relay_intake_take (&self->in, (gsize) size);
  if (!self->head->keep_alive)
    self->close_after = TRUE;
  self->state = STATE_BODY;
  tpt_relay_watch_set_deadline (&self->watch, BODY_SECONDS);
  if (self->head->expects_continue && self->in.left < self->head->length)
    send (self->watch.fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL);

  return TRUE;
}

static gboolean
take_body (TptRelayConnection *self)
{
  TptRelayHead *head = self->head;
  GBytes *body;

  if (self->in.left < head->length)
    return FALSE;
  body = g_bytes_new (self->in.at, head->length);
  tpt_relay_intake_take (&self->in, head->length);
  tpt_relay_watch_set_deadline (&self->watch, WORK_SECONDS);
  tpt_relay_fate_open (&self->fate);
  self->state = STATE_WORK;
  self->head = NULL;
  self->on_request (tpt_relay_request_new (self, head, body), self->user_data);

  return TRUE;
}

/* Goes as far as the bytes at hand reach. Answers that are ready at once come back here through
 * finish_write (), hence the guard: a thousand requests sent ahead must not become a thousand
 * frames. */
static void
advance (TptRelayConnection *self,
         const guint8       *bytes,
         gsize               length)
{
  if (self->in_progress)
    return;
  self->in_progress = TRUE;
  tpt_relay_intake_begin (&self->in, bytes, length);
  tpt_relay_connection_ref (self);
  while ((self->state == STATE_HEAD && take_head (self)) ||
         (self->state == STATE_BODY && take_body (self)))
    ;
  self->in_progress = FALSE;
  if (self->state != STATE_CLOSED)
    tpt_relay_intake_end (&self->in);
  count_held (self);
  if (self->state == STATE_HEAD || self->state == STATE_BODY)
    tpt_relay_watch_set_events (&self->watch, EPOLLIN);
  tpt_relay_connection_unref (self);
}

static void
took_bytes (TptRelayConnection *self,
            const guint8       *bytes,
            gsize               length)
{
  if (self->state == STATE_LINGER)
    {
      self->lingered += length;
      if (self->lingered > LINGER_BYTES)
        tpt_relay_connection_close (self);
      return;
    }
  if (self->state == STATE_HEAD && self->held == 0)
    tpt_relay_watch_set_deadline (&self->watch, HEAD_SECONDS);
  advance (self, bytes, length);
}

static void
read_some (TptRelayConnection *self)
{
  guint8 bytes[READ_SIZE];
  gssize got = recv (self->watch.fd, bytes, sizeof bytes, 0);

  if (got > 0)
    took_bytes (self, bytes, (gsize) got);
  else if (got == 0 || (errno != EAGAIN && errno != EINTR))
    tpt_relay_connection_close (self);
}

/* While an answer is being made nobody looks at what else the client does. */
static void
ready_cb (TptRelayWatch *watch)
{
  TptRelayConnection *self = watch->owner;

  if (self->state == STATE_WRITE)
    write_some (self);
  else if (self->state == STATE_WORK)
    tpt_relay_watch_set_events (watch, 0);
  else
    read_some (self);
}

/**
 * tpt_relay_connection_new:
 * @socket: non-blocking
 * @on_request: called with each complete request, which it then owns until it has answered
 * @on_closed: called once, when nothing more will come; the connection may not be used after it
 * @on_held: called with each change of what tpt_relay_connection_get_held () says; it may close
 *   other connections
 */
TptRelayConnection *
tpt_relay_connection_new (GSocket                *socket,
                          TptRelayRequestFunc     on_request,
                          TptRelayConnectionFunc  on_closed,
                          TptRelayHeldFunc        on_held,
                          gpointer                user_data)
{
  TptRelayConnection *self = g_new0 (TptRelayConnection, 1);

  g_atomic_ref_count_init (&self->references);
  self->socket = g_object_ref (socket);
  self->on_request = on_request;
  self->on_closed = on_closed;
  self->on_held = on_held;
  self->user_data = user_data;
  self->watch = (TptRelayWatch) { .fd = g_socket_get_fd (socket), .ready = ready_cb,
                                  .expired = expired_cb, .gone = gone_cb, .owner = self };
  self->out = g_string_new (NULL);
  self->state = STATE_HEAD;
  tpt_relay_watch_add (&self->watch);
  tpt_relay_watch_set_deadline (&self->watch, HEAD_SECONDS);
  tpt_relay_watch_set_events (&self->watch, EPOLLIN);

  return self;
}

TptRelayConnection *
tpt_relay_connection_ref (TptRelayConnection *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
tpt_relay_connection_unref (TptRelayConnection *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_object (&self->socket);
  tpt_relay_intake_clear (&self->in);
  g_string_free (self->out, TRUE);
  g_clear_pointer (&self->head, tpt_relay_head_free);
  g_free (self);
}

/* The end of it, but for those who still have a reference. @socket: (optional): gets the socket,
 * which is closed otherwise */
static void
leave (TptRelayConnection  *self,
       GSocket            **socket)
{
  GSocket *own = g_steal_pointer (&self->socket);

  tpt_relay_watch_remove (&self->watch);
  if (socket != NULL)
    {
      *socket = own;
      return;
    }
  g_socket_close (own, NULL);
  g_object_unref (own);
}

/* At once, whatever it is doing; an answer that is still being made goes nowhere. */
void
tpt_relay_connection_close (TptRelayConnection *self)
{
  if (self->state == STATE_CLOSED)
    return;
  self->state = STATE_CLOSED;
  tpt_relay_fate_end (&self->fate);
  count_held (self);
  self->on_closed (self, self->user_data);
  leave (self, NULL);
}

/* As soon as the request whose head has been read is answered, without lingering. */
void
tpt_relay_connection_finish (TptRelayConnection *self)
{
  self->close_after = TRUE;
  self->is_finishing = TRUE;
  if (self->state == STATE_HEAD || self->state == STATE_LINGER)
    tpt_relay_connection_close (self);
}

/* Nobody is known on it: neither a device nor a webhook nor a code that is good. Whatever is being
 * answered: strangers who wait for a journal that does not answer are not to keep others out. */
gboolean
tpt_relay_connection_may_be_dropped (TptRelayConnection *self)
{
  return !self->is_authenticated;
}

/* Bytes that came and are no whole request yet. */
gsize
tpt_relay_connection_get_held (TptRelayConnection *self)
{
  return self->held;
}

/* Whether it waits for the rest of a request; nothing is promised to anybody then. */
gboolean
tpt_relay_connection_is_reading (TptRelayConnection *self)
{
  return self->state == STATE_HEAD || self->state == STATE_BODY;
}

/* Who asked is known: it is not among the first to go when there are too many. */
void
tpt_relay_connection_set_authenticated (TptRelayConnection *self)
{
  self->is_authenticated = TRUE;
}

/**
 * tpt_relay_connection_answer:
 * @head: (transfer full): of the request that this answers
 * @type: (nullable): of the body; JSON where it is NULL
 * @fields: (nullable): more lines for the head of the answer
 * @body: not sent with a 204
 *
 * Goes nowhere where the client has gone.
 */
void
tpt_relay_connection_answer (TptRelayConnection *self,
                             TptRelayHead       *head,
                             guint               status,
                             const char         *type,
                             const GString      *fields,
                             const char         *body)
{
  if (self->state != STATE_WORK)
    {
      tpt_relay_head_free (head);
      return;
    }
  self->head = head;
  start_write (self, status, type, fields, body);
}

/* @seconds: that the answer may take from now on; 0 for as many as are usual */
void
tpt_relay_connection_set_patience (TptRelayConnection *self,
                                   guint               seconds)
{
  if (self->state == STATE_WORK)
    tpt_relay_watch_set_deadline (&self->watch, seconds > 0 ? seconds : WORK_SECONDS);
}

/* Of the request that waits for its answer. */
TptRelayFate *
tpt_relay_connection_get_fate (TptRelayConnection *self)
{
  return &self->fate;
}

/* The socket, to look at. */
int
tpt_relay_connection_get_fd (TptRelayConnection *self)
{
  return self->watch.fd;
}

/* Returns: (transfer full) (nullable): the socket, which the connection does without from now on;
 *   NULL where the client has gone */
GSocket *
tpt_relay_connection_steal (TptRelayConnection *self)
{
  GSocket *socket = NULL;

  if (self->state != STATE_WORK)
    return NULL;
  self->state = STATE_CLOSED;
  count_held (self);
  self->on_closed (self, self->user_data);
  leave (self, &socket);

  return socket;
}
