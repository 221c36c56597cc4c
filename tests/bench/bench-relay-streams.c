/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tpt-bench-load.h"
#include "tpt-bench-site.h"
#include "tpt-bench-streams.h"

#define RECEIVERS 100
#define CLIENTS 64
#define IDLE 5000
#define IDLE_TURNS 8
#define IDLE_REQUESTS 20000
#define FAN_STREAMS 1000
#define FAN_EVENTS 100000
#define DRAIN_EVENTS 100000
#define ACK_EVERY 128
#define PACE 500
#define PACE_REQUESTS 3000
#define RESTART_EVENTS 1000000

/* What desktops have of the relay: streams that wait, events that reach them, and what waited while
 * they were away. Server and clients share the machine. */

static double
measure_rate (TptBenchSite           *site,
              const TptBenchWebhooks *webhooks,
              guint                   first)
{
  const guint16 ports[] = { tpt_bench_site_get_port (site), 0 };
  g_autoptr (TptBenchLoad) load = tpt_bench_load_run (ports, webhooks, first, IDLE_REQUESTS,
                                                      CLIENTS, 0, 0);

  g_assert_cmpuint (load->bad, ==, 0);

  return tpt_bench_load_rate (load);
}

/* The same webhooks without and with thousands of streams that nothing is for: without, with, with,
 * without, and again, for the journal grows meanwhile. */
static void
measure_idle (const TptBenchWebhooks *webhooks)
{
  g_autoptr (TptBenchSite) site = tpt_bench_site_new (RECEIVERS + IDLE);
  g_autoptr (TptBenchStreams) streams = NULL;
  double growth = 0;
  double rates[2] = { 0, 0 };

  tpt_bench_site_start (site);
  for (guint i = 0; i < IDLE_TURNS; i++)
    {
      gboolean with = i % 4 == 1 || i % 4 == 2;
      double before = tpt_bench_site_get_resident (site);

      if (with && streams == NULL)
        streams = tpt_bench_streams_open (tpt_bench_site_get_port (site), RECEIVERS, IDLE);
      if (!with)
        g_clear_pointer (&streams, tpt_bench_streams_free);
      if (i == 1)
        growth = tpt_bench_site_get_resident (site) - before;
      rates[with] += measure_rate (site, webhooks, i * IDLE_REQUESTS) * 2 / IDLE_TURNS;
    }

  tpt_bench_judge ("relay: resident memory of a stream", growth / IDLE, 2, "KB");
  tpt_bench_print ("relay: webhooks without idle streams", rates[FALSE], "a second");
  tpt_bench_print ("relay: webhooks with 5,000 idle streams", rates[TRUE], "a second");
  tpt_bench_judge ("relay: slower by 5,000 idle streams", 100 * (1 - rates[TRUE] / rates[FALSE]),
                   15, "%");
}

/* All desktops come back at once, and events wait for each. */
static void
measure_fan_out (void)
{
  g_autoptr (TptBenchSite) site = tpt_bench_site_new (FAN_STREAMS);
  g_autoptr (TptBenchStreams) streams = NULL;
  double start, seconds;

  tpt_bench_site_queue (site, FAN_EVENTS, FAN_STREAMS);
  tpt_bench_site_start (site);
  start = tpt_bench_get_wall ();
  streams = tpt_bench_streams_open (tpt_bench_site_get_port (site), 0, FAN_STREAMS);
  g_assert_cmpuint (tpt_bench_streams_read (streams, FAN_EVENTS, NULL, NULL), ==, FAN_EVENTS);
  seconds = (tpt_bench_get_wall () - start) / 1000;
  tpt_bench_judge_least ("relay: fan-out to 1,000 streams, with their opening",
                         FAN_EVENTS / seconds, 100000, "a second");
}

/* The k-th event of a device was the k-th that was asked for it, for the next is asked for long
 * after. */
typedef struct
{
  double           start;
  TptBenchSeries  *latencies;
  TptBenchStreams *streams;
} Paced;

static void
arrived_cb (guint       device,
            guint       index,
            const char *id,
            gpointer    user_data)
{
  Paced *paced = user_data;
  double due = paced->start + 1000.0 / PACE * (index * RECEIVERS + device);

  tpt_bench_series_add (paced->latencies, tpt_bench_get_wall () - due);
}

static gpointer
read_paced (gpointer data)
{
  Paced *paced = data;

  g_assert_cmpuint (tpt_bench_streams_read (paced->streams, PACE_REQUESTS, arrived_cb, paced), ==,
                    PACE_REQUESTS);

  return NULL;
}

