/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-worker.h"

#include <stdio.h>

#include "tpt-restoration.h"
#include "tpt-test.h"

#define FROM "2024-03-04T00:00:00Z"
#define TO "2027-03-04T00:00:00Z"
#define KILLS 32
#define UNDER_WAY 16

/* Of so many that some of them are. */
#define SOME_UNREADABLE                                                                            \
  "{\"rules\":[{\"path\":\"/scheduled_events/*%s/invitees\",\"status\":404}%s]}"

/* What a worker said before it began. */
typedef struct
{
  ServicesWorker base;
  gint64 reached;
  guint stored;
  guint failed;
} Worker;

static void
worker_start (Worker     *self,
              const char *home)
{
  const char *line = services_worker_start (&self->base, home, "import", FROM, TO);

  g_assert_cmpint (sscanf (line, "begins %" G_GINT64_FORMAT " %u %u", &self->reached,
                           &self->stored, &self->failed),
                   ==, 3);
}

static char *
worker_finish (Worker     *self,
               const char *home)
{
  worker_start (self, home);

  return services_worker_finish (&self->base);
}

/* The invitees of events whose ids end in @end are not to be had. */
static void
make_unreadable (ServicesFixture *fixture,
                 const char      *end,
                 const char      *more)
{
  g_autofree char *faults = g_strdup_printf (SOME_UNREADABLE, end, more);

  services_fixture_ask (fixture, "PUT", "/faults", faults);
}

/* Killed at any point of two years' import, it goes on where it was and ends in the same record as
 * one that nobody disturbed, with the same last word; what is there is not asked for again, and
 * what was set aside neither. */
static void
test_import_killed (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autofree char *calm = tpt_test_make_dir ();
  g_autofree char *rough = tpt_test_make_dir ();
  g_autofree char *wanted = NULL;
  g_autofree char *got = NULL;
  g_autofree char *wanted_end = NULL;
  g_autofree char *got_end = NULL;
  Worker worker = { { NULL, NULL, NULL }, 0, 0, 0 };
  gint64 reached = 0;
  guint total, stored = 0;

  make_unreadable (fixture, "0f", "");
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  wanted_end = worker_finish (&worker, calm);
  total = services_fixture_count_requests (fixture, "/invitees");
  wanted = services_worker_dump (calm);
  g_assert_cmpuint (total, >, 1000);

  /* At least until there is something to go on from. */
  for (guint i = 0; i < KILLS || stored == 0; i++)
    {
      guint enough = (guint) g_test_rand_int_range (0, 180);

      services_fixture_ask (fixture, "DELETE", "/requests", NULL);
      worker_start (&worker, rough);
      g_assert_cmpint (worker.reached, >=, reached);
      g_assert_cmpuint (worker.stored, >=, stored);
      reached = worker.reached;
      stored = worker.stored;
      services_worker_kill (&worker.base, fixture, enough);
    }

  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  got_end = worker_finish (&worker, rough);
  g_test_message ("%u of %u meetings were there after %d kills", worker.stored, total, KILLS);
  g_assert_cmpuint (worker.stored, >, 0);
  g_assert_cmpuint (worker.stored, <, total);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==,
                    total - worker.stored - worker.failed);
  g_assert_false (g_str_has_suffix (wanted_end, " 0"));
  g_assert_cmpstr (got_end, ==, wanted_end);
  got = services_worker_dump (rough);
  g_assert_cmpstr (got, ==, wanted);
  tpt_test_remove_dir (calm);
  tpt_test_remove_dir (rough);
}

typedef struct
{
  TptHistoryImport *history;
  TptHistoryState state;
} Awaited;

static gboolean
is_in_state (gpointer user_data)
{
  Awaited *awaited = user_data;

  return tpt_history_import_get_state (awaited->history) == awaited->state;
}

static void
await_state (TptHistoryImport *history,
             TptHistoryState   state)
{
  Awaited awaited = { history, state };

  tpt_test_await_func (is_in_state, &awaited);
}

static gboolean
has_come_far (gpointer user_data)
{
  return tpt_history_import_get_progress (user_data)->synced >= 100;
}

