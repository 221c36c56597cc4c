/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>

#include "tpt-bench-desk.h"
#include "tpt-bench-program.h"
#include "tpt-bench-replay.h"
#include "tpt-bench.h"
#include "tpt-sweep-pace.h"
#include "tpt-test.h"

#define ROUNDS 5
#define AT_ONCE TPT_SWEEP_PACE_WIDEST
#define TOKEN "sandbox-pat"

/* Who does not say who he is gets no answer from the service but a refusal, which costs little. */
#define AGENT "Bench/1"

/* Where the service of the large one is: in the next room, where the real one takes ten times as
 * long, and next to it. At once: where it takes nearly no time and nothing of the processor, so
 * that no network hides what the sync adds. Crowded: the stand-in itself, which fills a core; with
 * fewer than three for service, client and store it is scheduling that is measured. */
typedef struct
{
  const char *mode;
  const char *what;
  const char *faults;
  guint rounds;
  gboolean is_replayed;    /* from nginx, instead of the stand-in */
  guint least_cores;       /* for its bound to count */
} Distance;

static const Distance distances[] = {
  { "large", "first-sync-large: answers after 10 ms", "{\"rules\":[{\"delay_ms\":10}]}", 2, FALSE,
    0 },
  { "large-near", "first-sync-large: answers after 1 ms", "{\"rules\":[{\"delay_ms\":1}]}", 3,
    FALSE, 0 },
  { "large-at-once", "first-sync-large: answers at once", "{\"rules\":[]}", 7, TRUE, 0 },
  { "large-crowded", "first-sync-large: crowded", "{\"rules\":[]}", 5, FALSE, 3 },
};

/* The first sync of a new desk: everything is fetched, parsed, matched and written, sealed, into a
 * database on the disk. The yardstick is a loop of libsoup that throws everything away.
 *
 * The same resources: the addresses, with their queries, that the service says this sync asked it
 * for, in the order in which it did. The same concurrency: as many under way at any time as the
 * sweep has at most, on as many connections; the loop always has so many, while the sweep cannot
 * ask for what no page has told it of yet. */
typedef struct
{
  SoupSession *session;
  const char *api;
  GPtrArray *paths;        /* of what the sync has asked for */
  guint at_once;
  guint next;
  guint under_way;
  gboolean done;
} Loop;

static void ask (Loop *loop);

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Loop *loop = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
    soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (
                      soup_session_get_async_result_message (SOUP_SESSION (source), result)),
                    ==, SOUP_STATUS_OK);
  g_assert_cmpuint (g_bytes_get_size (body), >, 0);
  loop->under_way--;
  ask (loop);
}

static void
ask (Loop *loop)
{
  while (loop->under_way < loop->at_once && loop->next < loop->paths->len)
    {
      g_autofree char *url =
        g_strconcat (loop->api, g_ptr_array_index (loop->paths, loop->next++), NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    "Bearer " TOKEN);
      loop->under_way++;
      soup_session_send_and_read_async (loop->session, message, G_PRIORITY_DEFAULT, NULL,
                                        answered_cb, loop);
    }
  loop->done = loop->under_way == 0;
}

static void
fetch (const char     *api,
       GPtrArray      *paths,
       guint           at_once,
       TptBenchSeries *wall,
       TptBenchSeries *cpu)
{
  g_autoptr (SoupSession) session =
    soup_session_new_with_options ("max-conns", at_once, "max-conns-per-host", at_once,
                                   "user-agent", AGENT, NULL);
  Loop loop = { .session = session, .api = api, .paths = paths, .at_once = at_once };
  double start = tpt_bench_get_wall ();
  double used = tpt_bench_get_cpu ();

  ask (&loop);
  /* With slow answers this takes as long as it takes: the benchmark as a whole has a limit. */
  while (!loop.done)
    g_main_context_iteration (NULL, TRUE);
  tpt_bench_series_add (cpu, tpt_bench_get_cpu () - used);
  tpt_bench_series_add (wall, tpt_bench_get_wall () - start);
}

