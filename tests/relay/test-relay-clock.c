/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-clock.h"
#include "tpt-test.h"

#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY (24 * HOUR)
#define NOW (20000 * DAY)

/* Hour by hour, as the keeper asks; what it believes it remembers. */
static guint
count_beliefs (TptRelayClock *clock,
               gint64        *last,
               gint64         wall,
               gint64         monotonic,
               guint          hours)
{
  guint count = 0;

  for (guint i = 0; i < hours; i++)
    {
      if (!tpt_relay_clock_believe (clock, *last, wall + i * HOUR, monotonic + i * HOUR))
        continue;
      *last = wall + i * HOUR;
      count++;
    }

  return count;
}

static void
test_even (void)
{
  TptRelayClock clock = { FALSE, 0, FALSE, 0, 0 };
  gint64 last = 0;

  g_assert_cmpuint (count_beliefs (&clock, &last, NOW, 5, 1000), ==, 1000);
}

/* Thirty months ahead, then right again: never believed, and no trace of it. */
static void
test_jump_and_back (void)
{
  TptRelayClock clock = { FALSE, 0, FALSE, 0, 0 };
  gint64 last = 0;

  g_assert_cmpuint (count_beliefs (&clock, &last, NOW, 5, 10), ==, 10);
  g_assert_cmpuint (count_beliefs (&clock, &last, NOW + 900 * DAY, 5 + 10 * HOUR, 20), ==, 0);
  g_assert_cmpuint (count_beliefs (&clock, &last, NOW + 30 * HOUR, 5 + 30 * HOUR, 20), ==, 20);
}

/* It stays there for a day: the time has really come, as after months in a cupboard. */
static void
test_jump_for_good (void)
{
  TptRelayClock clock = { FALSE, 0, FALSE, 0, 0 };
  gint64 last = NOW;

  g_assert_cmpuint (count_beliefs (&clock, &last, NOW + 90 * DAY, 5, 24), ==, 0);
  g_assert_cmpuint (count_beliefs (&clock, &last, NOW + 91 * DAY, 5 + DAY, 10), ==, 10);
}

/* One that jumps about while it is doubted begins its day anew. */
static void
test_restless (void)
{
  TptRelayClock clock = { FALSE, 0, FALSE, 0, 0 };
  gint64 last = NOW;

  g_assert_cmpuint (count_beliefs (&clock, &last, NOW + 90 * DAY, 5, 20), ==, 0);
  g_assert_cmpuint (count_beliefs (&clock, &last, NOW + 300 * DAY, 5 + 20 * HOUR, 20), ==, 0);
}

/* Back to 1970: everything is young then, so nothing is purged, and there is nothing to fear. */
static void
test_backwards (void)
{
  TptRelayClock clock = { FALSE, 0, FALSE, 0, 0 };
  gint64 last = NOW;

  g_assert_cmpuint (count_beliefs (&clock, &last, DAY, 5, 10), ==, 10);
  g_assert_cmpuint (count_beliefs (&clock, &last, NOW + HOUR, 5 + 10 * HOUR, 10), ==, 0);
}

/* A night without the relay is no jump. */
static void
test_restart (void)
{
  TptRelayClock before = { FALSE, 0, FALSE, 0, 0 };
  TptRelayClock after = { FALSE, 0, FALSE, 0, 0 };
  gint64 last = 0;

  g_assert_cmpuint (count_beliefs (&before, &last, NOW, 5, 10), ==, 10);
  g_assert_cmpuint (count_beliefs (&after, &last, NOW + 22 * HOUR, 1, 10), ==, 10);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/clock/even", test_even);
  g_test_add_func ("/relay/clock/jump-and-back", test_jump_and_back);
  g_test_add_func ("/relay/clock/jump-for-good", test_jump_for_good);
  g_test_add_func ("/relay/clock/restless", test_restless);
  g_test_add_func ("/relay/clock/backwards", test_backwards);
  g_test_add_func ("/relay/clock/restart", test_restart);

  return g_test_run ();
}
