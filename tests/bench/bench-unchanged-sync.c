/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>

#include "tpt-bench-desk.h"
#include "tpt-bench-program.h"
#include "tpt-bench.h"
#include "tpt-test.h"

#define ROUNDS 9
#define TOKEN "sandbox-pat"
#define PAGE 100

/* Event types may be looked at as well, where they are no longer fresh: one page of them. Once a
 * day, so are who the account is, its role, its organization and who else is a member of that. */
#define OTHERS 1
#define DAILY_OTHERS (OTHERS + 4)

/* Milliseconds of processor. */
#define MAX_USED 150

/* A sync of a record of ten thousand meetings that finds them as they were: it takes their pages
 * and nothing else, and so little of the processor that nobody notices it every 45 seconds;
 * nor the daily one, which looks at all of them. */

typedef struct
{
  guint pages;
  guint others;
} Asked;

static void
count (SoupSession *session,
       const char  *requests,
       Asked       *asked)
{
  g_autoptr (GBytes) body = tpt_bench_request (session, "GET", requests, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *list;

  json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                              (gssize) g_bytes_get_size (body), &error);
  g_assert_no_error (error);
  list = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                       "requests");
  asked->pages = asked->others = 0;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *request = json_array_get_object_element (list, i);

      if (g_str_equal (json_object_get_string_member (request, "path"), "/scheduled_events"))
        asked->pages++;
      else
        asked->others++;
    }
}

/* Returns: how many were looked at */
static guint
sync_once (TptServices *desk,
           gboolean     is_full)
{
  TptSyncOptions options = { .full = is_full };
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_engine_sync_async (desk->engine, &options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  report = tpt_engine_sync_finish (desk->engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->created + report->updated, ==, 0);

  return report->unchanged;
}

/* Returns: the median of the processor's time */
static double
measure (TptServices *desk,
         SoupSession *session,
         const char  *control,
         gboolean     is_full)
{
  g_autofree char *requests = g_strconcat (control, "/requests", NULL);
  g_autoptr (TptBenchSeries) wall = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) cpu = tpt_bench_series_new ();
  guint meetings = 0;
  int surplus = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      double start, used;
      Asked asked;

      g_bytes_unref (tpt_bench_request (session, "DELETE", requests, NULL, NULL));
      start = tpt_bench_get_wall ();
      used = tpt_bench_get_cpu ();
      meetings = sync_once (desk, is_full);
      tpt_bench_series_add (cpu, tpt_bench_get_cpu () - used);
      tpt_bench_series_add (wall, tpt_bench_get_wall () - start);
      count (session, requests, &asked);
      /* The daily one is three sweeps, each with a last page of its own. */
      surplus = MAX (surplus, (int) asked.pages - (int) ((meetings + PAGE - 1) / PAGE)
                                - (is_full ? 2 : 0)
                                + MAX ((int) asked.others - (is_full ? DAILY_OTHERS : OTHERS), 0));
    }
  tpt_bench_print (is_full ? "unchanged-sync: looked at by the daily one"
                           : "unchanged-sync: looked at",
                   meetings, "meetings");
  tpt_bench_series_print (wall, is_full ? "unchanged-sync: the daily one" : "unchanged-sync: it",
                          "ms");
  tpt_bench_series_print (cpu,
                          is_full ? "unchanged-sync: its processor"
                                  : "unchanged-sync: own processor",
                          "ms");
  tpt_bench_judge ("unchanged-sync: requests beyond the pages", surplus, 0, "");

  return tpt_bench_series_get_quantile (cpu, 0.5);
}

static void
run (TptBenchProgram *sandbox)
{
  const char *control = tpt_bench_program_get (sandbox, "control");
  g_autoptr (SoupSession) session = soup_session_new ();
  TptServices *desk = tpt_bench_desk_open ();
  double used;

  tpt_bench_desk_connect (desk, TOKEN);
  tpt_bench_desk_sync (desk);
  used = measure (desk, session, control, TRUE);
  tpt_bench_judge ("unchanged-sync: processor of the daily one", used, MAX_USED, "ms");
  used = measure (desk, session, control, FALSE);
  tpt_bench_judge ("unchanged-sync: own processor", used, MAX_USED, "ms");
  tpt_bench_desk_close (desk);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = tpt_bench_desk_make_home ();
  const char *const arguments[] = {
    g_getenv ("TPT_SANDBOX"), "--customers=200", "--meetings=10000", "--own-share=100",
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
