/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-store.h"
#include "tpt-bench.h"
#include "tpt-customer-filter.h"
#include "tpt-customer-list.h"
#include "tpt-search-text.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define ROUNDS 3

/* Until the words of everything can be found, from when the database was opened. */
#define MAX_READY 2000

typedef struct
{
  const char *name;
  guint customers;
  guint meetings;
} Size;

static const Size sizes[] = {
  { "usual", 500, 20000 },
  { "large", 2500, 100000 },
};

/* A person types into the search entry of the list, letter by letter. A keystroke ends when the
 * list holds everything that the text means, the people and meetings in the store included. The
 * yardstick is a plain look through as many names, without any index, on one thread. */
typedef struct
{
  GtkEditable *entry;
  TptCustomerFilter *filter;
  GtkWidget *window;
  gboolean done;

  TptBenchSeries *whole;
  TptBenchSeries *main;    /* processor of the main thread, the painting included */
  TptBenchSeries *plain;
} Bench;

static void
filter_changed_cb (Bench *bench)
{
  bench->done = !tpt_customer_filter_is_searching (bench->filter);
}

/* @key: one letter */
static void
press (Bench      *bench,
       const char *key)
{
  double cpu = tpt_bench_get_thread_cpu ();
  double start = tpt_bench_get_wall ();
  int position = -1;

  bench->done = FALSE;
  gtk_editable_insert_text (bench->entry, key, -1, &position);
  tpt_test_await_bool (&bench->done);
  tpt_bench_series_add (bench->whole, tpt_bench_get_wall () - start);
  tpt_test_screen_settle (bench->window);
  tpt_bench_series_add (bench->main, tpt_bench_get_thread_cpu () - cpu);
}

static GPtrArray *
make_names (const Size *size)
{
  g_autoptr (GPtrArray) words = tpt_bench_store_get_words ();
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < size->customers + size->meetings; i++)
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
clear (Bench *bench)
{
  bench->done = FALSE;
  gtk_editable_set_text (bench->entry, "");
  tpt_test_await_bool (&bench->done);
  tpt_test_screen_settle (bench->window);
}

static void
type_word (Bench      *bench,
           const char *word,
           GPtrArray  *names)
{
  guint found = 0;

  for (const char *letter = word; *letter != '\0'; letter = g_utf8_next_char (letter))
    {
      const char *end = g_utf8_next_char (letter);
      g_autofree char *key = g_strndup (letter, (gsize) (end - letter));
      g_autofree char *text = g_strndup (word, (gsize) (end - word));
      double start;

      press (bench, key);
      start = tpt_bench_get_wall ();
      found += look_through (names, text);
      tpt_bench_series_add (bench->plain, tpt_bench_get_wall () - start);
    }
  g_assert_cmpuint (found, >, 0);
  clear (bench);
}

/* The first search waits until the words of all meetings are indexed. */
static void
warm_up (Bench *bench)
{
  bench->done = FALSE;
  gtk_editable_set_text (bench->entry, "warm");
  tpt_test_await_bool (&bench->done);
  clear (bench);
}

static void
type_words (Bench     *bench,
            GPtrArray *names)
{
  g_autoptr (GPtrArray) words = tpt_bench_store_get_words ();

  for (guint i = 0; i < words->len; i++)
    type_word (bench, g_ptr_array_index (words, i), names);
}

static gboolean
is_counted (gpointer workspace)
{
  return tpt_portfolio_get_state (TPT_WORKSPACE (workspace)->portfolio) == TPT_PORTFOLIO_READY;
}

static GObject *
get_part (GtkWidget  *list,
          const char *name)
{
  return gtk_widget_get_template_child (list, TPT_TYPE_CUSTOMER_LIST, name);
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

  tpt_bench_series_print (bench->whole, "search: keystroke to updated list", "ms");
  tpt_bench_series_print (bench->main, "search: processor of the main thread, with painting", "ms");
  tpt_bench_series_print (bench->plain, "search: yardstick, a look through all names", "ms");
  tpt_bench_print ("search: against the yardstick, median", whole / plain, "times");
  tpt_bench_judge ("search: keystroke to updated list, p99",
                   tpt_bench_series_get_quantile (bench->whole, 0.99), 16, "ms");
}

static void
measure (TptStore   *store,
         TptClock   *clock,
         const Size *size)
{
  g_autoptr (TptWorkspace) workspace =
    tpt_workspace_new (clock, store, NULL, NULL, NULL, NULL, NULL);
  GtkWidget *list = show_list (workspace);
  g_autoptr (TptBenchSeries) whole = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) main_thread = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) plain = tpt_bench_series_new ();
  g_autoptr (GPtrArray) names = make_names (size);
  Bench bench = {
    .window = tpt_test_screen_show (list, 360, 760),
    .whole = whole, .main = main_thread, .plain = plain,
  };

  bench.entry = GTK_EDITABLE (get_part (list, "search"));
  bench.filter = TPT_CUSTOMER_FILTER (get_part (list, "filter"));
  g_signal_connect_swapped (bench.filter, "changed", G_CALLBACK (filter_changed_cb), &bench);
  warm_up (&bench);
  for (guint i = 0; i < ROUNDS; i++)
    type_words (&bench, names);
  g_signal_handlers_disconnect_by_data (bench.filter, &bench);
  report (&bench);
  tpt_test_screen_close (bench.window);
}

/* Opens the database, and asks at once for what only the whole index can answer. */
static TptStore *
measure_ready (const char *directory,
               TptClock   *clock)
{
  double start = tpt_bench_get_wall ();
  TptStore *store = tpt_bench_store_open (directory, clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_bench_print ("search: the database is open", tpt_bench_get_wall () - start, "ms");
  start = tpt_bench_get_wall ();
  tpt_store_search_async (store, "renewal", 1, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  hits = tpt_store_search_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  tpt_bench_judge ("search: the index is ready", tpt_bench_get_wall () - start, MAX_READY, "ms");

  return store;
}

static const Size *
find_size (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (g_str_equal (sizes[i].name, name))
        return &sizes[i];
    }
  g_error ("No size is called %s", name);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = NULL;
  g_autoptr (TptClock) clock = NULL;
  g_autoptr (GError) error = NULL;
  const Size *size;
  TptStore *store;
  TptTime now;
  double memory;

  tpt_test_screen_init (&argc, &argv);
  tpt_bench_be_quiet ();
  size = find_size (argc > 1 ? argv[1] : sizes[0].name);
  directory = tpt_test_make_dir ();
  tpt_time_parse (TPT_BENCH_NOW, &now, &error);
  g_assert_no_error (error);
  clock = tpt_clock_new_frozen (now);
  store = tpt_bench_store_open (directory, clock);
  tpt_bench_store_fill (store, size->customers, size->meetings);
  tpt_bench_store_close (store);

  memory = tpt_bench_get_memory ();
  store = measure_ready (directory, clock);
  tpt_bench_print ("search: memory of the open database", tpt_bench_get_memory () - memory, "MB");
  measure (store, clock, size);
  tpt_bench_store_close (store);
  tpt_test_remove_dir (directory);

  return tpt_bench_get_status ();
}
