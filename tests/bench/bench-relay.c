/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tpt-bench-load.h"
#include "tpt-bench-peer.h"
#include "tpt-bench-site.h"

#define DEVICES 100
#define WARM_UP 2000
#define REQUESTS 60000
#define ALONE 5000
#define SLOW 12000
#define CLIENTS 64
#define BY_WRK 60000

/* Webhooks that are on the disk before they are answered, beside what does less or what somebody
 * would write without thinking about it. Server and generator share the machine. */

static TptBenchLoad *
load (guint16                 port,
      const TptBenchWebhooks *webhooks,
      guint                   first,
      guint                   count,
      guint                   connections)
{
  TptBenchLoad *result = tpt_bench_load_run ((const guint16[]) { port, 0 }, webhooks, first, count,
                                             connections, 0, 0);

  g_assert_cmpuint (result->bad, ==, 0);

  return result;
}

static double
measure_peer (TptBenchPeer           *peer,
              const TptBenchWebhooks *webhooks,
              guint                   count,
              const char             *what)
{
  guint16 port = tpt_bench_peer_get_port (peer);
  g_autoptr (TptBenchLoad) warm = load (port, webhooks, 0, MIN (WARM_UP, count / 4), CLIENTS);
  g_autoptr (TptBenchLoad) result = load (port, webhooks, warm->good, count - warm->good, CLIENTS);

  tpt_bench_load_print (result, what);

  return tpt_bench_load_rate (result);
}

static double
measure_peers (const TptBenchWebhooks *webhooks,
               double                  relay)
{
  g_autoptr (TptBenchPeer) soup = tpt_bench_peer_new_soup ();
  g_autoptr (TptBenchPeer) nchan = tpt_bench_peer_new_nchan ();
  g_autoptr (TptBenchPeer) node = tpt_bench_peer_new_node ();
  double rate = measure_peer (soup, webhooks, REQUESTS,
                              "relay: bare SoupServer, signature only, 64 clients");

  tpt_bench_judge_least ("relay: against the bare SoupServer", relay / rate, 0.5, "times");
  if (nchan != NULL)
    measure_peer (nchan, webhooks, REQUESTS, "relay: nginx and nchan, nothing checked or kept");
  if (node != NULL)
    tpt_bench_judge_least ("relay: against node, a transaction a request",
                           relay / measure_peer (node, webhooks, SLOW,
                                                 "relay: node and better-sqlite3, 64 clients"),
                           3, "times");

  return rate;
}

/* Into memory: the disk is the relay's. Returns: a descriptor */
static int
write_requests (const TptBenchWebhooks *webhooks,
                guint                   first,
                guint                   count)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int fd = memfd_create ("requests", MFD_CLOEXEC);
  gsize length;

  for (guint i = first; i < first + count; i++)
    {
      tpt_bench_webhooks_get (webhooks, i, &length);
      g_string_append_printf (text, "%" G_GSIZE_FORMAT " ", length);
    }
  g_string_append_c (text, '\n');
  for (guint i = first; i < first + count; i++)
    {
      const char *bytes = tpt_bench_webhooks_get (webhooks, i, &length);

      g_string_append_len (text, bytes, (gssize) length);
    }
  g_assert_cmpint (write (fd, text->str, text->len), ==, text->len);

  return fd;
}

/* The same by somebody else's generator, which begins again where the requests are not enough; then
 * some are asked for twice. */
static void
ask_wrk (guint16                 port,
         const TptBenchWebhooks *webhooks,
         guint                   first,
         guint                   count)
{
  g_autofree char *wrk = g_find_program_in_path ("wrk");
  g_autofree char *requests = NULL;
  g_autofree char *url = NULL;
  g_autofree char *output = NULL;
  int fd;

  if (wrk == NULL)
    {
      g_print ("relay: wrk is not here, its row is left out\n");
      return;
    }
  fd = write_requests (webhooks, first, count);
  requests = g_strdup_printf ("/proc/%d/fd/%d", getpid (), fd);
  url = g_strdup_printf ("http://127.0.0.1:%u" TPT_BENCH_SITE_PATH, port);
  output = tpt_bench_program_read ((const char *const[]) {
    wrk, "-t", "1", "-c", "64", "-d", "2", "-s", g_getenv ("TPT_BENCH_WRK"), url, "--", requests,
    NULL });
  g_print ("relay: durable webhooks by wrk: %s\n", strrchr (output, '\n') + 1);
  close (fd);
}

static double
measure_relay (const TptBenchWebhooks *webhooks)
{
  g_autoptr (TptBenchSite) site = tpt_bench_site_new (DEVICES);
  g_autoptr (TptBenchLoad) warm = NULL;
  g_autoptr (TptBenchLoad) many = NULL;
  g_autoptr (TptBenchLoad) alone = NULL;

  tpt_bench_site_start (site);
  warm = load (tpt_bench_site_get_port (site), webhooks, 0, WARM_UP, CLIENTS);
  many = load (tpt_bench_site_get_port (site), webhooks, WARM_UP, REQUESTS, CLIENTS);
  alone = load (tpt_bench_site_get_port (site), webhooks, WARM_UP + REQUESTS, ALONE, 1);
  ask_wrk (tpt_bench_site_get_port (site), webhooks, WARM_UP + REQUESTS + ALONE, BY_WRK);
  tpt_bench_load_print (many, "relay: durable webhooks, 64 clients");
  tpt_bench_judge_least ("relay: durable webhooks, 64 clients", tpt_bench_load_rate (many), 10000,
                         "a second");
  tpt_bench_judge ("relay: durable webhooks, 64 clients, p99",
                   tpt_bench_series_get_quantile (many->latencies, 0.99), 25, "ms");
  tpt_bench_load_print (alone, "relay: durable webhooks, one client");
  tpt_bench_judge ("relay: durable webhooks, one client, p50",
                   tpt_bench_series_get_quantile (alone->latencies, 0.5), 1, "ms");

  return tpt_bench_load_rate (many);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TptBenchWebhooks) webhooks = NULL;

  tpt_bench_be_quiet ();
  webhooks = tpt_bench_webhooks_new (TPT_BENCH_SITE_PATH, TPT_BENCH_SITE_KEY,
                                     WARM_UP + REQUESTS + ALONE + BY_WRK, DEVICES);
  measure_peers (webhooks, measure_relay (webhooks));

  return tpt_bench_get_status ();
}
