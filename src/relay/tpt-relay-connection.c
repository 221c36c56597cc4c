/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-connection.h"

#include <string.h>

#include "tpt-relay-answer.h"
#include "tpt-relay-message.h"

#define READ_SIZE      (16 * 1024)
#define HEAD_SECONDS   10
#define BODY_SECONDS   20
#define IDLE_SECONDS   75
#define WRITE_SECONDS  20
#define LINGER_SECONDS 2
#define LINGER_BYTES   (4 * 1024 * 1024)

/**
 * One connection and the one request that is on it: read the head, read the body, wait for the
 * answer, write it, and again. Bytes that a client sends ahead wait in `in`. After the last answer
 * the connection lingers: what still arrives is thrown away, for closing with unread bytes would
 * take the answer away from a client that is still sending.
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
  GByteArray             *in;
  GString                *out;
  TptRelayHead           *head;
  GSource                *source;
  guint                   deadline;
  gsize                   held;
  gsize                   written;
  gsize                   lingered;
  gatomicrefcount         references;
  State                   state;
  gboolean                close_after;
  gboolean                is_authenticated;
  gboolean                is_finishing;
  gboolean                in_progress;
};

static void advance (TptRelayConnection *self);
static void watch   (TptRelayConnection *self,
                     GIOCondition        condition);

static void
forget_source (TptRelayConnection *self)
{
  if (self->source == NULL)
    return;
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gboolean
deadline_cb (gpointer user_data)
{
  TptRelayConnection *self = user_data;

  self->deadline = 0;
  tpt_relay_connection_close (self);

  return G_SOURCE_REMOVE;
}

static void
set_deadline (TptRelayConnection *self,
              guint               seconds)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (seconds > 0)
    self->deadline = g_timeout_add_seconds (seconds, deadline_cb, self);
}

/* Tells how many bytes wait here for the rest of their request. */
static void
count_held (TptRelayConnection *self)
{
  gsize held = self->state == STATE_CLOSED ? 0 : self->in->len;
  gssize change = (gssize) held - (gssize) self->held;

  self->held = held;
  if (change != 0)
    self->on_held (self, change, self->user_data);
}

static void
start_linger (TptRelayConnection *self)
{
  self->state = STATE_LINGER;
  set_deadline (self, LINGER_SECONDS);
  if (self->is_finishing || !g_socket_shutdown (self->socket, FALSE, TRUE, NULL))
    {
      tpt_relay_connection_close (self);
      return;
    }
  g_byte_array_set_size (self->in, 0);
  count_held (self);
  watch (self, G_IO_IN);
}

/* The answer is out: the next request, or the end. */
static void
finish_write (TptRelayConnection *self)
{
  g_string_truncate (self->out, 0);
  self->written = 0;
  g_clear_pointer (&self->head, tpt_relay_head_free);
  if (self->close_after)
    {
      start_linger (self);
      return;
    }
  self->state = STATE_HEAD;
  set_deadline (self, self->in->len > 0 ? HEAD_SECONDS : IDLE_SECONDS);
  advance (self);
}

static void
write_some (TptRelayConnection *self)
{
  g_autoptr (GError) error = NULL;
  gssize sent = g_socket_send (self->socket, self->out->str + self->written,
                               self->out->len - self->written, NULL, &error);

  if (sent < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      tpt_relay_connection_close (self);
      return;
    }
  self->written += (gsize) MAX (sent, 0);
  if (self->written == self->out->len)
    finish_write (self);
  else
    watch (self, G_IO_OUT);
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
  set_deadline (self, WRITE_SECONDS);
  write_some (self);
}

/* Bytes that are no request: nothing after them can be trusted to begin where it seems to. */
static void
refuse_head (TptRelayConnection *self,
             guint               status)
{
  g_autofree char *json = tpt_relay_problem_encode (
      status == 413 ? "too_large" : status == 411 ? "length_required" :
      status == 415 ? "content_encoding" : "bad_request", tpt_relay_answer_get_reason (status));

  self->close_after = TRUE;
  start_write (self, status, NULL, NULL, json);
}

static gboolean
take_head (TptRelayConnection *self)
{
  gssize size = tpt_relay_head_find_end ((const char *) self->in->data, self->in->len);
  guint status = 400;

  if (size == -1)
    return FALSE;
  if (size > 0)
    self->head = tpt_relay_head_parse ((const char *) self->in->data, (gsize) size, &status);
  if (self->head == NULL)
    {
      refuse_head (self, status);
      return FALSE;
    }
  g_byte_array_remove_range (self->in, 0, (guint) size);
  if (!self->head->keep_alive)
    self->close_after = TRUE;
  self->state = STATE_BODY;
  set_deadline (self, BODY_SECONDS);
  if (self->head->expects_continue && self->in->len < self->head->length)
    g_socket_send (self->socket, "HTTP/1.1 100 Continue\r\n\r\n", 25, NULL, NULL);

  return TRUE;
}

