/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-desk.h"
#include "tpt-bench-program.h"
#include "tpt-bench-relay.h"
#include "tpt-bench.h"
#include "tpt-customer-page.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define BOOKINGS 120
#define CUSTOMERS 24
#define WARM_UP 5

/* Somebody books while the page of their customer is on the screen: service → webhook → relay →
 * stream → store → page. Nothing polls. The clock starts before the booking is asked for and stops
 * when the page has painted the new meeting, so that more is counted than the webhook's way. The
 * yardstick is a booking that sends no webhook. */
typedef struct
{
  TptServices *desk;
  TptWorkspace *workspace;
  SoupSession *session;
  char *book;              /* address */
  char *event_type;
  GtkWidget *page;
  GtkWidget *window;

  TptBenchSeries *answered;
  TptBenchSeries *changed;
  TptBenchSeries *painted;
  TptBenchSeries *quiet;
} Bench;

static gboolean
is_counted (gpointer workspace)
{
  return tpt_portfolio_get_state (TPT_WORKSPACE (workspace)->portfolio) == TPT_PORTFOLIO_READY;
}

static char *
describe_booking (Bench       *bench,
                  TptCustomer *customer,
                  const char  *name,
                  guint        number,
                  gboolean     quiet)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) start = g_date_time_add_minutes (now, 24 * 60 + (int) number * 30);
  g_autofree char *time = g_date_time_format (start, "%Y-%m-%dT%H:%M:00Z");

  return g_strdup_printf ("{\"event_type\":\"%s\",\"name\":\"%s\",\"email\":\"guest@%s\","
                          "\"start\":\"%s\",\"quiet\":%s}",
                          bench->event_type, name, customer->domains[0], time,
                          quiet ? "true" : "false");
}

/* Milliseconds until the booking is answered. */
static double
book_quietly (Bench       *bench,
              TptCustomer *customer,
              guint        number)
{
  g_autofree char *body = describe_booking (bench, customer, "Quiet", number + 10000, TRUE);
  double start = tpt_bench_get_wall ();
  g_autoptr (GBytes) answer = tpt_bench_request (bench->session, "POST", bench->book, NULL, body);

  g_assert_nonnull (answer);

  return tpt_bench_get_wall () - start;
}

static void
book (Bench       *bench,
      TptCustomer *customer,
      guint        number)
{
  g_autofree char *name = g_strdup_printf ("Visitor %u", number);
  g_autofree char *shown = g_strdup_printf ("Visitor %u (", number);
  g_autofree char *body = describe_booking (bench, customer, name, number, FALSE);
  g_autoptr (GBytes) answer = NULL;
  double answered, changed, painted;
  double start = tpt_bench_get_wall ();
  gint64 end = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;

  answer = tpt_bench_request (bench->session, "POST", bench->book, NULL, body);
  answered = tpt_bench_get_wall () - start;
  while (!tpt_test_screen_shows (bench->page, shown))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  changed = tpt_bench_get_wall () - start;
  tpt_test_screen_settle (bench->window);
  painted = tpt_bench_get_wall () - start;
  if (number < WARM_UP)
    return;

  tpt_bench_series_add (bench->answered, answered);
  tpt_bench_series_add (bench->changed, changed);
  tpt_bench_series_add (bench->painted, painted);
  tpt_bench_series_add (bench->quiet, book_quietly (bench, customer, number));
}

static void
book_all (Bench *bench)
{
  GListModel *portfolio = G_LIST_MODEL (bench->workspace->portfolio);

  for (guint i = 0; i < BOOKINGS + WARM_UP; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (portfolio, i % CUSTOMERS);

      tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (bench->page), bench->workspace,
                                      tpt_customer_item_get_id (item));
      tpt_test_screen_settle (bench->window);
      book (bench, tpt_customer_item_get_customer (item), i);
    }
}

