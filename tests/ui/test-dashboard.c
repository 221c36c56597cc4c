/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-dashboard.h"
#include "tpt-test-screen.h"
#include "tpt-test-world.h"
#include "tpt-test.h"

/* The width of a phone, less the frame that a window may have. */
#define NARROW 350

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

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/dashboard/narrow", test_narrow);
  g_test_add_func ("/dashboard/wide", test_wide);

  return g_test_run ();
}
