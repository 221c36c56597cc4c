/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-card-row.h"
#include "tpt-customers-table.h"
#include "tpt-dashboard.h"
#include "tpt-day-card.h"
#include "tpt-day-row.h"
#include "tpt-fold-box.h"
#include "tpt-link-list.h"
#include "tpt-test-double.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

/* The width of a phone, less the frame that a window may have. */
#define NARROW 350

/* Counts how often it is asked which width fits a height: a text answers that by trying a dozen. */
#define TEST_TYPE_PROBE (test_probe_get_type ())
G_DECLARE_FINAL_TYPE (TestProbe, test_probe, TEST, PROBE, GtkWidget)

struct _TestProbe
{
  GtkWidget parent_instance;

  guint allocated;
  guint asked;
};

G_DEFINE_FINAL_TYPE (TestProbe, test_probe, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
test_probe_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
test_probe_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  *minimum = *natural = 10;
  if (orientation == GTK_ORIENTATION_HORIZONTAL && for_size >= 0)
    TEST_PROBE (widget)->asked++;
}

static void
test_probe_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  TEST_PROBE (widget)->allocated++;
}

static void
test_probe_class_init (TestProbeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = test_probe_get_request_mode;
  widget_class->measure = test_probe_measure;
  widget_class->size_allocate = test_probe_size_allocate;
}

static void
test_probe_init (TestProbe *self)
{
}

static GtkWidget *
show_dashboard (TptTestWorld *world,
                int           width,
                int           height)
{
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  GtkWidget *dashboard = tpt_dashboard_new ();

  tpt_dashboard_set_workspace (TPT_DASHBOARD (dashboard), world->workspace, settings);

  return tpt_test_screen_show (dashboard, width, height);
}

static void
get_place (GtkWidget        *dashboard,
           const char       *name,
           graphene_rect_t  *place)
{
  GtkWidget *card = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), name);

  g_assert_true (gtk_widget_compute_bounds (card, dashboard, place));
}

static void
test_narrow (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_dashboard (world, NARROW, 900);
  GtkWidget *dashboard = tpt_test_screen_find (window, TPT_TYPE_DASHBOARD, 0);
  static const char *const names[] = { "today", "tomorrow", "quiet", "waiting", "figures" };
  float bottom = 0;
  int minimum;

  gtk_widget_measure (dashboard, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, NARROW);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      graphene_rect_t place;

      get_place (dashboard, names[i], &place);
      g_assert_cmpfloat (place.origin.y, >, bottom);
      bottom = place.origin.y;
    }
  tpt_test_screen_close (window);
}

static void
test_wide (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_dashboard (world, 1000, 900);
  GtkWidget *dashboard = tpt_test_screen_find (window, TPT_TYPE_DASHBOARD, 0);
  graphene_rect_t today, quiet;

  get_place (dashboard, "today", &today);
  get_place (dashboard, "quiet", &quiet);
  g_assert_cmpfloat (today.origin.y, ==, quiet.origin.y);
  g_assert_cmpfloat (today.origin.x, <, quiet.origin.x);
  tpt_test_screen_close (window);
}

/* That was a fifth of the work before the first frame. */
static void
test_effort (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_dashboard (world, 1000, 900);
  GtkWidget *columns = tpt_test_screen_find (window, TPT_TYPE_FOLD_BOX, 0);
  GtkWidget *row = tpt_card_row_new ("win.inbox");
  GtkWidget *list = gtk_list_box_new ();
  TestProbe *in_column = g_object_new (TEST_TYPE_PROBE, NULL);
  TestProbe *in_row = g_object_new (TEST_TYPE_PROBE, NULL);

  tpt_card_row_set_title (TPT_CARD_ROW (row), "Anna", FALSE);
  tpt_card_row_set_suffix (TPT_CARD_ROW (row), GTK_WIDGET (in_row));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_box_append (GTK_BOX (gtk_widget_get_first_child (columns)), GTK_WIDGET (in_column));
  gtk_box_append (GTK_BOX (gtk_widget_get_last_child (columns)), list);
  tpt_test_screen_settle (window);
  g_assert_cmpuint (in_column->allocated, >, 0);
  g_assert_cmpuint (in_row->allocated, >, 0);
  g_assert_cmpuint (in_column->asked, ==, 0);
  g_assert_cmpuint (in_row->asked, ==, 0);
  tpt_test_screen_close (window);
}

static void
set_clock (TptTestWorld *world,
           const char   *text)
{
  TptTime time;

  g_assert_true (tpt_time_parse (text, &time, NULL));
  tpt_clock_set (world->clock, time);
}

/* The window stays open over midnight, the account's (Berlin's), of which no link is any news:
 * what was told by "today" is told anew. */