static void
measure_paced (const TptBenchWebhooks *webhooks,
               guint                   first)
{
  g_autoptr (TptBenchSite) site = tpt_bench_site_new (RECEIVERS);
  g_autoptr (TptBenchStreams) streams = NULL;
  g_autoptr (TptBenchSeries) latencies = tpt_bench_series_new ();
  g_autoptr (TptBenchLoad) load = NULL;
  Paced paced = { 0, latencies, NULL };
  GThread *thread;

  tpt_bench_site_start (site);
  streams = tpt_bench_streams_open (tpt_bench_site_get_port (site), 0, RECEIVERS);
  paced.streams = streams;
  paced.start = tpt_bench_get_wall () + 100;
  thread = g_thread_new ("streams", read_paced, &paced);
  load = tpt_bench_load_run ((const guint16[]) { tpt_bench_site_get_port (site), 0 }, webhooks,
                             first, PACE_REQUESTS, CLIENTS, PACE, paced.start);
  g_thread_join (thread);
  g_assert_cmpuint (load->bad, ==, 0);
  tpt_bench_series_print (load->latencies, "relay: 500 webhooks a second, POST to 200", "ms");
  tpt_bench_series_print (latencies, "relay: 500 webhooks a second, POST to desktop", "ms");
  tpt_bench_judge ("relay: POST to desktop, p50",
                   tpt_bench_series_get_quantile (latencies, 0.5), 1, "ms");
  tpt_bench_judge ("relay: POST to desktop, p99",
                   tpt_bench_series_get_quantile (latencies, 0.99), 10, "ms");
}

/* A connection that acknowledges, and does not wait for being told that it has. */
typedef struct
{
  int    fd;
  guint  acks;
  char  *token;
} Acker;

static void
acknowledge_cb (guint       device,
                guint       index,
                const char *id,
                gpointer    user_data)
{
  Acker *acker = user_data;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  char ignored[4096];

  if ((index + 1) % ACK_EVERY != 0)
    return;
  while (recv (acker->fd, ignored, sizeof ignored, MSG_DONTWAIT) > 0)
    ;
  body = g_strdup_printf ("{\"cursor\":\"%s\"}", id);
  text = g_strdup_printf ("POST /v1/events/ack HTTP/1.1\r\nHost: relay.example.com\r\n"
                          "Authorization: Bearer %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s", acker->token, strlen (body), body);
  g_assert_cmpint (send (acker->fd, text, strlen (text), MSG_NOSIGNAL), ==, strlen (text));
  acker->acks++;
}

/* One desktop comes back after a long time, and acknowledges as it goes. */
static void
measure_drain (void)
{
  g_autoptr (TptBenchSite) site = tpt_bench_site_new (1);
  g_autoptr (TptBenchStreams) streams = NULL;
  Acker acker = { -1, 0, tpt_bench_site_dup_token (0) };
  double start, seconds;

  tpt_bench_site_queue (site, DRAIN_EVENTS, 1);
  tpt_bench_site_start (site);
  acker.fd = tpt_bench_load_connect (tpt_bench_site_get_port (site));
  start = tpt_bench_get_wall ();
  streams = tpt_bench_streams_open (tpt_bench_site_get_port (site), 0, 1);
  g_assert_cmpuint (tpt_bench_streams_read (streams, DRAIN_EVENTS, acknowledge_cb, &acker), ==,
                    DRAIN_EVENTS);
  seconds = (tpt_bench_get_wall () - start) / 1000;
  tpt_bench_judge_least ("relay: drain of 100,000 events to one device", DRAIN_EVENTS / seconds,
                         20000, "a second");
  close (acker.fd);
  g_free (acker.token);
}

static void
measure_restart (void)
{
  g_autoptr (TptBenchSite) site = tpt_bench_site_new (RECEIVERS);
  double start, started, stopped;

  tpt_bench_site_queue (site, RESTART_EVENTS, RECEIVERS);
  start = tpt_bench_get_wall ();
  tpt_bench_site_start (site);
  started = tpt_bench_get_wall ();
  tpt_bench_site_stop (site);
  stopped = tpt_bench_get_wall ();
  tpt_bench_print ("relay: ready with 1,000,000 events waiting", started - start, "ms");
  tpt_bench_judge ("relay: stop and start with 1,000,000 events waiting", stopped - start, 2000,
                   "ms");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TptBenchWebhooks) webhooks = NULL;

  tpt_bench_be_quiet ();
  webhooks = tpt_bench_webhooks_new (TPT_BENCH_SITE_PATH, TPT_BENCH_SITE_KEY,
                                     IDLE_TURNS * IDLE_REQUESTS + PACE_REQUESTS, RECEIVERS);
  measure_idle (webhooks);
  measure_paced (webhooks, IDLE_TURNS * IDLE_REQUESTS);
  measure_fan_out ();
  measure_drain ();
  measure_restart ();

  return tpt_bench_get_status ();
}
