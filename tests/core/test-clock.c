/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-clock.h"
#include "tpt-test.h"

static void
test_system (void)
{
  TptClock *clock = tpt_clock_new ();
  gint64 before = g_get_real_time ();
  TptTime now = tpt_clock_now (clock);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
  tpt_test_finalized (clock);
}

static void
test_frozen (void)
{
  TptClock *clock = tpt_clock_new_frozen (42);

  g_assert_cmpint (tpt_clock_now (clock), ==, 42);
  tpt_clock_set (clock, 43);
  g_assert_cmpint (tpt_clock_now (clock), ==, 43);
  tpt_test_finalized (clock);
}

static void
test_environment (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptClock) clock = NULL;
  g_autoptr (TptClock) system = NULL;

  g_setenv ("TOUCHPOINT_NOW", "2026-05-28T09:06:40+02:00", TRUE);
  clock = tpt_clock_new_environment (&error);
  g_assert_no_error (error);
  g_assert_cmpint (tpt_clock_now (clock), ==, (TptTime) 1779952000 * TPT_SECOND);
  g_setenv ("TOUCHPOINT_NOW", "tomorrow", TRUE);
  g_assert_null (tpt_clock_new_environment (&error));
  g_assert_error (error, TPT_TIME_ERROR, TPT_TIME_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "TOUCHPOINT_NOW: "));
  g_clear_error (&error);
  g_setenv ("TOUCHPOINT_NOW", "", TRUE);
  system = tpt_clock_new_environment (&error);
  g_assert_no_error (error);
  g_assert_cmpint (tpt_clock_now (system), >, (TptTime) 1500000000 * TPT_SECOND);
  g_unsetenv ("TOUCHPOINT_NOW");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/frozen", test_frozen);
  g_test_add_func ("/clock/environment", test_environment);

  return g_test_run ();
}
