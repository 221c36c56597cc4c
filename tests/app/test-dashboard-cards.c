/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-fixture.h"
#include "app-screen.h"
#include "tpt-band-bar.h"
#include "tpt-config.h"
#include "tpt-dashboard.h"
#include "tpt-day-card.h"
#include "tpt-quiet-card.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"
#include "tpt-waiting-card.h"

/* The dashboard on a synced record. */
typedef struct
{
  GSettings *settings;
  TptWorkspace *workspace;
  GtkWidget *dashboard;
  GtkWidget *window;
} Board;

static gboolean
is_ready (gpointer user_data)
{
  return tpt_portfolio_get_state (user_data) == TPT_PORTFOLIO_READY;
}

static Board
show_board (ServicesFixture *fixture)
{
  g_autoptr (TptImportReport) imported = NULL;
  g_autoptr (TptSyncReport) synced = NULL;
  g_autoptr (GError) error = NULL;
  Board board = { .settings = g_settings_new (TPT_APP_ID) };

  g_settings_reset (board.settings, "hidden-cards");
  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  imported = services_fixture_import (fixture);
  synced = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  board.workspace = app_fixture_make_workspace (fixture);
  board.dashboard = tpt_dashboard_new ();
  tpt_dashboard_set_workspace (TPT_DASHBOARD (board.dashboard), board.workspace, board.settings);
  board.window = tpt_test_screen_show (board.dashboard, 1000, 900);
  tpt_test_await_func (is_ready, board.workspace->portfolio);
  tpt_test_screen_settle (board.window);

  return board;
}

static void
close_board (Board *board)
{
  tpt_test_screen_close (board->window);
  g_object_unref (board->workspace);
  g_object_unref (board->settings);
}

/* How many of @meetings stand on the local day that lies @ahead days after today, counted without
 * what the card counts with. */
static guint
count_day (Board     *board,
           GPtrArray *meetings,
           int        ahead)
{
  GTimeZone *zone = tpt_workspace_get_zone (board->workspace);
  TptTime now = tpt_clock_now (board->workspace->clock);
  gint64 day = tpt_time_get_local_day (now, zone) + ahead;
  guint count = 0;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      TptOutcome outcome = tpt_meeting_get_outcome (meeting, now);

      if (outcome != TPT_OUTCOME_CANCELED && outcome != TPT_OUTCOME_SUPERSEDED
          && tpt_time_get_local_day (meeting->start, zone) == day)
        count++;
    }

  return count;
}

/* Today and tomorrow are the meetings of those local dates that still stand. */
static void
test_cards_days (ServicesFixture *fixture,
                 gconstpointer    user_data)
{
  static const char *const names[] = { "today", "tomorrow" };
  Board board = show_board (fixture);
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  guint total = 0;

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *card = tpt_dashboard_get_card (TPT_DASHBOARD (board.dashboard), names[i]);
      guint expected = count_day (&board, meetings, i);
      guint shown = g_list_model_get_n_items (tpt_day_card_get_model (TPT_DAY_CARD (card)));

      g_assert_cmpuint (shown, ==, expected);
      g_assert_cmpint (tpt_dashboard_card_get_state (tpt_day_card_get_card (TPT_DAY_CARD (card))),
                       ==, expected > 0 ? TPT_CARD_CONTENT : TPT_CARD_EMPTY);
      total += expected;
    }
  g_assert_cmpuint (total, >, 0);
  close_board (&board);
}

/* Whoever is past the cadence with nothing booked is on the card, and nobody else, the longest
 * silence first. */
static void
test_cards_quiet (ServicesFixture *fixture,
                  gconstpointer    user_data)
{
  Board board = show_board (fixture);
  GtkWidget *card = tpt_dashboard_get_card (TPT_DASHBOARD (board.dashboard), "quiet");
  GListModel *quiet = tpt_quiet_card_get_model (TPT_QUIET_CARD (card));
  GListModel *everybody = G_LIST_MODEL (board.workspace->portfolio);
  double last = G_MAXDOUBLE;
  guint expected = 0;

  for (guint i = 0; i < g_list_model_get_n_items (everybody); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (everybody, i);
      TptMetrics *metrics = tpt_customer_item_get_metrics (item);

      expected += metrics->cadence_gap_days.defined && metrics->cadence_gap_days.value > 0
                  && metrics->next_meeting_at == TPT_TIME_NONE;
    }
  g_assert_cmpuint (expected, >, 1);
  g_assert_cmpuint (g_list_model_get_n_items (quiet), ==, expected);
  for (guint i = 0; i < expected; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (quiet, i);
      TptMetrics *metrics = tpt_customer_item_get_metrics (item);

      g_assert_cmpint (metrics->next_meeting_at, ==, TPT_TIME_NONE);
      g_assert_cmpfloat (metrics->cadence_gap_days.value, >, 0);
      g_assert_cmpfloat (metrics->cadence_gap_days.value, <=, last);
      last = metrics->cadence_gap_days.value;
    }
  close_board (&board);
}

