/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-list.h"
#include "tpt-customers-table.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

typedef struct
{
  GtkWidget *window;
  guint rows;
} Wanted;

static GtkWidget *
show_list (TptTestWorld *world)
{
  GtkWidget *list = tpt_customer_list_new ();

  tpt_customer_list_set_workspace (TPT_CUSTOMER_LIST (list), world->workspace);

  return tpt_test_screen_show (list, 320, 700);
}

static GtkWidget *
get_list (GtkWidget *window)
{
  return tpt_test_screen_find (window, TPT_TYPE_CUSTOMER_LIST, 0);
}

static guint
count_shown (GtkWidget *window)
{
  GtkWidget *view = tpt_test_screen_find (window, GTK_TYPE_LIST_VIEW, 0);

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))));
}

static char *
get_name (GtkWidget *window,
          guint      position)
{
  GtkWidget *view = tpt_test_screen_find (window, GTK_TYPE_LIST_VIEW, 0);
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (view));
  g_autoptr (TptCustomerItem) item = g_list_model_get_item (G_LIST_MODEL (model), position);

  return g_strdup (tpt_customer_item_get_name (item));
}

static gboolean
is_count (gpointer user_data)
{
  Wanted *wanted = user_data;

  return count_shown (wanted->window) == wanted->rows;
}

