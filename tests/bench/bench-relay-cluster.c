/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-postgres.h"
#include "tpt-bench-load.h"
#include "tpt-bench-site.h"

#define DEVICES 100
#define WARM_UP 2000
#define REQUESTS 30000
#define CLIENTS 64

/* Webhooks to two relays that share one PostgreSQL, which flushes before it says that it has
 * committed. All of it shares the machine. */

int
main (int    argc,
      char **argv)
{
  g_autoptr (Postgres) server = NULL;
  g_autoptr (TptBenchSite) here = NULL;
  g_autoptr (TptBenchSite) there = NULL;
  g_autoptr (TptBenchWebhooks) webhooks = NULL;
  g_autoptr (TptBenchLoad) warm = NULL;
  g_autoptr (TptBenchLoad) load = NULL;
  g_autofree char *journal = NULL;
  guint16 ports[3] = { 0 };

  tpt_bench_be_quiet ();
  server = postgres_new ();
  postgres_run (server, "CREATE DATABASE journal");
  journal = postgres_location (server, "journal");
  here = tpt_bench_site_new_shared (journal, DEVICES);
  there = tpt_bench_site_new_shared (journal, 0);
  tpt_bench_site_start (here);
  tpt_bench_site_start (there);
  ports[0] = tpt_bench_site_get_port (here);
  ports[1] = tpt_bench_site_get_port (there);
  webhooks = tpt_bench_webhooks_new (TPT_BENCH_SITE_PATH, TPT_BENCH_SITE_KEY, WARM_UP + REQUESTS,
                                     DEVICES);
  warm = tpt_bench_load_run (ports, webhooks, 0, WARM_UP, CLIENTS, 0, 0);
  load = tpt_bench_load_run (ports, webhooks, WARM_UP, REQUESTS, CLIENTS, 0, 0);
  g_assert_cmpuint (warm->bad + load->bad, ==, 0);
  tpt_bench_load_print (load, "relay: two relays on PostgreSQL, 64 clients");
  tpt_bench_judge_least ("relay: two relays on PostgreSQL, 64 clients", tpt_bench_load_rate (load),
                         8000, "a second");
  tpt_bench_site_stop (here);
  tpt_bench_site_stop (there);

  return tpt_bench_get_status ();
}