static gboolean
has_one (gpointer user_data)
{
  return g_list_model_get_n_items (user_data) == 1;
}

/* A link that was just made waits, under the name of its customer, without a reload. */
static void
test_cards_waiting (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  Board board = show_board (fixture);
  GtkWidget *card = tpt_dashboard_get_card (TPT_DASHBOARD (board.dashboard), "waiting");
  GListModel *waiting = tpt_waiting_card_get_model (TPT_WAITING_CARD (card));
  g_autoptr (GPtrArray) customers = services_fixture_customers (fixture);
  TptCustomer *customer = g_ptr_array_index (customers, 0);
  TptLinkRequest request = { .customer = customer, .origin = "dashboard" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult making = { NULL };

  g_assert_cmpuint (g_list_model_get_n_items (waiting), ==, 0);
  tpt_link_maker_make_async (fixture->services->link_maker, &request, NULL, tpt_test_result_cb,
                             &making);
  result = tpt_test_await (&making);
  link = tpt_link_maker_make_finish (fixture->services->link_maker, result, &error);
  g_assert_no_error (error);
  tpt_test_await_func (has_one, waiting);
  tpt_test_screen_settle (board.window);
  g_assert_true (tpt_test_screen_shows (card, customer->name));
  close_board (&board);
}

/* Every customer is in exactly one band. */
static void
test_cards_figures (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  Board board = show_board (fixture);
  GtkWidget *card = tpt_dashboard_get_card (TPT_DASHBOARD (board.dashboard), "figures");
  GtkWidget *bands = tpt_test_screen_find (card, TPT_TYPE_BAND_BAR, 0);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (board.workspace->portfolio));
  g_autofree char *number = g_strdup_printf ("%u", n_items);
  guint sum = 0;

  for (TptHealthBand band = TPT_HEALTH_UNKNOWN; band <= TPT_HEALTH_HEALTHY; band++)
    sum += tpt_band_bar_get_count (TPT_BAND_BAR (bands), band);
  g_assert_cmpuint (n_items, >, 0);
  g_assert_cmpuint (sum, ==, n_items);
  g_assert_true (tpt_test_screen_shows (card, number));
  close_board (&board);
}

/* A card that is switched off goes at once, and comes back. */
static void
test_cards_hidden (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  static const char *const hidden[] = { "quiet", "agenda", NULL };
  Board board = show_board (fixture);
  TptDashboard *dashboard = TPT_DASHBOARD (board.dashboard);

  g_settings_set_strv (board.settings, "hidden-cards", hidden);
  g_assert_false (gtk_widget_get_visible (tpt_dashboard_get_card (dashboard, "quiet")));
  g_assert_false (gtk_widget_get_visible (tpt_dashboard_get_card (dashboard, "today")));
  g_assert_false (gtk_widget_get_visible (tpt_dashboard_get_card (dashboard, "tomorrow")));
  g_assert_true (gtk_widget_get_visible (tpt_dashboard_get_card (dashboard, "waiting")));
  g_settings_reset (board.settings, "hidden-cards");
  g_assert_true (gtk_widget_get_visible (tpt_dashboard_get_card (dashboard, "quiet")));
  g_assert_true (gtk_widget_get_visible (tpt_dashboard_get_card (dashboard, "today")));
  close_board (&board);
}

int
main (int    argc,
      char **argv)
{
  app_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add (path, ServicesFixture, "200", app_fixture_set_up, function, \
              services_fixture_tear_down)
  ADD ("/dashboard-cards/days", test_cards_days);
  ADD ("/dashboard-cards/quiet", test_cards_quiet);
  ADD ("/dashboard-cards/waiting", test_cards_waiting);
  ADD ("/dashboard-cards/figures", test_cards_figures);
  ADD ("/dashboard-cards/hidden", test_cards_hidden);
#undef ADD

  return app_fixture_run ();
}