static gboolean
has_come_further (gpointer user_data)
{
  return tpt_history_import_get_progress (user_data)->synced >= 200;
}

static gboolean
has_synced (gpointer user_data)
{
  return tpt_engine_get_last_sync (user_data) != TPT_TIME_NONE
         && tpt_engine_get_state (user_data) == TPT_ENGINE_IDLE;
}

static TptTimeRange
get_range (void)
{
  TptTimeRange range;

  g_assert_true (tpt_time_parse (FROM, &range.start, NULL));
  g_assert_true (tpt_time_parse (TO, &range.end, NULL));

  return range;
}

/* Each answer takes a while, so that there is a middle. */
static TptHistoryImport *
begin_despite (ServicesFixture *fixture,
               const char      *unreadable)
{
  TptTimeRange range = get_range ();
  TptHistoryImport *history = tpt_engine_get_history (fixture->services->engine);
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  make_unreadable (fixture, unreadable,
                   ",{\"path\":\"/scheduled_events/*\",\"delay_ms\":5}");
  tpt_history_import_start (history, &range);
  g_assert_cmpint (tpt_history_import_get_state (history), ==, TPT_HISTORY_RUNNING);
  tpt_test_await_func (has_come_far, history);

  return history;
}

static TptHistoryImport *
begin (ServicesFixture *fixture)
{
  return begin_despite (fixture, "no such end");
}

static void
check_report (TptHistoryImport *history,
              guint             created,
              guint             failed)
{
  TptSyncReport *report = tpt_history_import_get_report (history);

  g_assert_nonnull (report);
  g_assert_cmpuint (report->created, ==, created);
  g_assert_cmpuint (report->synced, ==, created);
  g_assert_cmpuint (report->updated + report->unchanged, ==, 0);
  g_assert_cmpuint (report->failed->len, ==, failed);
}

/* Paused, it asks for nothing; it goes on where it was and says at the end what it did. */
static void
test_import_pause (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  TptHistoryImport *history = begin (fixture);
  g_autoptr (GPtrArray) half = NULL;
  g_autoptr (GPtrArray) all = NULL;
  guint asked;

  tpt_history_import_pause (history);
  await_state (history, TPT_HISTORY_PAUSED);
  half = services_fixture_meetings (fixture);
  g_assert_cmpuint (half->len, >=, 100);

  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  tpt_history_import_resume (history);
  await_state (history, TPT_HISTORY_DONE);
  all = services_fixture_meetings (fixture);
  /* What was called off may have got there all the same. */
  asked = services_fixture_count_requests (fixture, "/invitees");
  g_assert_cmpuint (asked, >=, all->len - half->len);
  g_assert_cmpuint (asked, <=, all->len - half->len + UNDER_WAY);
  check_report (history, all->len, 0);
}

/* What it says at the end is about the whole range, also of what was set aside before a pause and,
 * after that, before the end of the program. */
static void
test_import_says_all (ServicesFixture *fixture,
                      gconstpointer    user_data)
{
  TptHistoryImport *history = begin_despite (fixture, "a");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (TptSyncReport) rest = NULL;
  g_autoptr (GError) error = NULL;
  guint before = tpt_history_import_get_progress (history)->failed;

  g_assert_cmpuint (before, >, 0);
  tpt_history_import_pause (history);
  await_state (history, TPT_HISTORY_PAUSED);
  tpt_history_import_resume (history);
  tpt_test_await_func (has_come_further, history);
  tpt_history_import_suspend (history);
  await_state (history, TPT_HISTORY_WAITING);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  history = tpt_engine_get_history (fixture->services->engine);
  tpt_history_import_load (history);
  await_state (history, TPT_HISTORY_WAITING);
  g_assert_cmpuint (tpt_history_import_get_progress (history)->synced, >=, 200);
  tpt_history_import_resume (history);
  await_state (history, TPT_HISTORY_DONE);

  all = services_fixture_meetings (fixture);
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  rest = services_fixture_sync (fixture, &(TptSyncOptions) { .range = get_range () }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->created, >, before);
  g_assert_cmpuint (rest->unchanged, ==, all->len);
  check_report (history, all->len, rest->created);
}

