/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-streams.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tpt-bench-load.h"
#include "tpt-bench-site.h"

#define READ_SIZE (256 * 1024)
#define EVENTS_MAX 256
#define GIVE_UP_MILLISECONDS 20000
/* The beginning of a line is looked at, the rest only skipped. */
#define LINE_KEPT 80

typedef struct
{
  int    fd;
  guint  device;
  guint  events;
  char   line[LINE_KEPT + 1];
  gsize  length;           /* of the line so far, all of it */
} Stream;

struct _TptBenchStreams
{
  GPtrArray *streams;
  int        epoll;
  guint64    events;
  guint64    hellos;
  char      *bytes;        /* READ_SIZE */
};

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  close (stream->fd);
  g_free (stream);
}

static void
take_line (TptBenchStreams     *self,
           Stream              *stream,
           TptBenchStreamsFunc  func,
           gpointer             user_data)
{
  stream->line[MIN (stream->length, LINE_KEPT)] = '\0';
  if (g_str_has_prefix (stream->line, "id: "))
    {
      if (func != NULL)
        func (stream->device, stream->events, stream->line + 4, user_data);
      stream->events++;
      self->events++;
    }
  if (g_str_equal (stream->line, "event: hello"))
    self->hellos++;
  stream->length = 0;
}

static void
take_bytes (TptBenchStreams     *self,
            Stream              *stream,
            gsize                length,
            TptBenchStreamsFunc  func,
            gpointer             user_data)
{
  const char *at = self->bytes;
  const char *end = at + length;

  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      gsize part = (gsize) ((newline != NULL ? newline : end) - at);

      if (stream->length < LINE_KEPT)
        memcpy (stream->line + stream->length, at, MIN (part, LINE_KEPT - stream->length));
      stream->length += part;
      if (newline == NULL)
        return;
      take_line (self, stream, func, user_data);
      at = newline + 1;
    }
}

static void
read_some (TptBenchStreams     *self,
           Stream              *stream,
           TptBenchStreamsFunc  func,
           gpointer             user_data)
{
  gssize got = recv (stream->fd, self->bytes, READ_SIZE, MSG_DONTWAIT);

  if (got < 0 && errno == EAGAIN)
    return;
  if (got <= 0)
    g_error ("The stream of device %u ended: %s", stream->device,
             got < 0 ? g_strerror (errno) : "closed");
  take_bytes (self, stream, (gsize) got, func, user_data);
}

static void
ask (Stream *stream)
{
  g_autofree char *token = tpt_bench_site_dup_token (stream->device);
  g_autofree char *text = g_strdup_printf ("GET /v1/events HTTP/1.1\r\nHost: relay.example.com\r\n"
                                           "Accept: text/event-stream\r\n"
                                           "Authorization: Bearer %s\r\n\r\n", token);

  g_assert_cmpint (send (stream->fd, text, strlen (text), MSG_NOSIGNAL), ==, strlen (text));
}

/* Reads until @total of what @counter counts have come. Returns: what it counts then */
static guint64
read_until (TptBenchStreams     *self,
            const guint64       *counter,
            guint64              total,
            TptBenchStreamsFunc  func,
            gpointer             user_data)
{
  struct epoll_event events[EVENTS_MAX];

  while (*counter < total)
    {
      int count = epoll_wait (self->epoll, events, EVENTS_MAX, GIVE_UP_MILLISECONDS);

      if (count == 0)
        break;
      for (int i = 0; i < count; i++)
        read_some (self, events[i].data.ptr, func, user_data);
    }

  return *counter;
}

/* For @count devices from the @first; returns when all have been greeted. */
TptBenchStreams *
tpt_bench_streams_open (guint16 port,
                        guint   first,
                        guint   count)
{
  TptBenchStreams *self = g_new0 (TptBenchStreams, 1);

  self->streams = g_ptr_array_new_with_free_func (stream_free);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->bytes = g_malloc (READ_SIZE);
  for (guint i = 0; i < count; i++)
    {
      Stream *stream = g_new0 (Stream, 1);
      struct epoll_event event = { .events = EPOLLIN, .data = { .ptr = stream } };

      stream->device = first + i;
      stream->fd = tpt_bench_load_connect (port);
      g_assert_cmpint (epoll_ctl (self->epoll, EPOLL_CTL_ADD, stream->fd, &event), ==, 0);
      g_ptr_array_add (self->streams, stream);
      ask (stream);
    }
  g_assert_cmpuint (read_until (self, &self->hellos, count, NULL, NULL), ==, count);

  return self;
}

/**
 * tpt_bench_streams_read:
 * @events: how many there shall have been since the streams were opened
 * @func: (nullable):
 *
 * Returns: how many there have been; fewer where nothing came any more
 */
guint64
tpt_bench_streams_read (TptBenchStreams     *self,
                        guint64              events,
                        TptBenchStreamsFunc  func,
                        gpointer             user_data)
{
  return read_until (self, &self->events, events, func, user_data);
}

void
tpt_bench_streams_free (TptBenchStreams *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->streams);
  close (self->epoll);
  g_free (self->bytes);
  g_free (self);
}
