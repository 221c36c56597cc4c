/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-desk.h"
#include "tpt-bench-program.h"
#include "tpt-bench.h"
#include "tpt-test.h"

#define TOKEN "sandbox-pat"
#define MEETINGS 100000

/* Some of what the company has is held by colleagues. */
#define OFFERED "104000"

/* Before this many, caches fill, the pace finds its width and every thread has its arena. */
#define WARM 10000
#define EVERY 5000

/* What an import may need more at one time than at another, in megabytes. */
#define MAX_SPREAD 20

/* The import of years of history, as somebody asks for it: page by page from the service over HTTP,
 * every event's invitees, into a sealed record on the disk. What it needs of memory depends on what
 * is under way, not on how many meetings have gone through; but for what the search, which is in
 * memory, keeps of each. */
typedef struct
{
  TptBenchSeries *memory;
  double least;
  double most;
  guint next;              /* at how many meetings memory is looked at again */
} Watch;

static void
changed_cb (TptHistoryImport *history,
            Watch            *watch)
{
  guint synced = tpt_history_import_get_progress (history)->synced;
  g_autofree char *what = NULL;
  double memory;

  if (synced < watch->next)
    return;

  memory = tpt_bench_get_memory ();
  what = g_strdup_printf ("import: memory, %u meetings taken in", synced);
  tpt_bench_print (what, memory, "MB");
  tpt_bench_series_add (watch->memory, memory);
  watch->least = watch->least > 0 ? MIN (watch->least, memory) : memory;
  watch->most = MAX (watch->most, memory);
  watch->next = (synced / EVERY + 1) * EVERY;
}

/* All there is, whenever it starts. Returns: how many meetings */
static guint
import (TptServices *desk,
        Watch       *watch)
{
  TptHistoryImport *history = tpt_engine_get_history (desk->engine);
  TptTime now = tpt_clock_now (desk->clock);
  TptTimeRange range = { now - 3 * 365 * TPT_DAY, now + 365 * TPT_DAY };
  gulong id = g_signal_connect (history, "changed", G_CALLBACK (changed_cb), watch);

  tpt_history_import_start (history, &range);
  /* As long as it takes: the benchmark as a whole has a limit. */
  while (tpt_history_import_get_state (history) == TPT_HISTORY_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (tpt_history_import_get_message (history), ==, NULL);
  g_assert_cmpint (tpt_history_import_get_state (history), ==, TPT_HISTORY_DONE);
  g_assert_cmpuint (tpt_history_import_get_report (history)->created, >=, MEETINGS);
  g_assert_cmpuint (tpt_history_import_get_report (history)->failed->len, ==, 0);
  g_signal_handler_disconnect (history, id);

  return tpt_history_import_get_report (history)->created;
}

static void
run (TptBenchProgram *sandbox)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *list = g_strconcat (tpt_bench_program_get (sandbox, "control"),
                                       "/customers.csv", NULL);
  g_autoptr (GBytes) customers = tpt_bench_request (session, "GET", list, NULL, NULL);
  g_autoptr (TptBenchSeries) memory = tpt_bench_series_new ();
  Watch watch = { .memory = memory, .next = WARM };
  TptServices *desk = tpt_bench_desk_open ();
  double start, taken;
  guint meetings;

  tpt_bench_desk_connect (desk, TOKEN);
  tpt_bench_desk_import (desk, customers);
  start = tpt_bench_get_wall ();
  meetings = import (desk, &watch);
  taken = tpt_bench_get_wall () - start;
  tpt_bench_print ("import: meetings", meetings, "");
  tpt_bench_print ("import: a second", meetings * 1000 / taken, "meetings");
  tpt_bench_series_print (memory, "import: memory", "MB");
  tpt_bench_print ("import: memory, least", watch.least, "MB");
  tpt_bench_print ("import: memory, most", watch.most, "MB");
  tpt_bench_judge ("import: memory, most beyond least", watch.most - watch.least, MAX_SPREAD,
                   "MB");
  tpt_bench_desk_close (desk);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = tpt_bench_desk_make_home ();
  const char *const arguments[] = {
    g_getenv ("TPT_SANDBOX"), "--customers=500", "--meetings=" OFFERED, "--own-share=100",
    "--rate-limit=0", NULL,
  };
  TptBenchProgram *sandbox = tpt_bench_program_start (arguments);

  tpt_bench_desk_set_urls (tpt_bench_program_get (sandbox, "api"),
                           tpt_bench_program_get (sandbox, "auth"));
  run (sandbox);
  tpt_bench_program_stop (sandbox);
  tpt_test_remove_dir (home);

  return tpt_bench_get_status ();
}