/* What is lost with the record has to come again: only that there is an import is in the backup. */
static void
test_import_restored (ServicesFixture *fixture,
                      gconstpointer    user_data)
{
  TptHistoryImport *history = begin (fixture);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (TptSyncReport) rest = NULL;
  g_autoptr (GError) error = NULL;

  tpt_import_report_free (services_fixture_import (fixture));
  tpt_history_import_pause (history);
  await_state (history, TPT_HISTORY_PAUSED);
  services_fixture_close (fixture);
  /* On the next day there is a backup of it. */
  g_setenv ("TOUCHPOINT_NOW", "2026-03-05T09:20:00Z", TRUE);
  services_fixture_open (fixture);
  services_fixture_ruin (fixture);
  g_assert_nonnull (tpt_store_get_restoration (fixture->services->store));

  history = tpt_engine_get_history (fixture->services->engine);
  tpt_history_import_load (history);
  await_state (history, TPT_HISTORY_PAUSED);
  g_assert_cmpint (tpt_history_import_get_progress (history)->reached, ==, TPT_TIME_NONE);
  tpt_history_import_resume (history);
  await_state (history, TPT_HISTORY_DONE);
  all = services_fixture_meetings (fixture);
  check_report (history, all->len, 0);
  rest = services_fixture_sync (fixture, &(TptSyncOptions) { .range = get_range () }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->created, ==, 0);
}

/* Called off, what came stays, and the place is forgotten. */
static void
test_import_cancel (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  TptHistoryImport *history = begin (fixture);
  g_autoptr (GPtrArray) half = NULL;

  tpt_history_import_cancel (history);
  await_state (history, TPT_HISTORY_NONE);
  half = services_fixture_meetings (fixture);
  g_assert_cmpuint (half->len, >=, 100);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  history = tpt_engine_get_history (fixture->services->engine);
  tpt_services_start (fixture->services);
  tpt_history_import_load (history);
  g_assert_cmpint (tpt_history_import_get_state (history), ==, TPT_HISTORY_NONE);
}

/* The account is left with its data in the middle: nothing is left to go on with, for whoever comes
 * next. */
static void
test_import_account_ends (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  TptHistoryImport *history = begin (fixture);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_disconnect (fixture, TRUE, NULL, &error);
  g_assert_no_error (error);
  await_state (history, TPT_HISTORY_NONE);
  none = services_fixture_meetings (fixture);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (tpt_history_import_get_progress (history)->reached, ==, TPT_TIME_NONE);

  tpt_services_start (fixture->services);
  services_fixture_connect (fixture, "sandbox-pat-member", &error);
  g_assert_no_error (error);
  tpt_test_await_func (has_synced, fixture->services->engine);
  g_assert_cmpint (tpt_history_import_get_state (history), ==, TPT_HISTORY_NONE);
}

/* The program ends in the middle: the next one goes on without being asked, as far as it could. */
static void
test_import_goes_on (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  TptHistoryImport *history = begin (fixture);
  TptTimeRange range = get_range ();
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  tpt_history_import_suspend (history);
  await_state (history, TPT_HISTORY_WAITING);
  services_fixture_close (fixture);
  services_fixture_open (fixture);
  history = tpt_engine_get_history (fixture->services->engine);
  tpt_services_start (fixture->services);
  await_state (history, TPT_HISTORY_DONE);
  g_assert_cmpint (tpt_history_import_get_range (history)->start, ==, range.start);
  g_assert_cmpint (tpt_history_import_get_range (history)->end, ==, range.end);

  all = services_fixture_meetings (fixture);
  report = services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->created, ==, 0);
}

/* Cut off from the service: it waits and says why, and goes on when the service answers. */
static void
test_import_offline (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  TptHistoryImport *history = begin (fixture);

  services_fixture_ask (fixture, "PUT", "/faults", "{\"rules\":[{\"drop\":true}]}");
  await_state (history, TPT_HISTORY_WAITING);
  g_assert_nonnull (tpt_history_import_get_message (history));

  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  tpt_services_start (fixture->services);
  await_state (history, TPT_HISTORY_DONE);
  g_assert_null (tpt_history_import_get_message (history));
}

