/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-fixture.h"

/* As long as the connections of relay-fixture.c wait. */
#define WAIT_SECONDS 20

/* Returns: FALSE for a 503, which a client answers by coming again */
static gboolean
read_stream_head (Stream *self)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      g_autoptr (GError) error = NULL;
      gssize got = g_input_stream_read (in, &byte, 1, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (got, ==, 1);
      g_string_append_c (head, byte);
    }
  if (g_str_has_prefix (head->str, "HTTP/1.1 503 "))
    return FALSE;
  if (!g_str_has_prefix (head->str, "HTTP/1.1 200 OK\r\n"))
    g_error ("No stream: %s", head->str);
  self->head = g_string_free (g_steal_pointer (&head), FALSE);

  return TRUE;
}

static Stream *
try_stream (Relay      *self,
            Device     *device,
            const char *cursor)
{
  Stream *stream = g_new0 (Stream, 1);
  g_autofree char *text = g_strdup_printf (
      "GET /v1/events HTTP/1.%c\r\nHost: relay\r\nAuthorization: Bearer %s\r\n%s%s%s\r\n",
      self->listen == NULL ? '0' : '1', device->enrolment->token,
      cursor != NULL ? "Last-Event-ID: " : "", cursor != NULL ? cursor : "",
      cursor != NULL ? "\r\n" : "");

  stream->connection = relay_connect (self);
  stream->parser = tpt_relay_parser_new ();
  stream->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_frame_free);
  g_assert_true (g_output_stream_write_all (
    g_io_stream_get_output_stream (G_IO_STREAM (stream->connection)), text, strlen (text), NULL,
    NULL, NULL));
  if (!read_stream_head (stream))
    g_clear_pointer (&stream, stream_free);

  return stream;
}

/* @cursor: (nullable). Through a proxy with HTTP/1.0, to which nothing is sent in chunks. */
Stream *
stream_open (Relay      *self,
             Device     *device,
             const char *cursor)
{
  Stream *stream = try_stream (self, device, cursor);

  g_assert_nonnull (stream);

  return stream;
}

/* As a desktop does it: a relay whose journal has just come back may want to be asked again. */
Stream *
stream_await (Relay      *self,
              Device     *device,
              const char *cursor)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;
  Stream *stream = try_stream (self, device, cursor);

  while (stream == NULL && g_get_monotonic_time () < deadline)
    {
      g_usleep (50 * 1000);
      stream = try_stream (self, device, cursor);
    }
  g_assert_nonnull (stream);

  return stream;
}

/* FALSE at the end of the stream. */
static gboolean
read_more (Stream *self)
{
  char bytes[4096];
  g_autoptr (GError) error = NULL;
  gssize got = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)),
                                    bytes, sizeof bytes, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_error ("Nothing came on the stream for %d s", WAIT_SECONDS);
  if (got <= 0)
    return FALSE;
  g_assert_true (tpt_relay_parser_feed (self->parser, bytes, (gsize) got, self->frames, NULL));

  return TRUE;
}

TptRelayFrame *
stream_next (Stream *self)
{
  while (self->frames->len == 0)
    {
      if (!read_more (self))
        g_error ("The stream ended");
    }

  return g_ptr_array_steal_index (self->frames, 0);
}

/* The next one, which must be of this kind. */
TptRelayFrame *
stream_next_of (Stream     *self,
                const char *event)
{
  TptRelayFrame *frame = stream_next (self);

  if (strcmp (frame->event, event) != 0)
    g_error ("%s came instead of %s: %s", frame->event, event, frame->data);

  return frame;
}

/* Whether nothing more comes but the end. */
gboolean
stream_ends (Stream *self)
{
  while (read_more (self))
    ;

  return self->frames->len == 0;
}

void
stream_free (Stream *self)
{
  g_object_unref (self->connection);
  tpt_relay_parser_free (self->parser);
  g_ptr_array_unref (self->frames);
  g_free (self->head);
  g_free (self);
}
