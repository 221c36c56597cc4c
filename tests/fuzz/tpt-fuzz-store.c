/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-apply.h"
#include "tpt-test.h"

/* So many rows, and the record is begun anew: what grows without end says nothing new. */
#define RUNS_PER_RECORD 2000

static TptStore *store;
static TptMatcher *matcher;
static TptApply *apply;
static guint runs;

static void
close_store (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_close_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_close_finish (store, result, &error);
  g_assert_no_error (error);
  g_clear_object (&apply);
  g_clear_object (&matcher);
  g_clear_object (&store);
}

static void
need_store (void)
{
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (TPT_STORE_KEY_BYTES), TPT_STORE_KEY_BYTES);
  g_autoptr (TptClock) clock = tpt_clock_new_frozen ((TptTime) 1790000000 * TPT_SECOND);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  if (store != NULL && runs++ < RUNS_PER_RECORD)
    return;
  if (store != NULL)
    close_store ();
  runs = 0;
  tpt_store_open_async (":memory:", key, clock, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  store = tpt_store_open_finish (result, &error);
  g_assert_no_error (error);
  matcher = tpt_matcher_new ();
  apply = tpt_apply_new (store, matcher);
}

static void
apply_once (GPtrArray      *meetings,
            TptApplyCounts *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_apply_run_async (apply, meetings, NULL, NULL, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_apply_run_finish (apply, result, counts, &error);
  g_assert_no_error (error);
}

/** tpt_fuzz_apply_twice: writes facts to a record; the second time nothing may change any more */
void
tpt_fuzz_apply_twice (GPtrArray *meetings)
{
  TptApplyCounts first = { 0 };
  TptApplyCounts second = { 0 };

  need_store ();
  apply_once (meetings, &first);
  apply_once (meetings, &second);
  g_assert_cmpuint (second.created, ==, 0);
  g_assert_cmpuint (second.updated, ==, 0);
}

/** tpt_fuzz_search: asks the record; whatever the words are, it is a question that can be asked */
void
tpt_fuzz_search (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) found = NULL;
  TptTestResult waiting = { NULL };

  need_store ();
  tpt_store_search_async (store, text, 10, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  found = tpt_store_search_finish (store, result, &error);
  g_assert_no_error (error);
}