static char *
find_event_type (TptStore *store)
{
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_list_event_types_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  types = tpt_store_list_event_types_finish (store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (types, i);

      if (type->active && g_strcmp0 (type->kind, "solo") == 0)
        return g_strdup (type->uri);
    }

  g_error ("Nothing can be booked");
}

static void
report (Bench *bench)
{
  tpt_bench_series_print (bench->quiet, "webhook: yardstick, a booking that nobody is told of", "ms");
  tpt_bench_series_print (bench->answered, "webhook: booking asked for to booking answered", "ms");
  tpt_bench_series_print (bench->changed, "webhook: booking asked for to changed widget", "ms");
  tpt_bench_series_print (bench->painted, "webhook: booking asked for to changed widget painted", "ms");
  tpt_bench_print ("webhook: against the yardstick, median",
                   tpt_bench_series_get_quantile (bench->painted, 0.5)
                   / tpt_bench_series_get_quantile (bench->quiet, 0.5), "times");
  tpt_bench_judge ("webhook: booking to changed widget painted, p95",
                   tpt_bench_series_get_quantile (bench->painted, 0.95), 300, "ms");
}

static void
measure (TptServices *desk,
         const char  *control)
{
  g_autoptr (TptWorkspace) workspace = tpt_workspace_new (
    desk->clock, desk->store, desk->connection, desk->engine, desk->link_maker, desk->importer,
    desk->listener);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (control, "/book", NULL);
  g_autofree char *event_type = find_event_type (desk->store);
  g_autoptr (TptBenchSeries) answered = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) changed = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) painted = tpt_bench_series_new ();
  g_autoptr (TptBenchSeries) quiet = tpt_bench_series_new ();
  Bench bench = {
    .desk = desk, .workspace = workspace, .session = session, .book = address,
    .event_type = event_type, .page = tpt_customer_page_new (),
    .answered = answered, .changed = changed, .painted = painted, .quiet = quiet,
  };

  tpt_portfolio_load (workspace->portfolio);
  tpt_test_await_func (is_counted, workspace);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (workspace->portfolio)), >=, CUSTOMERS);
  bench.window = tpt_test_screen_show (bench.page, 1100, 760);
  book_all (&bench);
  report (&bench);
  tpt_test_screen_close (bench.window);
}

/* A desk that knows the customers and their history. */
static TptServices *
prepare (const char *control)
{
  g_autofree char *address = g_strconcat (control, "/customers.csv", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GBytes) customers = tpt_bench_request (session, "GET", address, NULL, NULL);
  TptServices *desk = tpt_bench_desk_open ();

  tpt_bench_desk_connect (desk, "sandbox-pat");
  tpt_bench_desk_import (desk, customers);
  tpt_bench_desk_sync (desk);

  return desk;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = tpt_bench_desk_make_home ();
  const char *const arguments[] = {
    g_getenv ("TPT_SANDBOX"), "--customers=30", "--meetings=600", "--rate-limit=0", NULL,
  };
  TptBenchProgram *sandbox;
  TptBenchRelay *relay;
  TptServices *desk;

  tpt_test_screen_init (&argc, &argv);
  tpt_bench_be_quiet ();
  sandbox = tpt_bench_program_start (arguments);
  tpt_bench_desk_set_urls (tpt_bench_program_get (sandbox, "api"),
                           tpt_bench_program_get (sandbox, "auth"));
  desk = prepare (tpt_bench_program_get (sandbox, "control"));
  relay = tpt_bench_relay_start (home, tpt_bench_program_get (sandbox, "api"),
                                 tpt_connection_get_account (desk->connection)->organization);
  tpt_bench_relay_enrol (relay, desk);
  measure (desk, tpt_bench_program_get (sandbox, "control"));
  tpt_bench_desk_close (desk);
  tpt_bench_relay_stop (relay);
  tpt_bench_program_stop (sandbox);
  tpt_test_remove_dir (home);

  return tpt_bench_get_status ();
}
