/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-import-place.h"
#include "tpt-test.h"

/* What a command imports while the window is asked for something else. */
#define FIRST "2024-03-04T00:00:00Z"
#define SECOND "2025-09-04T00:00:00Z"
#define LAST "2026-03-01T00:00:00Z"

#define SLOW "{\"rules\":[{\"path\":\"/scheduled_events/*\",\"delay_ms\":20}]}"

/* A sync as a command asks for it. */
typedef struct
{
  TptEngine *engine;
  GCancellable *wish;
  TptSyncReport *report;
  GError *error;
  guint furthest;          /* of what is told of it */
  gboolean is_done;
} Command;

static TptTimeRange
make_range (const char *from,
            const char *to)
{
  TptTimeRange range;

  g_assert_true (tpt_time_parse (from, &range.start, NULL));
  g_assert_true (tpt_time_parse (to, &range.end, NULL));

  return range;
}

static void
synced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Command *self = user_data;

  self->report = tpt_engine_sync_finish (TPT_ENGINE (source), result, &self->error);
  self->is_done = TRUE;
}

static void
moved_cb (Command *self)
{
  const TptSyncProgress *progress = tpt_engine_get_progress (self->engine, self->wish);

  if (progress != NULL)
    self->furthest = MAX (self->furthest, progress->synced);
}

static void
command_start (Command              *self,
               TptEngine            *engine,
               const TptSyncOptions *options)
{
  *self = (Command) { engine, g_cancellable_new (), NULL, NULL, 0, FALSE };
  g_signal_connect_swapped (engine, "moved", G_CALLBACK (moved_cb), self);
  tpt_engine_sync_async (engine, options, self->wish, synced_cb, self);
}

static void
command_end (Command *self)
{
  g_signal_handlers_disconnect_by_data (self->engine, self);
  g_clear_object (&self->wish);
  g_clear_pointer (&self->report, tpt_sync_report_free);
  g_clear_error (&self->error);
}

static gboolean
is_done (gpointer user_data)
{
  return ((Command *) user_data)->is_done;
}

static gboolean
has_come_far (gpointer user_data)
{
  return ((Command *) user_data)->furthest >= 100;
}

static gboolean
has_come_further (gpointer user_data)
{
  return ((Command *) user_data)->furthest >= 200;
}

static gboolean
is_forgotten (gpointer user_data)
{
  return tpt_history_import_get_state (user_data) == TPT_HISTORY_NONE;
}

static gboolean
has_begun (gpointer user_data)
{
  return tpt_history_import_get_progress (user_data)->synced > 0;
}

static gboolean
is_paused (gpointer user_data)
{
  return tpt_history_import_get_state (user_data) == TPT_HISTORY_PAUSED;
}

static gboolean
is_imported (gpointer user_data)
{
  return tpt_history_import_get_state (user_data) == TPT_HISTORY_DONE;
}

/* A command imports, and has come some way. */
static void
begin (ServicesFixture *fixture,
       Command         *command)
{
  TptSyncOptions options = { .range = make_range (FIRST, SECOND) };
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults", SLOW);
  command_start (command, fixture->services->engine, &options);
  tpt_test_await_func (has_come_far, command);
  g_assert_false (command->is_done);
}

typedef struct
{
  TptImportPlace *place;
  gboolean is_read;
} Reading;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;

  reading->place = tpt_import_place_read_finish (TPT_STORE (source), result, &error);
  g_assert_no_error (error);
  reading->is_read = TRUE;
}

static gboolean
is_read (gpointer user_data)
{
  return ((Reading *) user_data)->is_read;
}

static TptImportPlace *
read_place (ServicesFixture *fixture)
{
  Reading reading = { NULL, FALSE };

  tpt_import_place_read_async (fixture->services->store, NULL, read_cb, &reading);
  tpt_test_await_func (is_read, &reading);

  return reading.place;
}

/* What waits for its turn tells nothing of the one before it, ends at once when it is called off,
 * and leaves the other one alone. */
static void
test_two_imports_called_off (ServicesFixture *fixture,
                             gconstpointer    user_data)
{
  TptHistoryImport *history = tpt_engine_get_history (fixture->services->engine);
  TptTimeRange first = make_range (FIRST, SECOND);
  TptTimeRange second = make_range (SECOND, LAST);
  g_autofree TptImportPlace *place = NULL;
  Command command;

  begin (fixture, &command);
  tpt_history_import_start (history, &second);
  tpt_test_await_func (has_come_further, &command);
  g_assert_cmpint (tpt_history_import_get_state (history), ==, TPT_HISTORY_RUNNING);
  g_assert_cmpuint (tpt_history_import_get_progress (history)->synced, ==, 0);
  g_assert_cmpint (tpt_history_import_get_progress (history)->reached, ==, TPT_TIME_NONE);

  tpt_history_import_cancel (history);
  tpt_test_await_func (is_forgotten, history);
  g_assert_false (command.is_done);
  place = read_place (fixture);
  g_assert_cmpint (place->range.start, ==, first.start);
  g_assert_cmpint (place->range.end, ==, first.end);
  g_assert_cmpuint (place->synced, >=, 200);

  tpt_test_await_func (is_done, &command);
  g_assert_no_error (command.error);
  g_assert_cmpuint (command.report->created, ==, command.report->synced);
  command_end (&command);
}