static void
search (GtkWidget  *window,
        const char *text)
{
  GtkWidget *entry = tpt_test_screen_find (window, GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
await_count (GtkWidget *window,
             guint      rows)
{
  Wanted wanted = { window, rows };

  tpt_test_await_func (is_count, &wanted);
}

static void
assert_name (GtkWidget  *window,
             guint       position,
             const char *name)
{
  g_autofree char *found = get_name (window, position);

  g_assert_cmpstr (found, ==, name);
}

static void
chosen_cb (TptCustomerList *list,
           gint64           customer,
           gint64          *chosen)
{
  *chosen = customer;
}

static void
test_content (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_list (world);
  tpt_test_world_await (world);
  tpt_test_screen_settle (window);
  g_assert_cmpuint (count_shown (window), ==, 6);
  assert_name (window, 0, TPT_TEST_HOSTILE);
  assert_name (window, 1, "Åkerlund & Söner");
  g_assert_true (tpt_test_screen_shows (window, "Tomorrow 11:00"));
  g_assert_true (tpt_test_screen_shows (window, "In 12 days"));
  g_assert_true (tpt_test_screen_shows (window, "Nothing booked"));
  g_assert_true (tpt_test_screen_shows (window, "Met 6 days ago"));
  g_assert_true (tpt_test_screen_shows (window, "Never met"));
  g_assert_true (tpt_test_screen_shows (window, TPT_TEST_HOSTILE));
  tpt_test_screen_shoot (window, "list");
  tpt_test_screen_close (window);
}

/* Who was not met for months stands before who was met last week; inactive customers stand last. */
static void
test_attention (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_list (world);
  tpt_test_world_await (world);
  g_assert_true (gtk_widget_activate_action (get_list (window), "customers.sort", "s",
                                             "attention"));
  assert_name (window, 0, "Brightwater Clinics");
  assert_name (window, 5, TPT_TEST_HOSTILE);
  tpt_test_screen_shoot (window, "list-attention");
  tpt_test_screen_close (window);
}

/* From everybody, so that what is awaited is not there already. */
static void
assert_finds (GtkWidget  *window,
              const char *text,
              const char *name)
{
  search (window, "");
  g_assert_cmpuint (count_shown (window), >, 1);
  search (window, text);
  await_count (window, 1);
  assert_name (window, 0, name);
}

/* By name without accents, by domain, by a person, by what only the store knows, and by nothing
 * at all. */
static void
test_search (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_add_meeting (world, world->quiet, "Zeppelin workshop",
                              tpt_clock_now (world->clock) - TPT_DAY, NULL);
  window = show_list (world);
  tpt_test_world_await (world);
  assert_finds (window, "akerl son", "Åkerlund & Söner");
  assert_finds (window, "HARUKA", "Kumo Analytics");
  assert_finds (window, "nordlicht.example", "Nordlicht Logistik");
  assert_finds (window, "zeppelin", "Brightwater Clinics");
  search (window, "");
  g_assert_cmpuint (count_shown (window), ==, 6);
  tpt_test_screen_close (window);
}

static gboolean
says_no_results (gpointer window)
{
  return tpt_test_screen_shows (window, "No Results");
}

static gboolean
says_empty (gpointer window)
{
  return tpt_test_screen_shows (window, "No Customers Yet");
}

static void
test_no_results (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_list (world);
  tpt_test_world_await (world);
  search (window, "nobody \" OR * has-this");
  tpt_test_await_func (says_no_results, window);
  tpt_test_screen_shoot (window, "list-no-results");
  search (window, "");
  g_assert_false (says_no_results (window));
  tpt_test_screen_close (window);
}

static void
test_empty (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;
  gint64 row = 0;

  world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY, TPT_CONNECTION_DISCONNECTED);
  window = show_list (world);
  tpt_test_await_func (says_empty, window);
  g_assert_true (tpt_test_screen_shows (window, "Import Customers…"));
  tpt_test_screen_shoot (window, "list-empty");
  tpt_test_world_add_customer (world, "First of all", &row);
  await_count (window, 1);
  g_assert_false (says_empty (window));
  tpt_test_screen_close (window);
}

static void
test_loading (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *list = tpt_customer_list_new ();
  GtkSpinner *spinner;

  g_object_ref_sink (list);
  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_customer_list_set_workspace (TPT_CUSTOMER_LIST (list), world->workspace);
  spinner = GTK_SPINNER (tpt_test_screen_find (list, GTK_TYPE_SPINNER, 0));
  g_assert_true (tpt_test_screen_shows (list, "Loading customers…"));
  g_assert_true (gtk_spinner_get_spinning (spinner));
  tpt_test_world_await (world);
  g_assert_false (tpt_test_screen_shows (list, "Loading customers…"));
  g_assert_false (gtk_spinner_get_spinning (spinner));
  tpt_test_finalized (list);
}

static gboolean
says_failed (gpointer list)
{
  return tpt_test_screen_shows (list, "Customers Could Not Be Read");
}

static void
test_failed (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  tpt_test_world_close (world);
  window = show_list (world);
  tpt_portfolio_load (world->workspace->portfolio);
  tpt_test_await_func (says_failed, window);
  g_assert_true (tpt_test_screen_shows (window, "Retry"));
  g_assert_nonnull (tpt_portfolio_get_message (world->workspace->portfolio));
  tpt_test_screen_close (window);
}

static gboolean
add_many (TptSession  *session,
          gpointer     user_data,
          GError     **error)
{
  for (int i = 0; i < 120; i++)
    {
      g_autoptr (TptCustomer) customer = tpt_customer_new ();

      customer->name = g_strdup_printf ("Customer %03d", i);
      if (!tpt_customers_table_save (session, customer, error))
        return FALSE;
    }

  return TRUE;
}

static GtkAdjustment *
get_adjustment (GtkWidget *window)
{
  GtkWidget *view = tpt_test_screen_find (window, GTK_TYPE_LIST_VIEW, 0);
  GtkWidget *scroller = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static gboolean
has_two_pages (gpointer adjustment)
{
  return gtk_adjustment_get_page_size (adjustment) > 0
         && gtk_adjustment_get_upper (adjustment) >= 2 * gtk_adjustment_get_page_size (adjustment);
}

/* Rows come as somebody scrolls to them; a search looks at everybody all the same. */
static void
test_many (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkAdjustment *adjustment;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY, TPT_CONNECTION_CONNECTED);
  tpt_test_world_write (world, add_many, NULL);
  window = show_list (world);
  adjustment = get_adjustment (window);
  tpt_test_await_func (has_two_pages, adjustment);
  g_assert_cmpuint (count_shown (window), <, 60);
  tpt_test_screen_settle (window);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  await_count (window, 120);
  search (window, "119");
  await_count (window, 1);
  assert_name (window, 0, "Customer 119");
  tpt_test_screen_close (window);
}

/* On a screen on which the first rows leave room, there is nothing to scroll to get the next. */
static void
test_tall (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkAdjustment *adjustment;
  GtkWidget *window;
  GtkWidget *list = tpt_customer_list_new ();

  world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY, TPT_CONNECTION_CONNECTED);
  tpt_test_world_write (world, add_many, NULL);
  tpt_customer_list_set_workspace (TPT_CUSTOMER_LIST (list), world->workspace);
  window = tpt_test_screen_show (list, 320, 1500);
  adjustment = get_adjustment (window);
  tpt_test_await_func (has_two_pages, adjustment);
  search (window, "11");
  await_count (window, 11);
  search (window, "");
  tpt_test_await_func (has_two_pages, adjustment);
  tpt_test_screen_close (window);
}