/* The first bytes, without a copy; the rest moves to an array that is as small as it needs. */
static GBytes *
take_bytes (TptRelayConnection *self,
            guint               length)
{
  GByteArray *all = self->in;

  self->in = g_byte_array_new ();
  g_byte_array_append (self->in, all->data + length, all->len - length);
  g_byte_array_set_size (all, length);

  return g_byte_array_free_to_bytes (all);
}

static gboolean
take_body (TptRelayConnection *self)
{
  TptRelayHead *head = self->head;

  if (self->in->len < head->length)
    return FALSE;
  set_deadline (self, 0);
  forget_source (self);
  self->state = STATE_WORK;
  self->head = NULL;
  self->on_request (tpt_relay_request_new (self, head, take_bytes (self, (guint) head->length)),
                    self->user_data);

  return TRUE;
}

/* Goes as far as the bytes at hand reach. Answers that are ready at once come back here through
 * finish_write (), hence the guard: a thousand requests sent ahead must not become a thousand
 * frames. */
static void
advance (TptRelayConnection *self)
{
  if (self->in_progress)
    return;
  self->in_progress = TRUE;
  tpt_relay_connection_ref (self);
  while ((self->state == STATE_HEAD && take_head (self)) ||
         (self->state == STATE_BODY && take_body (self)))
    ;
  self->in_progress = FALSE;
  count_held (self);
  if (self->state == STATE_HEAD || self->state == STATE_BODY)
    watch (self, G_IO_IN);
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
  if (self->state == STATE_HEAD && self->in->len == 0)
    set_deadline (self, HEAD_SECONDS);
  g_byte_array_append (self->in, bytes, (guint) length);
  count_held (self);
  advance (self);
}

static void
read_some (TptRelayConnection *self)
{
  guint8 bytes[READ_SIZE];
  g_autoptr (GError) error = NULL;
  gssize got = g_socket_receive (self->socket, (char *) bytes, sizeof bytes, NULL, &error);

  if (got > 0)
    took_bytes (self, bytes, (gsize) got);
  else if (got == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    tpt_relay_connection_close (self);
}

static gboolean
ready_cb (GSocket      *socket,
          GIOCondition  condition,
          gpointer      user_data)
{
  TptRelayConnection *self = user_data;

  tpt_relay_connection_ref (self);
  if (self->state == STATE_WRITE)
    write_some (self);
  else
    read_some (self);
  tpt_relay_connection_unref (self);

  return G_SOURCE_CONTINUE;
}

static void
watch (TptRelayConnection *self,
       GIOCondition        condition)
{
  if (self->state == STATE_CLOSED)
    return;
  forget_source (self);
  self->source = g_socket_create_source (self->socket, condition, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (ready_cb), self, NULL);
  g_source_attach (self->source, NULL);
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
  self->in = g_byte_array_new ();
  self->out = g_string_new (NULL);
  self->state = STATE_HEAD;
  set_deadline (self, HEAD_SECONDS);
  watch (self, G_IO_IN);

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
  g_byte_array_unref (self->in);
  g_string_free (self->out, TRUE);
  g_clear_pointer (&self->head, tpt_relay_head_free);
  g_free (self);
}

/* At once, whatever it is doing; an answer that is still being made goes nowhere. */
void
tpt_relay_connection_close (TptRelayConnection *self)
{
  if (self->state == STATE_CLOSED)
    return;
  self->state = STATE_CLOSED;
  set_deadline (self, 0);
  forget_source (self);
  g_socket_close (self->socket, NULL);
  count_held (self);
  self->on_closed (self, self->user_data);
  tpt_relay_connection_unref (self);
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

/* Nothing is lost with it: no request of a known device or of a webhook is being answered. */
gboolean
tpt_relay_connection_may_be_dropped (TptRelayConnection *self)
{
  return !self->is_authenticated && self->state != STATE_WORK && self->state != STATE_WRITE;
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

/* The socket, to look at. */
int
tpt_relay_connection_get_fd (TptRelayConnection *self)
{
  return g_socket_get_fd (self->socket);
}

/* Returns: (transfer full) (nullable): the socket, which the connection does without from now on;
 *   NULL where the client has gone */
GSocket *
tpt_relay_connection_steal (TptRelayConnection *self)
{
  GSocket *socket;

  if (self->state != STATE_WORK)
    return NULL;
  socket = g_object_ref (self->socket);
  self->state = STATE_CLOSED;
  count_held (self);
  self->on_closed (self, self->user_data);
  tpt_relay_connection_unref (self);

  return socket;
}
