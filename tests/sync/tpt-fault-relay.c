/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fault-relay.h"

#include <stdlib.h>
#include <string.h>

static void
call_free (TptFaultCall *call)
{
  tpt_fault_call_hang_up (call);
  g_string_free (call->bytes, TRUE);
  g_free (call->cursor);
  g_free (call->body);
  g_free (call);
}

/* Returns: (transfer full) (nullable) */
static char *
find_header (const char *head,
             const char *name)
{
  const char *line = strstr (head, name);
  const char *value = line != NULL ? line + strlen (name) : NULL;

  return value != NULL ? g_strndup (value, strcspn (value, "\r")) : NULL;
}

static void
answer (TptFaultCall *call,
        const char   *head)
{
  TptFaultRelay *relay = call->relay;
  gboolean is_stream = g_str_has_prefix (head, "GET /v1/events ");
  TptFaultFunc func = is_stream ? relay->stream : relay->other;

  g_free (call->cursor);
  call->cursor = find_header (head, "Last-Event-ID: ");
  if (is_stream)
    relay->streams++;
  else
    relay->others++;
  if (func != NULL)
    func (call, relay->user_data);
}

/* Whether a whole request was there. */
static gboolean
take_request (TptFaultCall *call)
{
  const char *end = strstr (call->bytes->str, "\r\n\r\n");
  g_autofree char *head = NULL;
  g_autofree char *length = NULL;
  gsize size, body;

  if (end == NULL)
    return FALSE;
  size = (gsize) (end - call->bytes->str) + 4;
  head = g_strndup (call->bytes->str, size);
  length = find_header (head, "Content-Length: ");
  body = length != NULL ? strtoul (length, NULL, 10) : 0;
  if (call->bytes->len < size + body)
    return FALSE;
  g_free (call->body);
  call->body = g_strndup (call->bytes->str + size, body);
  g_string_erase (call->bytes, 0, (gssize) (size + body));
  answer (call, head);

  return TRUE;
}

static gboolean
readable_cb (GObject  *stream,
             gpointer  user_data)
{
  TptFaultCall *call = user_data;
  char buffer[4096];
  gssize size = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer,
                                                          sizeof buffer, NULL, NULL);

  if (size <= 0)
    {
      tpt_fault_call_hang_up (call);
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (call->bytes, buffer, size);
  while (take_request (call))
    ;

  return call->source != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  TptFaultRelay *self = user_data;
  TptFaultCall *call = g_new0 (TptFaultCall, 1);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));

  call->relay = self;
  call->connection = g_object_ref (connection);
  call->bytes = g_string_new (NULL);
  call->source =
    g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (call->source, G_SOURCE_FUNC (readable_cb), call, NULL);
  g_source_attach (call->source, NULL);
  g_ptr_array_add (self->calls, call);

  return TRUE;
}

TptFaultRelay *
tpt_fault_relay_new (void)
{
  TptFaultRelay *self = g_new0 (TptFaultRelay, 1);
  g_autoptr (GError) error = NULL;
  guint16 port;

  self->service = g_socket_service_new ();
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);

  return self;
}

void
tpt_fault_relay_free (TptFaultRelay *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_ptr_array_unref (self->calls);
  g_object_unref (self->service);
  g_free (self->url);
  g_free (self);
}

void
tpt_fault_call_write (TptFaultCall *self,
                      const char   *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));

  /* Where the other side has gone already, that is what the test is about. */
  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}

/* A stream of the journal "e" that has @head events. */
void
tpt_fault_call_begin (TptFaultCall *self,
                      guint         head,
                      guint         heartbeat_seconds)
{
  g_autofree char *text = g_strdup_printf (
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    "event: hello\ndata: {\"epoch\":\"e\",\"head\":\"e:%u\",\"oldest\":\"e:1\","
    "\"heartbeat_seconds\":%u}\n\n",
    head, heartbeat_seconds);

  tpt_fault_call_write (self, text);
}

void
tpt_fault_call_hang_up (TptFaultCall *self)
{
  if (self->connection == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
}