/* Whether "Customer 110" is marked, and its row can be seen. All rows are as high. */
static gboolean
is_in_sight (gpointer window)
{
  GtkWidget *view = tpt_test_screen_find (window, GTK_TYPE_LIST_VIEW, 0);
  GtkSingleSelection *model = GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
  TptCustomerItem *item = gtk_single_selection_get_selected_item (model);
  GtkAdjustment *adjustment = get_adjustment (window);
  double value = gtk_adjustment_get_value (adjustment);
  double height = gtk_adjustment_get_upper (adjustment) / count_shown (window);

  return item != NULL && g_str_equal (tpt_customer_item_get_name (item), "Customer 110")
         && height > 1 && value <= 110 * height
         && value + gtk_adjustment_get_page_size (adjustment) >= 111 * height;
}

/* Whom the page shows is marked and in sight, however far down: where it was opened from another
 * place, and after a search. Who scrolls away is left there. */
static void
test_reveal (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  g_autoptr (TptCustomerItem) item = NULL;
  GtkWidget *window;

  world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY, TPT_CONNECTION_CONNECTED);
  tpt_test_world_write (world, add_many, NULL);
  window = show_list (world);
  tpt_test_await_func (has_two_pages, get_adjustment (window));
  item = g_list_model_get_item (G_LIST_MODEL (world->workspace->portfolio), 110);
  g_assert_cmpstr (tpt_customer_item_get_name (item), ==, "Customer 110");
  tpt_customer_list_select (TPT_CUSTOMER_LIST (get_list (window)), tpt_customer_item_get_id (item));
  tpt_test_await_func (is_in_sight, window);
  search (window, "119");
  await_count (window, 1);
  search (window, "");
  tpt_test_await_func (is_in_sight, window);
  tpt_test_screen_settle (window);
  gtk_adjustment_set_value (get_adjustment (window), 0);
  tpt_test_screen_settle (window);
  g_assert_false (is_in_sight (window));
  tpt_portfolio_load (world->workspace->portfolio);
  tpt_test_world_await (world);
  tpt_test_screen_settle (window);
  g_assert_false (is_in_sight (window));
  tpt_test_screen_close (window);
}

/* A choice is told once; what the code selects is not; a search does not choose anybody else. */
static void
test_choose (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  GtkWidget *window;
  GtkWidget *view;
  GtkSelectionModel *model;
  gint64 chosen = 0;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  window = show_list (world);
  tpt_test_world_await (world);
  g_signal_connect (get_list (window), "customer-chosen", G_CALLBACK (chosen_cb), &chosen);
  view = tpt_test_screen_find (window, GTK_TYPE_LIST_VIEW, 0);
  model = gtk_list_view_get_model (GTK_LIST_VIEW (view));
  gtk_selection_model_select_item (model, 5, TRUE);
  g_assert_cmpint (chosen, ==, world->busy);
  chosen = 0;
  search (window, "kumo");
  await_count (window, 1);
  search (window, "");
  g_assert_cmpint (chosen, ==, 0);
  g_assert_true (gtk_selection_model_is_selected (model, 5));
  tpt_customer_list_select (TPT_CUSTOMER_LIST (get_list (window)), 0);
  g_assert_cmpint (chosen, ==, 0);
  g_assert_false (gtk_selection_model_is_selected (model, 5));
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/ui/customer-list/content", test_content);
  g_test_add_func ("/ui/customer-list/attention", test_attention);
  g_test_add_func ("/ui/customer-list/search", test_search);
  g_test_add_func ("/ui/customer-list/no-results", test_no_results);
  g_test_add_func ("/ui/customer-list/empty", test_empty);
  g_test_add_func ("/ui/customer-list/loading", test_loading);
  g_test_add_func ("/ui/customer-list/failed", test_failed);
  g_test_add_func ("/ui/customer-list/many", test_many);
  g_test_add_func ("/ui/customer-list/tall", test_tall);
  g_test_add_func ("/ui/customer-list/reveal", test_reveal);
  g_test_add_func ("/ui/customer-list/choose", test_choose);

  return g_test_run ();
}
