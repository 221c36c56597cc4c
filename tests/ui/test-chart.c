/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chart-columns.h"
#include "tpt-chart.h"
#include "tpt-months-chart.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static void
test_axis (void)
{
  static const struct
  {
    double maximum, fitted, step;
  } cases[] = {
    { 0, 1, 1 }, { 1, 1, 1 }, { 4, 4, 1 }, { 5, 5, 1 }, { 6, 6, 2 }, { 10, 10, 2 }, { 11, 15, 5 },
    { 26, 30, 10 }, { 51, 60, 20 }, { 120, 150, 50 }, { 999, 1000, 200 },
  };
  TptChartAxis axis;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      tpt_chart_axis_fit (&axis, cases[i].maximum);
      g_assert_cmpfloat (axis.maximum, ==, cases[i].fitted);
      g_assert_cmpfloat (axis.step, ==, cases[i].step);
    }
  tpt_chart_axis_fit (&axis, 10);
  g_assert_cmpfloat (tpt_chart_axis_place (&axis, 5, 200), ==, 100);
  g_assert_cmpfloat (tpt_chart_axis_place (&axis, 50, 200), ==, 200);
}

static GArray *
make_months (void)
{
  GArray *months = g_array_new (FALSE, TRUE, sizeof (TptMonth));

  for (guint i = 0; i < 12; i++)
    {
      /* From 1 January 2026 on; any day of a month names it. */
      TptMonth month = { 20454 + i * 31, i % 4, i == 11 ? 2 : 0, i % 5 == 1, i % 7 == 3 };

      g_array_append_val (months, month);
    }

  return months;
}

static void
test_table (void)
{
  g_autoptr (GArray) months = make_months ();
  GtkWidget *chart = g_object_new (TPT_TYPE_MONTHS_CHART, NULL);
  GtkWidget *window;
  GtkWidget *picture;
  GtkWidget *expander;
  g_autofree char *summary = NULL;

  tpt_months_chart_set_months (TPT_MONTHS_CHART (chart), months);
  window = tpt_test_screen_show (chart, 420, 700);
  picture = tpt_test_screen_find (chart, TPT_TYPE_CHART, 0);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (picture)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  summary = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
    "Meetings by month, January 2026 to December 2026: 18 held, 7 others, "
    "most in December 2026: 6");
  g_assert_null (summary);
  g_assert_false (tpt_test_screen_shows (window, "December 2026"));
  expander = tpt_test_screen_find (chart, GTK_TYPE_EXPANDER, 0);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  tpt_test_screen_settle (window);
  g_assert_true (tpt_test_screen_shows (window, "December 2026"));
  g_assert_true (tpt_test_screen_shows (window, "January 2026"));
  tpt_test_screen_shoot (window, "chart");
  tpt_test_screen_close (window);
}

static void
test_empty (void)
{
  g_autoptr (GArray) months = g_array_new (FALSE, TRUE, sizeof (TptMonth));
  GtkWidget *chart = g_object_new (TPT_TYPE_MONTHS_CHART, NULL);
  GtkWidget *window;

  tpt_months_chart_set_months (TPT_MONTHS_CHART (chart), months);
  window = tpt_test_screen_show (chart, 300, 300);
  g_assert_true (tpt_test_screen_shows (window, "Meetings by Month"));
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/ui/chart/axis", test_axis);
  g_test_add_func ("/ui/chart/table", test_table);
  g_test_add_func ("/ui/chart/empty", test_empty);

  return g_test_run ();
}
