/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-load.h"

#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define ANSWER_MAX 4096
#define EVENTS_MAX 256
#define GIVE_UP_MILLISECONDS 10000

/* A client on one connection, which asks again when it has its answer. */
typedef struct
{
  int     fd;
  double  asked_at;
  gsize   got;
  char    answer[ANSWER_MAX + 1];
} Client;

typedef struct
{
  const TptBenchWebhooks *webhooks;
  guint                   first;
  guint                   next;
  guint                   end;
  double                  start;
  double                  interval; /* milliseconds between two requests; 0 as fast as it goes */
  guint                   open;     /* requests without an answer */
  GPtrArray              *idle;     /* clients with nothing to do */
  TptBenchLoad           *result;
} Run;

/* Blocking until the server has it; the socket does not block from then on. */
int
tpt_bench_load_connect (guint16 port)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int one = 1;
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons (port), .sin_addr = { htonl (INADDR_LOOPBACK) },
  };

  g_assert_cmpint (fd, >=, 0);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    g_error ("Port %u: %s", port, g_strerror (errno));
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);

  return fd;
}

/* A request of 3 KB fits into an empty socket, so this never waits. */
static void
ask (Run    *run,
     Client *client,
     double  due)
{
  gsize length;
  const char *bytes = tpt_bench_webhooks_get (run->webhooks, run->next++, &length);

  client->asked_at = due;
  client->got = 0;
  run->open++;
  if (send (client->fd, bytes, length, MSG_NOSIGNAL) != (gssize) length)
    g_error ("A request was not sent: %s", g_strerror (errno));
}

/* Returns: whether the whole answer is there */
static gboolean
is_complete (const Client *client)
{
  const char *end = strstr (client->answer, "\r\n\r\n");
  const char *field = strcasestr (client->answer, "\r\nContent-Length:");
  gsize length = 0;

  if (end == NULL)
    return FALSE;
  if (field != NULL && field < end)
    length = (gsize) g_ascii_strtoull (field + 17, NULL, 10);

  return client->got >= (gsize) (end + 4 - client->answer) + length;
}

static void
take_answer (Run    *run,
             Client *client)
{
  TptBenchLoad *result = run->result;
  double now = tpt_bench_get_wall ();

  run->open--;
  if (strncmp (client->answer, "HTTP/1.1 20", 11) == 0)
    {
      result->good++;
      tpt_bench_series_add (result->latencies, now - client->asked_at);
    }
  else
    {
      if (result->bad++ == 0)
        g_print ("The first refusal: %.200s\n", client->answer);
    }
}

static void
read_some (Run    *run,
           Client *client)
{
  gssize got = recv (client->fd, client->answer + client->got, ANSWER_MAX - client->got,
                     MSG_DONTWAIT);

  if (got < 0 && errno == EAGAIN)
    return;
  if (got <= 0)
    g_error ("A connection was closed: %s", got < 0 ? g_strerror (errno) : "by the server");
  client->got += (gsize) got;
  client->answer[client->got] = '\0';
  if (!is_complete (client))
    return;
  take_answer (run, client);
  if (run->interval == 0 && run->next < run->end)
    ask (run, client, tpt_bench_get_wall ());
  else
    g_ptr_array_add (run->idle, client);
}

/* Asks what is due; a request that finds no free client waits, and its clock runs. Returns: how
 * many milliseconds until the next is due */
static double
ask_due (Run *run)
{
  double now = tpt_bench_get_wall ();

  while (run->next < run->end && run->idle->len > 0)
    {
      double due = run->interval == 0 ? now
                                      : run->start + run->interval * (run->next - run->first);

      if (due > now)
        return due - now;
      ask (run, g_ptr_array_steal_index_fast (run->idle, run->idle->len - 1), due);
    }

  return GIVE_UP_MILLISECONDS;
}

static void
drive (Run *run,
       int  epoll)
{
  struct epoll_event events[EVENTS_MAX];

  while (run->next < run->end || run->open > 0)
    {
      double pause = ask_due (run);
      struct timespec timeout = { (time_t) (pause / 1000), (long) (fmod (pause, 1000) * 1000000) };
      int count = epoll_pwait2 (epoll, events, EVENTS_MAX, &timeout, NULL);

      if (count < 0 && errno != EINTR)
        g_error ("epoll: %s", g_strerror (errno));
      if (count == 0 && run->open > 0 && run->next == run->end)
        break;
      for (int i = 0; i < count; i++)
        read_some (run, events[i].data.ptr);
    }
  run->result->bad += run->open;
}

static void
client_free (gpointer data)
{
  Client *client = data;

  close (client->fd);
  g_free (client);
}

static guint
count_ports (const guint16 *ports)
{
  guint count = 0;

  while (ports[count] != 0)
    count++;

  return count;
}

/**
 * tpt_bench_load_run:
 * @ports: (array zero-terminated=1): the connections are spread over them
 * @first: of @webhooks, of which @count are sent
 * @connections: all open before the clock starts; each has one request under way
 * @rate: requests a second; 0 for as fast as the answers come
 * @start: when the first is due, by tpt_bench_get_wall (); 0 for now
 */
TptBenchLoad *
tpt_bench_load_run (const guint16          *ports,
                    const TptBenchWebhooks *webhooks,
                    guint                   first,
                    guint                   count,
                    guint                   connections,
                    double                  rate,
                    double                  start)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (client_free);
  g_autoptr (GPtrArray) idle = g_ptr_array_new ();
  TptBenchLoad *result = g_new0 (TptBenchLoad, 1);
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  Run run = { webhooks, first, first, first + count, 0, rate > 0 ? 1000 / rate : 0, 0, idle,
              result };

  g_assert_cmpuint (first + count, <=, tpt_bench_webhooks_size (webhooks));
  result->latencies = tpt_bench_series_new ();
  for (guint i = 0; i < connections; i++)
    {
      Client *client = g_new0 (Client, 1);
      struct epoll_event event = { .events = EPOLLIN, .data = { .ptr = client } };

      client->fd = tpt_bench_load_connect (ports[i % count_ports (ports)]);
      g_assert_cmpint (epoll_ctl (epoll, EPOLL_CTL_ADD, client->fd, &event), ==, 0);
      g_ptr_array_add (clients, client);
      g_ptr_array_add (idle, client);
    }
  run.start = start > 0 ? start : tpt_bench_get_wall ();
  drive (&run, epoll);
  result->seconds = (tpt_bench_get_wall () - run.start) / 1000;
  close (epoll);

  return result;
}

/* Good answers a second. */
double
tpt_bench_load_rate (const TptBenchLoad *self)
{
  return self->good / self->seconds;
}

void
tpt_bench_load_print (const TptBenchLoad *self,
                      const char         *what)
{
  tpt_bench_print (what, tpt_bench_load_rate (self), "a second");
  if (self->good > 0)
    tpt_bench_series_print (self->latencies, "  each", "ms");
  if (self->bad > 0)
    tpt_bench_print ("  not answered with 200", self->bad, "times");
}

void
tpt_bench_load_free (TptBenchLoad *self)
{
  if (self == NULL)
    return;
  tpt_bench_series_free (self->latencies);
  g_free (self);
}
