/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command-error.h"
#include "tpt-day.h"
#include "tpt-test.h"

static void
test_day_range (void)
{
  g_autoptr (GTimeZone) zone = tpt_time_zone_new ("Europe/Berlin");
  g_autoptr (GError) error = NULL;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  TptTimeRange range;

  /* Both dates belong to it, in the zone, across the change of the clocks. */
  g_assert_true (tpt_day_parse_range ("2026-10-24", "2026-10-25", zone, &range, &error));
  g_assert_no_error (error);
  start = tpt_time_format (range.start);
  end = tpt_time_format (range.end);
  g_assert_cmpstr (start, ==, "2026-10-23T22:00:00Z");
  g_assert_cmpstr (end, ==, "2026-10-25T23:00:00Z");
}

static void
test_day_open (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  TptTimeRange range;

  g_assert_true (tpt_day_parse_range (NULL, NULL, zone, &range, NULL));
  g_assert_cmpint (range.start, ==, TPT_TIME_NONE);
  g_assert_cmpint (range.end, ==, TPT_TIME_NONE);
  g_assert_true (tpt_day_parse_range ("2026-10-24T10:00:00+02:00", NULL, zone, &range, NULL));
  g_assert_cmpint (range.start / TPT_SECOND, ==, 1792828800);
}

static void
test_day_refused (void)
{
  static const char *const wrong[] = { "", "today", "2026-13-01", "2026-02-30", "26-01-01",
                                       "2026-1-1",
                                       "2026-01-01x" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) turned = NULL;
  TptTimeRange range;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (tpt_day_parse_range (wrong[i], NULL, zone, &range, &error));
      g_assert_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE);
    }
  g_assert_false (tpt_day_parse_range ("2026-01-02", "2026-01-01", zone, &range, &turned));
  g_assert_error (turned, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE);
  g_clear_error (&turned);
  g_assert_false (tpt_day_parse_range ("2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z", zone, &range,
                                       &turned));
  g_assert_nonnull (strstr (turned->message, "is not before"));
}

/* The ends of the calendar, and the instant by which the program says that there is no bound. */
static void
test_day_ends (void)
{
  g_autoptr (GTimeZone) east = g_time_zone_new_offset (3600);
  g_autoptr (GTimeZone) west = g_time_zone_new_offset (-3600);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  TptTimeRange range;

  g_assert_true (tpt_day_parse_range ("0001-01-01", NULL, east, &range, NULL));
  start = tpt_time_format (range.start);
  g_assert_cmpstr (start, ==, "0001-01-01T00:00:00Z");
  g_assert_true (tpt_day_parse_range (NULL, "9999-12-31", west, &range, NULL));
  end = tpt_time_format (range.end);
  g_assert_cmpstr (end, ==, "9999-12-31T23:59:59.999999Z");
  g_assert_true (tpt_day_parse_range ("1970-01-01", NULL, zone, &range, NULL));
  g_assert_cmpint (range.start, ==, 1);
  g_assert_true (tpt_day_parse_range (NULL, "1970-01-01T00:00:00Z", zone, &range, NULL));
  g_assert_cmpint (range.end, ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/day/range", test_day_range);
  g_test_add_func ("/day/open", test_day_open);
  g_test_add_func ("/day/refused", test_day_refused);
  g_test_add_func ("/day/ends", test_day_ends);

  return g_test_run ();
}
