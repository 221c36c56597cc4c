/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-store.h"
#include "tpt-bench.h"
#include "tpt-customer-filter.h"
#include "tpt-customer-list.h"
#include "tpt-search-text.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define CUSTOMERS 500
#define MEETINGS 20000
#define ROUNDS 3

/* A person types into the search entry of the list, letter by letter. A keystroke ends when the list holds everything
 * that the text means, the people and meetings in the store included. The yardstick is a plain look through as many
 * names, without any index, on one thread. */
typedef struct
{
  GtkEditable *entry;
  TptCustomerFilter *filter;
  GtkWidget *window;
  gboolean done;

  TptBenchSeries *first;   /* until the list shows what it knows itself */
  TptBenchSeries *whole;
  TptBenchSeries *main;    /* processor of the main thread, the painting included */
  TptBenchSeries *plain;
} Bench;

static void
filter_changed_cb (Bench *bench)
{
  bench->done = !tpt_customer_filter_is_searching (bench->filter);
}

static void
press (Bench      *bench,
       const char *text)
{
  double cpu = tpt_bench_get_thread_cpu ();
  double start = tpt_bench_get_wall ();

  bench->done = FALSE;
  gtk_editable_set_text (bench->entry, text);
  tpt_bench_series_add (bench->first, tpt_bench_get_wall () - start);
  tpt_test_await_bool (&bench->done);
  tpt_bench_series_add (bench->whole, tpt_bench_get_wall () - start);
  tpt_test_screen_settle (bench->window);
  tpt_bench_series_add (bench->main, tpt_bench_get_thread_cpu () - cpu);
}

static GPtrArray *
make_names (void)
{
  g_autoptr (GPtrArray) words = tpt_bench_store_get_words ();
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < CUSTOMERS + MEETINGS; i++)
    {
      g_autofree char *name = g_strdup_printf (
        "%s guest%u@%s.example %s", (char *) g_ptr_array_index (words, i % words->len), i % 11,
        (char *) g_ptr_array_index (words, (i + 3) % words->len),
        (char *) g_ptr_array_index (words, (i + 7) % words->len));

      g_ptr_array_add (names, tpt_search_text_fold (name));
    }

  return names;
}

static guint
look_through (GPtrArray  *names,
              const char *text)
{
  g_autofree char *folded = tpt_search_text_fold (text);
  guint found = 0;

  for (guint i = 0; i < names->len; i++)
    found += strstr (g_ptr_array_index (names, i), folded) != NULL;

  return found;
}

static void
type_words (Bench     *bench,
            GPtrArray *names)
{
  g_autoptr (GPtrArray) words = tpt_bench_store_get_words ();
  guint found = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      for (const char *end = g_utf8_next_char (word);; end = g_utf8_next_char (end))
        {
          g_autofree char *text = g_strndup (word, (gsize) (end - word));
          double start;

          press (bench, text);
          start = tpt_bench_get_wall ();
          found += look_through (names, text);
          tpt_bench_series_add (bench->plain, tpt_bench_get_wall () - start);
          if (*end == '\0')
            break;
        }
    }
  g_assert_cmpuint (found, >, 0);
}

static gboolean
is_counted (gpointer workspace)
{
  return tpt_portfolio_get_state (TPT_WORKSPACE (workspace)->portfolio) == TPT_PORTFOLIO_READY;
}

static GtkWidget *
show_list (TptWorkspace *workspace)
{
  GtkWidget *list = tpt_customer_list_new ();

  tpt_portfolio_load (workspace->portfolio);
  tpt_customer_list_set_workspace (TPT_CUSTOMER_LIST (list), workspace);
  tpt_test_await_func (is_counted, workspace);

  return list;
}

static void
report (Bench *bench)
{
  double whole = tpt_bench_series_get_quantile (bench->whole, 0.5);
  double plain = tpt_bench_series_get_quantile (bench->plain, 0.5);

  tpt_bench_series_print (bench->first, "search: keystroke to what the list knows itself", "ms");
  tpt_bench_series_print (bench->whole, "search: keystroke to the whole answer", "ms");
  tpt_bench_series_print (bench->main, "search: processor of the main thread, with painting", "ms");
  tpt_bench_series_print (bench->plain, "search: yardstick, a look through all names", "ms");
  tpt_bench_print ("search: against the yardstick, median", whole / plain, "times");
  tpt_bench_judge ("search: keystroke to updated list, p99",
                   tpt_bench_series_get_quantile (bench->whole, 0.99), 16, "ms");
}

static void
measure (TptStore *store,
         TptClock *clock)
{
  g_autoptr (TptWorkspace) workspace =
    tpt_workspace_new (clock, store, NULL, NULL, NULL, NULL, NULL);
  GtkWidget *list = show_list (workspace);
  g_autoptr (TptBenchSeries) first = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) whole = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) main_thread = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) plain = tpt_bench_series_new ();
  g_autoptr (GPtrArray) names = make_names ();
  Bench bench = {
    .window = tpt_test_screen_show (list, 360, 760),
    .first = first, .whole = whole, .main = main_thread, .plain = plain,
  };

  bench.entry = GTK_EDITABLE (gtk_widget_get_template_child (list, TPT_TYPE_CUSTOMER_LIST, "search"));
  bench.filter = TPT_CUSTOMER_FILTER (gtk_widget_get_template_child (list, TPT_TYPE_CUSTOMER_LIST, "filter"));
  g_signal_connect_swapped (bench.filter, "changed", G_CALLBACK (filter_changed_cb), &bench);
  for (guint i = 0; i < ROUNDS; i++)
    type_words (&bench, names);
  g_signal_handlers_disconnect_by_data (bench.filter, &bench);
  report (&bench);
  tpt_test_screen_close (bench.window);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = NULL;
  g_autoptr (TptClock) clock = NULL;
  g_autoptr (GError) error = NULL;
  TptStore *store;
  TptTime now;

  tpt_test_screen_init (&argc, &argv);
  tpt_bench_be_quiet ();
  directory = tpt_test_make_dir ();
  tpt_time_parse (TPT_BENCH_NOW, &now, &error);
  g_assert_no_error (error);
  clock = tpt_clock_new_frozen (now);
  store = tpt_bench_store_open (directory, clock);
  tpt_bench_store_fill (store, CUSTOMERS, MEETINGS);
  measure (store, clock);
  tpt_bench_store_close (store);
  tpt_test_remove_dir (directory);

  return tpt_bench_get_status ();
}