static void
test_midnight (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_dashboard (world, 1000, 900);
  GtkWidget *links = g_object_new (TPT_TYPE_LINK_LIST, NULL);
  GtkWidget *list_window = tpt_test_screen_show (links, 600, 900);
  GtkWidget *dashboard = tpt_test_screen_find (window, TPT_TYPE_DASHBOARD, 0);
  GtkWidget *today = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), "today");
  GtkWidget *quiet = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), "quiet");
  GtkWidget *row;

  tpt_test_world_await (world);
  tpt_link_list_set_customer (TPT_LINK_LIST (links), world->workspace, world->busy);
  tpt_test_screen_await (window, "Quarterly review for Ada Brandt · made yesterday", TRUE);
  tpt_test_screen_await (list_window, "Yesterday, 10:30, by key", TRUE);
  tpt_test_screen_await (today, "Nordlicht Logistik", FALSE);
  tpt_test_screen_await (quiet, "Last met 95 days ago", TRUE);

  set_clock (world, "2026-11-18T23:00:01Z");
  tpt_test_world_add_meeting (world, world->fresh, "Call", tpt_clock_now (world->clock) + TPT_HOUR,
                              NULL);
  tpt_test_screen_await (window, "Quarterly review for Ada Brandt · made 2 days ago", TRUE);
  tpt_test_screen_await (list_window, "Tue 17 Nov, 10:30, by key", TRUE);
  tpt_test_screen_await (today, "Nordlicht Logistik", TRUE);
  tpt_test_screen_await (quiet, "Last met 96 days ago", TRUE);

  /* What was over by then is shown as that, though nothing has come. */
  row = tpt_test_screen_find (today, TPT_TYPE_DAY_ROW, 0);
  tpt_day_card_refresh (TPT_DAY_CARD (today));
  g_assert_false (gtk_widget_has_css_class (row, "dim-label"));
  set_clock (world, "2026-11-19T02:00:00Z");
  tpt_day_card_refresh (TPT_DAY_CARD (today));
  g_assert_true (gtk_widget_has_css_class (row, "dim-label"));
  set_clock (world, "2026-11-19T00:10:00Z");
  tpt_day_card_refresh (TPT_DAY_CARD (today));
  g_assert_false (gtk_widget_has_css_class (row, "dim-label"));
  row = tpt_test_screen_find (today, TPT_TYPE_DAY_ROW, 1);
  g_assert_false (gtk_widget_has_css_class (row, "dim-label"));
  tpt_test_screen_close (list_window);
  tpt_test_screen_close (window);
}

/* A meeting that goes on over midnight stays until it ends, and is not taken for one of tonight. */
static void
test_through_midnight (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_dashboard (world, 1000, 900);
  GtkWidget *dashboard = tpt_test_screen_find (window, TPT_TYPE_DASHBOARD, 0);
  GtkWidget *today = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), "today");
  GtkWidget *tomorrow = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), "tomorrow");
  TptTime start;

  tpt_test_world_await (world);
  g_assert_true (tpt_time_parse ("2026-11-18T22:45:00Z", &start, NULL));
  tpt_test_world_add_meeting (world, world->fresh, "Night call", start, NULL);
  tpt_test_screen_await (today, "23:45", TRUE);
  tpt_test_screen_await (tomorrow, "Nordlicht Logistik", TRUE);
  g_assert_false (tpt_test_screen_shows (tomorrow, "Night call"));

  set_clock (world, "2026-11-18T23:00:01Z");
  tpt_test_world_add_meeting (world, world->fresh, "News", start + 2 * TPT_DAY, NULL);
  tpt_test_screen_await (today, "Nordlicht Logistik", TRUE);
  g_assert_true (tpt_test_screen_shows (today, "Night call"));
  g_assert_true (tpt_test_screen_shows (today, "until 00:30"));
  g_assert_false (tpt_test_screen_shows (today, "23:45"));

  set_clock (world, "2026-11-18T23:30:00Z");
  tpt_test_world_add_meeting (world, world->fresh, "More news", start + 3 * TPT_DAY, NULL);
  tpt_test_screen_await (today, "Night call", FALSE);
  tpt_test_screen_close (window);
}

static gboolean
rename_quiet (TptSession  *session,
              gpointer     user_data,
              GError     **error)
{
  TptTestWorld *world = user_data;
  g_autoptr (TptCustomer) customer = NULL;

  if (!tpt_customers_table_load (session, world->quiet, &customer, error))
    return FALSE;
  g_free (customer->name);
  customer->name = g_strdup ("Stillwater Clinics");

  return tpt_customers_table_save (session, customer, error);
}

/* Whoever goes on being quiet keeps the row, which says the name of now. */
static void
test_rename (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_FULL,
                                                       TPT_CONNECTION_CONNECTED);
  GtkWidget *window = show_dashboard (world, 1000, 900);
  GtkWidget *dashboard = tpt_test_screen_find (window, TPT_TYPE_DASHBOARD, 0);
  GtkWidget *quiet = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), "quiet");

  tpt_test_screen_await (quiet, "Brightwater Clinics", TRUE);
  tpt_test_world_write (world, rename_quiet, world);
  tpt_test_screen_await (quiet, "Stillwater Clinics", TRUE);
  tpt_test_screen_await (quiet, "Brightwater Clinics", FALSE);
  tpt_test_screen_close (window);
}

/* Without a connection nobody knows of tomorrow, and one card offers to connect. */
static void
test_disconnected (void)
{
  g_autoptr (TptTestWorld) world = tpt_test_world_new (TPT_TEST_WORLD_EMPTY,
                                                       TPT_CONNECTION_DISCONNECTED);
  GtkWidget *window = show_dashboard (world, 1000, 900);

  tpt_test_screen_await (window, "once Calendly is connected", TRUE);
  tpt_test_screen_await (window, "Tomorrow", FALSE);
  tpt_test_connection_set_state (world->connection, TPT_CONNECTION_CONNECTED);
  tpt_test_screen_await (window, "No meetings tomorrow", TRUE);
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/dashboard/narrow", test_narrow);
  g_test_add_func ("/dashboard/wide", test_wide);
  g_test_add_func ("/dashboard/effort", test_effort);
  g_test_add_func ("/dashboard/midnight", test_midnight);
  g_test_add_func ("/dashboard/through-midnight", test_through_midnight);
  g_test_add_func ("/dashboard/rename", test_rename);
  g_test_add_func ("/dashboard/disconnected", test_disconnected);

  return g_test_run ();
}
