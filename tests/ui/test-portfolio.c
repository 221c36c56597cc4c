/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customers-table.h"
#include "tpt-invitees-table.h"
#include "tpt-portfolio-plan.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

typedef struct
{
  TptTestWorld *world;
  gint64 customer;
  gint64 upcoming;
} Wanted;

static TptMetrics *
get_metrics (TptTestWorld *world,
             gint64        customer)
{
  TptCustomerItem *item = tpt_portfolio_find (world->workspace->portfolio, customer);

  return item != NULL ? tpt_customer_item_get_metrics (item) : NULL;
}

static gboolean
is_counted (gpointer user_data)
{
  Wanted *wanted = user_data;
  TptMetrics *metrics = get_metrics (wanted->world, wanted->customer);

  return metrics != NULL && metrics->upcoming == wanted->upcoming;
}

static void
count_cb (gpointer  source,
          gpointer  unused,
          guint    *count)
{
  (*count)++;
}

/* The names come first, the figures follow; the items stay the same objects. */
static void
test_load (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  TptPortfolio *portfolio;
  TptMetrics *metrics;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  portfolio = world->workspace->portfolio;
  g_assert_cmpint (tpt_portfolio_get_state (portfolio), ==, TPT_PORTFOLIO_LOADING);
  g_assert_null (tpt_portfolio_get_metrics (portfolio));
  tpt_test_world_await (world);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (portfolio)), ==, 6);
  metrics = get_metrics (world, world->busy);
  g_assert_nonnull (metrics);
  g_assert_cmpint (metrics->customer, ==, world->busy);
  g_assert_cmpint (metrics->window_days, ==, 90);
  g_assert_cmpint (metrics->upcoming, ==, 1);
  g_assert_cmpint (get_metrics (world, world->quiet)->upcoming, ==, 0);
  g_assert_cmpint (tpt_portfolio_get_metrics (portfolio)->upcoming, ==, 3);
}

/* A booking changes the figures of its customer, and of nobody else. */
static void
test_change (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  Wanted wanted = { NULL, 0, 1 };
  TptCustomerItem *quiet, *busy;
  guint quiet_changes = 0, busy_changes = 0;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  quiet = tpt_portfolio_find (world->workspace->portfolio, world->quiet);
  busy = tpt_portfolio_find (world->workspace->portfolio, world->busy);
  g_signal_connect (quiet, "notify::metrics", G_CALLBACK (count_cb), &quiet_changes);
  g_signal_connect (busy, "notify::metrics", G_CALLBACK (count_cb), &busy_changes);
  tpt_test_world_add_meeting (world, world->quiet, "Check-in",
                              tpt_clock_now (world->clock) + 2 * TPT_DAY, NULL);
  wanted.world = world;
  wanted.customer = world->quiet;
  tpt_test_await_func (is_counted, &wanted);
  g_assert_cmpuint (quiet_changes, ==, 1);
  g_assert_cmpuint (busy_changes, ==, 0);
  g_assert_true (quiet == tpt_portfolio_find (world->workspace->portfolio, world->quiet));
  g_assert_cmpint (tpt_portfolio_get_metrics (world->workspace->portfolio)->upcoming, ==, 4);
}

/* The machine slept over midnight, and what comes first is a booking: the date is another one for
 * everybody, not for its customer alone. */
static void
test_night (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  Wanted wanted = { NULL, 0, 1 };
  double days;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  days = get_metrics (world, world->quiet)->days_since_last_held.value;
  tpt_clock_set (world->clock, tpt_clock_now (world->clock) + TPT_DAY);
  tpt_test_world_add_meeting (world, world->fresh, "Check-in",
                              tpt_clock_now (world->clock) + 2 * TPT_DAY, NULL);
  wanted.world = world;
  wanted.customer = world->fresh;
  tpt_test_await_func (is_counted, &wanted);
  g_assert_cmpfloat (get_metrics (world, world->quiet)->days_since_last_held.value, ==, days + 1);
}

/* A clock that was fast is set right: what was over for a while is ahead again. */
static void
test_set_back (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  Wanted wanted = { NULL, 0, 2 };
  TptTime now;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  now = tpt_clock_now (world->clock);
  tpt_test_world_add_meeting (world, world->quiet, "Check-in", now + TPT_HOUR, NULL);
  tpt_test_world_add_meeting (world, world->quiet, "Workshop", now + 2 * TPT_HOUR, NULL);
  wanted.world = world;
  wanted.customer = world->quiet;
  tpt_test_await_func (is_counted, &wanted);

  tpt_clock_set (world->clock, now + 4 * TPT_HOUR);
  tpt_test_world_add_meeting (world, world->quiet, "Review", now + 2 * TPT_DAY, NULL);
  wanted.upcoming = 1;
  tpt_test_await_func (is_counted, &wanted);

  tpt_clock_set (world->clock, now);
  tpt_test_world_add_meeting (world, world->fresh, "Check-in", now + 2 * TPT_DAY, NULL);
  wanted.customer = world->fresh;
  tpt_test_await_func (is_counted, &wanted);
  g_assert_cmpint (get_metrics (world, world->quiet)->upcoming, ==, 3);
}