/* What the service was asked for since its list was emptied. */
static GPtrArray *
list_requests (SoupSession *session,
               const char  *control)
{
  g_autofree char *url = g_strconcat (control, "/requests", NULL);
  g_autoptr (GBytes) body = tpt_bench_request (session, "GET", url, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  JsonArray *requests;

  json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                              (gssize) g_bytes_get_size (body), &error);
  g_assert_no_error (error);
  requests = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                           "requests");
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);
      const char *query = json_object_get_string_member_with_default (request, "query", NULL);

      g_assert_cmpstr (json_object_get_string_member (request, "method"), ==, "GET");
      g_ptr_array_add (paths, g_strconcat (json_object_get_string_member (request, "path"),
                                           query != NULL && *query != '\0' ? "?" : NULL, query,
                                           NULL));
    }

  return paths;
}

/* Returns: how many requests it took */
static guint
sync_once (SoupSession    *session,
           const char     *control,
           TptBenchSeries *wall,
           TptBenchSeries *cpu)
{
  g_autofree char *requests = g_strconcat (control, "/requests", NULL);
  g_autofree char *list = g_strconcat (control, "/customers.csv", NULL);
  g_autoptr (GBytes) customers = tpt_bench_request (session, "GET", list, NULL, NULL);
  g_autoptr (GBytes) emptied = NULL;
  TptServices *desk = tpt_bench_desk_open ();
  double start, used;
  guint count;

  tpt_bench_desk_connect (desk, TOKEN);
  tpt_bench_desk_import (desk, customers);
  emptied = tpt_bench_request (session, "DELETE", requests, NULL, NULL);
  start = tpt_bench_get_wall ();
  used = tpt_bench_get_cpu ();
  count = tpt_bench_desk_sync (desk);
  tpt_bench_series_add (cpu, tpt_bench_get_cpu () - used);
  tpt_bench_series_add (wall, tpt_bench_get_wall () - start);
  tpt_bench_desk_close (desk);

  return count;
}

static void
report (TptBenchSeries *wall,
        TptBenchSeries *cpu,
        TptBenchSeries *loop_wall,
        TptBenchSeries *loop_cpu)
{
  double own = tpt_bench_series_get_quantile (cpu, 0.5);

  tpt_bench_series_print (wall, "first-sync: the sync", "ms");
  tpt_bench_series_print (cpu, "first-sync: the sync, own processor", "ms");
  tpt_bench_series_print (loop_wall, "first-sync: yardstick, the loop", "ms");
  tpt_bench_series_print (loop_cpu, "first-sync: yardstick, the loop's processor", "ms");
  tpt_bench_print ("first-sync: processor against the loop's processor",
                   own / tpt_bench_series_get_quantile (loop_cpu, 0.5), "times");
  tpt_bench_judge ("first-sync: processor against the loop's time",
                   own / tpt_bench_series_get_quantile (loop_wall, 0.5), 1, "times");
}

static void
measure (TptBenchProgram *sandbox)
{
  const char *api = tpt_bench_program_get (sandbox, "api");
  const char *control = tpt_bench_program_get (sandbox, "control");
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (TptBenchSeries) wall = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) cpu = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) loop_wall = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) loop_cpu = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) many_wall = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) many_cpu = tpt_bench_series_new ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) paths = NULL;

      sync_once (session, control, wall, cpu);
      paths = list_requests (session, control);
      fetch (api, paths, 1, loop_wall, loop_cpu);
      fetch (api, paths, AT_ONCE, many_wall, many_cpu);
    }
  tpt_bench_series_print (many_wall, "first-sync: for comparison, the loop six at a time", "ms");
  tpt_bench_series_print (many_cpu, "first-sync: its processor", "ms");
  report (wall, cpu, loop_wall, loop_cpu);
}

/* Has a sync before those that count ask the stand-in, whose answers another service repeats. What
 * a later one asks for must be the same. */
