/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-apply.h"

#include "tpt-bench-store.h"
#include "tpt-bench.h"
#include "tpt-test.h"

#define CUSTOMERS 500
#define MEETINGS 100000
#define PAGE 100
#define PART 10000

/* A meeting, and the invitee in it. */
#define ROWS_EACH 2

/* 20,000 rows a second. */
#define MAX_MICROSECONDS 50

/* What an import may need more at its end than when a tenth of it was through, in megabytes. */
#define MAX_GROWTH 20

static void
apply_page (TptApply  *apply,
            GPtrArray *page)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptApplyCounts counts;

  tpt_apply_run_async (apply, page, NULL, NULL, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_apply_run_finish (apply, result, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.created, ==, page->len);
}

/* Applies one page after the other, as a sweep does, each in a transaction of its own.
 * Returns: milliseconds that it took, without making the facts up */
static double
apply_part (TptApply *apply,
            guint     from,
            TptTime   now)
{
  double taken = 0;

  for (guint i = from; i < from + PART; i += PAGE)
    {
      g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
      TptTime seen_at = tpt_apply_look (apply);
      double start;

      for (guint j = i; j < i + PAGE; j++)
        {
          TptMeeting *fact = tpt_bench_store_make_fact (j, CUSTOMERS, MEETINGS, now);

          tpt_apply_stamp (fact, TPT_SOURCE_POLL, seen_at);
          g_ptr_array_add (page, fact);
        }
      start = tpt_bench_get_wall ();
      apply_page (apply, page);
      taken += tpt_bench_get_wall () - start;
    }

  return taken;
}

static void
measure (TptStore *store)
{
  g_autoptr (TptMatcher) matcher = tpt_matcher_new ();
  g_autoptr (TptApply) apply = tpt_apply_new (store, matcher);
  g_autoptr (TptBenchSeries) per_row = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) memory = tpt_bench_series_new ();
  TptTime now = tpt_clock_now (tpt_store_get_clock (store));
  double first = 0, median;

  for (guint from = 0; from < MEETINGS; from += PART)
    {
      tpt_bench_series_add (per_row, apply_part (apply, from, now) * 1000 / (PART * ROWS_EACH));
      tpt_bench_series_add (memory, tpt_bench_get_memory ());
      if (from == 0)
        first = tpt_bench_get_memory ();
    }

  median = tpt_bench_series_get_quantile (per_row, 0.5);
  tpt_bench_series_print (per_row, "apply: a row, 20,000 at a time", "microseconds");
  tpt_bench_print ("apply: rows a second", 1000000 / median, "rows");
  tpt_bench_judge ("apply: a row", median, MAX_MICROSECONDS, "microseconds");
  tpt_bench_series_print (memory, "apply: memory, after each of them", "MB");
  tpt_bench_judge ("apply: memory beyond what a tenth of it needs",
                   tpt_bench_series_get_quantile (memory, 1) - first, MAX_GROWTH, "MB");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autoptr (TptClock) clock = tpt_clock_new_frozen ((TptTime) 1795000000 * TPT_SECOND);
  TptStore *store = tpt_bench_store_open (directory, clock);

  tpt_bench_store_fill (store, CUSTOMERS, 0);
  measure (store);
  tpt_bench_store_close (store);
  tpt_test_remove_dir (directory);

  return tpt_bench_get_status ();
}