static gboolean
unlink_all (TptSession  *session,
            gpointer     user_data,
            GError     **error)
{
  g_autoptr (GPtrArray) invitees = NULL;

  if (!tpt_invitees_table_list_customer (session, *(gint64 *) user_data, &invitees, error))
    return FALSE;
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);

      if (!tpt_invitees_table_set_match (session, invitee->id, 0, 0, TPT_MATCH_NONE, error))
        return FALSE;
    }

  return invitees->len > 0;
}

/* Bookings that leave a customer leave its figures. */
static void
test_unlink (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  Wanted wanted = { NULL, 0, 0 };

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  wanted.world = world;
  wanted.customer = world->busy;
  g_assert_cmpint (get_metrics (world, world->busy)->held, ==, 4);
  tpt_test_world_write (world, unlink_all, &world->busy);
  tpt_test_await_func (is_counted, &wanted);
  g_assert_cmpint (get_metrics (world, world->busy)->held, ==, 0);
  g_assert_cmpint (get_metrics (world, world->busy)->last_held_at, ==, TPT_TIME_NONE);
}

static gboolean
remove_customer (TptSession  *session,
                 gpointer     user_data,
                 GError     **error)
{
  return tpt_customers_table_remove (session, *(gint64 *) user_data, error);
}

static gboolean
is_gone (gpointer user_data)
{
  Wanted *wanted = user_data;

  return tpt_portfolio_find (wanted->world->workspace->portfolio, wanted->customer) == NULL;
}

static void
test_add_and_remove (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  Wanted wanted = { NULL, 0, 0 };

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  wanted.world = world;
  tpt_test_world_add_customer (world, "Newcomer", &wanted.customer);
  tpt_test_await_func (is_counted, &wanted);
  tpt_test_world_write (world, remove_customer, &wanted.customer);
  tpt_test_await_func (is_gone, &wanted);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (world->workspace->portfolio)), ==, 6);
}

static void
months_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GArray **months = user_data;
  g_autoptr (GError) error = NULL;

  *months = tpt_portfolio_count_months_finish (TPT_PORTFOLIO (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static void
test_months (void)
{
  g_autoptr (TptTestWorld) world = NULL;
  g_autoptr (GArray) months = NULL;
  guint held = 0;

  world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  tpt_test_world_await (world);
  tpt_portfolio_count_months_async (world->workspace->portfolio, world->busy, 12, NULL, months_cb,
                                    &months);
  tpt_test_await_func (is_set, &months);
  g_assert_cmpuint (months->len, ==, 12);
  for (guint i = 0; i < months->len; i++)
    held += g_array_index (months, TptMonth, i).held;
  g_assert_cmpuint (held, ==, 12);
  g_assert_cmpuint (g_array_index (months, TptMonth, 11).upcoming, ==, 1);
}

/* Many changed customers become one reading of everything. */
static void
test_plan (void)
{
  TptPortfolioPlan plan = { 0 };

  g_assert_true (tpt_portfolio_plan_is_empty (&plan));
  for (gint64 row = 1; row <= 12; row++)
    {
      tpt_portfolio_plan_add_row (&plan, row);
      tpt_portfolio_plan_add_row (&plan, row);
    }
  g_assert_false (plan.facts);
  g_assert_cmpuint (plan.rows->len, ==, 12);
  tpt_portfolio_plan_add_row (&plan, 13);
  g_assert_true (plan.facts);
  g_assert_true (plan.figures);
  g_assert_null (plan.rows);
  tpt_portfolio_plan_add_row (&plan, 14);
  g_assert_null (plan.rows);
  tpt_portfolio_plan_clear (&plan);
  g_assert_true (tpt_portfolio_plan_is_empty (&plan));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/ui/portfolio/load", test_load);
  g_test_add_func ("/ui/portfolio/change", test_change);
  g_test_add_func ("/ui/portfolio/night", test_night);
  g_test_add_func ("/ui/portfolio/set-back", test_set_back);
  g_test_add_func ("/ui/portfolio/unlink", test_unlink);
  g_test_add_func ("/ui/portfolio/add-and-remove", test_add_and_remove);
  g_test_add_func ("/ui/portfolio/months", test_months);
  g_test_add_func ("/ui/portfolio/plan", test_plan);

  return g_test_run ();
}