static TptBenchReplay *
replay (SoupSession     *session,
        TptBenchProgram *sandbox,
        GPtrArray      **paths)
{
  const char *control = tpt_bench_program_get (sandbox, "control");
  g_autoptr (TptBenchSeries) wall = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) cpu = tpt_bench_series_new ();
  guint count = sync_once (session, control, wall, cpu);
  TptBenchReplay *answers;

  *paths = list_requests (session, control);
  g_assert_cmpuint ((*paths)->len, ==, count);
  answers = tpt_bench_replay_new (session, tpt_bench_program_get (sandbox, "api"), TOKEN, *paths);
  tpt_bench_desk_set_urls (tpt_bench_replay_get_api (answers),
                           tpt_bench_program_get (sandbox, "auth"));

  return answers;
}

static void
compare_medians (const Distance *distance,
                 TptBenchSeries *wall,
                 TptBenchSeries *loop_wall)
{
  g_autofree char *loop_what = g_strconcat (distance->what, ": yardstick, the loop", NULL);
  g_autofree char *ratio_what = g_strconcat (distance->what, ": against the loop", NULL);
  double ratio = tpt_bench_series_get_quantile (wall, 0.5)
                 / tpt_bench_series_get_quantile (loop_wall, 0.5);

  tpt_bench_series_print (wall, distance->what, "ms");
  tpt_bench_series_print (loop_wall, loop_what, "ms");
  if (g_get_num_processors () >= distance->least_cores)
    tpt_bench_judge (ratio_what, ratio, 1.3, "times");
  else
    tpt_bench_print (ratio_what, ratio, "times (no bound: fewer than three cores)");
}

/* How much longer the sync takes than as many questions at once whose answers nobody reads. */
static void
compare_walls (TptBenchProgram *sandbox,
               const Distance  *distance)
{
  const char *api = tpt_bench_program_get (sandbox, "api");
  const char *control = tpt_bench_program_get (sandbox, "control");
  g_autofree char *url = g_strconcat (control, "/faults", NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("user-agent", AGENT, NULL);
  g_autoptr (TptBenchSeries) wall = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) cpu = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) loop_wall = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) loop_cpu = tpt_bench_series_new ();
  g_autoptr (GPtrArray) recorded = NULL;
  g_autoptr (TptBenchReplay) answers =
    distance->is_replayed ? replay (session, sandbox, &recorded) : NULL;

  g_bytes_unref (tpt_bench_request (session, "PUT", url, NULL, distance->faults));
  for (guint i = 0; i < distance->rounds; i++)
    {
      guint count = sync_once (session, control, wall, cpu);
      g_autoptr (GPtrArray) paths =
        recorded != NULL ? g_ptr_array_ref (recorded) : list_requests (session, control);

      g_assert_cmpuint (paths->len, ==, count);
      fetch (answers != NULL ? tpt_bench_replay_get_api (answers) : api, paths, AT_ONCE, loop_wall,
             loop_cpu);
    }
  compare_medians (distance, wall, loop_wall);
}

/* Returns: (nullable): %NULL: the small one */
static const Distance *
find_distance (const char *mode)
{
  for (gsize i = 0; i < G_N_ELEMENTS (distances); i++)
    {
      if (g_strcmp0 (distances[i].mode, mode) == 0)
        return &distances[i];
    }

  return NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = tpt_bench_desk_make_home ();
  const Distance *distance = find_distance (argc > 1 ? argv[1] : NULL);
  const char *const arguments[] = {
    g_getenv ("TPT_SANDBOX"), "--customers=50",
    distance != NULL ? "--meetings=10000" : "--meetings=2000",
    "--own-share=100", "--rate-limit=0", NULL,
  };
  TptBenchProgram *sandbox = tpt_bench_program_start (arguments);

  tpt_bench_desk_set_urls (tpt_bench_program_get (sandbox, "api"),
                           tpt_bench_program_get (sandbox, "auth"));
  if (distance != NULL)
    compare_walls (sandbox, distance);
  else
    measure (sandbox);
  tpt_bench_program_stop (sandbox);
  tpt_test_remove_dir (home);

  return tpt_bench_get_status ();
}