/* What is near is looked at while an import goes on: a booking of today need not wait for it. */
static void
test_import_beside (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  TptHistoryImport *history = tpt_engine_get_history (fixture->services->engine);
  TptTimeRange range = get_range ();
  g_autoptr (TptSyncReport) first = NULL;
  g_autoptr (TptSyncReport) near = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  first = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events\",\"delay_ms\":200}]}");
  tpt_history_import_start (history, &range);
  near = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (near->synced, <, first->synced / 2);
  g_assert_cmpint (tpt_history_import_get_state (history), ==, TPT_HISTORY_RUNNING);
  await_state (history, TPT_HISTORY_DONE);
  g_assert_cmpuint (tpt_history_import_get_report (history)->unchanged, ==, first->synced);
}

/* Days that are asked for while another import is paused do not make it be forgotten: it is there
 * when the program starts again, goes on where it was, and its last word is about all of it. */
static void
test_import_in_between (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  TptHistoryImport *history = begin_despite (fixture, "a");
  TptTimeRange range = get_range ();
  TptSyncOptions days = { .range = { range.start, range.start + 200 * TPT_DAY } };
  g_autoptr (TptSyncReport) between = NULL;
  g_autoptr (TptSyncReport) rest = NULL;
  TptSyncReport *report;
  g_autoptr (GError) error = NULL;
  TptTime reached;
  double fraction;
  guint synced;

  tpt_history_import_pause (history);
  await_state (history, TPT_HISTORY_PAUSED);
  synced = tpt_history_import_get_progress (history)->synced;
  g_assert_cmpuint (synced, >, 0);
  reached = tpt_history_import_get_progress (history)->reached;
  fraction = tpt_history_import_get_progress (history)->fraction;
  g_assert_cmpfloat (fraction, >, 0);
  between = services_fixture_sync (fixture, &days, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (between->synced, >, 0);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  history = tpt_engine_get_history (fixture->services->engine);
  tpt_history_import_load (history);
  await_state (history, TPT_HISTORY_PAUSED);
  g_assert_cmpint (tpt_history_import_get_range (history)->start, ==, range.start);
  g_assert_cmpint (tpt_history_import_get_range (history)->end, ==, range.end);
  g_assert_cmpint (tpt_history_import_get_progress (history)->reached, ==, reached);
  g_assert_cmpfloat (tpt_history_import_get_progress (history)->fraction, ==, fraction);
  g_assert_cmpuint (tpt_history_import_get_progress (history)->synced, ==, synced);

  tpt_services_start (fixture->services);
  tpt_history_import_resume (history);
  await_state (history, TPT_HISTORY_DONE);
  report = tpt_history_import_get_report (history);
  g_assert_cmpuint (report->synced, ==, report->created + report->updated + report->unchanged);
  g_assert_cmpuint (report->failed->len, >, 0);
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  rest = services_fixture_sync (fixture, &(TptSyncOptions) { .range = range }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->synced + report->failed->len, ==, rest->synced);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesFixture *, gconstpointer);
    const char *meetings;
  } tests[] = {
    { "/services/import/killed", test_import_killed, "2400" },
    { "/services/import/pause", test_import_pause, "800" },
    { "/services/import/says-all", test_import_says_all, "800" },
    { "/services/import/restored", test_import_restored, "800" },
    { "/services/import/cancel", test_import_cancel, "800" },
    { "/services/import/account-ends", test_import_account_ends, "800" },
    { "/services/import/goes-on", test_import_goes_on, "800" },
    { "/services/import/offline", test_import_offline, "800" },
    { "/services/import/in-between", test_import_in_between, "800" },
    { "/services/import/beside", test_import_beside, "800" },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, tests[i].meetings, services_fixture_set_up,
                tests[i].func, services_fixture_tear_down);

  return g_test_run ();
}