/* Paused, pushed aside by a command and called off: it does not come back when the command's is
 * done, whose numbers stay its own. */
static void
test_two_imports_shelved (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  TptHistoryImport *history = tpt_engine_get_history (fixture->services->engine);
  TptTimeRange second = make_range (SECOND, LAST);
  TptSyncOptions options = { .range = make_range (FIRST, SECOND) };
  g_autofree TptImportPlace *place = NULL;
  g_autoptr (GError) error = NULL;
  Command command;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults", SLOW);
  tpt_history_import_start (history, &second);
  tpt_test_await_func (has_begun, history);
  tpt_history_import_pause (history);
  tpt_test_await_func (is_paused, history);
  command_start (&command, fixture->services->engine, &options);
  tpt_test_await_func (has_come_far, &command);
  tpt_history_import_cancel (history);
  g_assert_cmpint (tpt_history_import_get_state (history), ==, TPT_HISTORY_NONE);
  tpt_test_await_func (is_done, &command);
  g_assert_no_error (command.error);
  g_assert_cmpuint (command.report->created, ==, command.report->synced);

  place = read_place (fixture);
  g_assert_false (tpt_sync_plan_is_import (&place->range));
  g_assert_cmpuint (place->synced, ==, 0);
  command_end (&command);
}

/* Left alone, each has its turn and its own last word. */
static void
test_two_imports_turns (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  TptHistoryImport *history = tpt_engine_get_history (fixture->services->engine);
  TptTimeRange second = make_range (SECOND, LAST);
  TptSyncReport *report;
  Command command;

  begin (fixture, &command);
  tpt_history_import_start (history, &second);
  tpt_test_await_func (is_done, &command);
  g_assert_no_error (command.error);
  tpt_test_await_func (is_imported, history);
  report = tpt_history_import_get_report (history);
  g_assert_cmpuint (report->created, >, 0);
  g_assert_cmpuint (report->created, ==, report->synced);
  command_end (&command);
}

/* A command tells how far it has come itself: not the import beside it, and not the one of the near
 * days in the midst of its own. */
static void
test_two_imports_progress (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  TptSyncOptions options = { .range = make_range (SECOND, LAST) };
  Command command, near, waiting;

  begin (fixture, &command);
  command_start (&waiting, fixture->services->engine, &options);
  command_start (&near, fixture->services->engine, NULL);
  tpt_test_await_func (has_come_further, &command);
  g_assert_cmpuint (waiting.furthest, ==, 0);
  g_cancellable_cancel (waiting.wish);
  tpt_test_await_func (is_done, &waiting);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (command.is_done);

  tpt_test_await_func (is_done, &command);
  tpt_test_await_func (is_done, &near);
  g_assert_no_error (command.error);
  g_assert_no_error (near.error);
  g_assert_cmpuint (command.furthest, ==, command.report->synced);
  g_assert_cmpuint (near.furthest, ==, near.report->synced);
  command_end (&command);
  command_end (&near);
  command_end (&waiting);
}

/* While this thread does nothing else, the store does what it was told; then comes a wish. */
static gboolean
late_cb (gpointer user_data)
{
  g_usleep (G_USEC_PER_SEC / 2);
  g_cancellable_cancel (((Command *) user_data)->wish);

  return G_SOURCE_REMOVE;
}

/* What has to be told of the end is under way after the next sources. */
static gboolean
soon_cb (gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, late_cb, user_data, NULL);

  return G_SOURCE_REMOVE;
}

static void
last_cb (Command *self)
{
  const TptSyncProgress *progress = tpt_engine_get_progress (self->engine, self->wish);

  if (progress != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, soon_cb, self, NULL);
}

/* Called off when all of it is done, it says what it did: asked for again, it would not go on from
 * there but begin anew. */
static void
test_two_imports_late (ServicesFixture *fixture,
                       gconstpointer    user_data)
{
  TptEngine *engine = fixture->services->engine;
  TptTimeRange range = make_range (FIRST, SECOND);
  /* Few enough for one page. */
  TptSyncOptions options = { .range = { range.start, range.start + 50 * TPT_DAY } };
  g_autofree TptImportPlace *place = NULL;
  g_autoptr (GError) error = NULL;
  Command command;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  command_start (&command, engine, &options);
  g_signal_connect_swapped (engine, "moved", G_CALLBACK (last_cb), &command);
  tpt_test_await_func (is_done, &command);
  place = read_place (fixture);
  g_assert_false (tpt_sync_plan_is_import (&place->range));
  g_assert_no_error (command.error);
  g_assert_cmpuint (command.report->created, >, 0);
  command_end (&command);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesFixture *, gconstpointer);
  } tests[] = {
    { "/services/two-imports/called-off", test_two_imports_called_off },
    { "/services/two-imports/shelved", test_two_imports_shelved },
    { "/services/two-imports/turns", test_two_imports_turns },
    { "/services/two-imports/progress", test_two_imports_progress },
    { "/services/two-imports/late", test_two_imports_late },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, "1000", services_fixture_set_up, tests[i].func,
                services_fixture_tear_down);

  return g_test_run ();
}
