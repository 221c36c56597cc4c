/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sweep-pace.h"

#include "tpt-test.h"

#define QUICK (G_USEC_PER_SEC / 10)

static void
answer (TptSweepPace *pace,
        guint         count,
        gint64        duration,
        gboolean      was_refused)
{
  for (guint i = 0; i < count; i++)
    {
      tpt_sweep_pace_answered (pace, duration, was_refused);
      g_assert_cmpuint (pace->width, >=, 1);
      g_assert_cmpuint (pace->width, <=, TPT_SWEEP_PACE_WIDEST);
    }
}

/* Half as many for each refusal, never none; one more for each round that went well. */
static void
test_pace_refused (void)
{
  TptSweepPace pace;

  tpt_sweep_pace_init (&pace);
  answer (&pace, 20, QUICK, FALSE);
  g_assert_cmpuint (pace.width, ==, TPT_SWEEP_PACE_WIDEST);
  answer (&pace, 1, QUICK, TRUE);
  g_assert_cmpuint (pace.width, ==, TPT_SWEEP_PACE_WIDEST / 2);
  answer (&pace, 5, QUICK, TRUE);
  g_assert_cmpuint (pace.width, ==, 1);

  answer (&pace, 1, QUICK, FALSE);
  g_assert_cmpuint (pace.width, ==, 2);
  answer (&pace, 1, QUICK, FALSE);
  g_assert_cmpuint (pace.width, ==, 2);
  answer (&pace, 1, QUICK, FALSE);
  g_assert_cmpuint (pace.width, ==, 3);
  answer (&pace, 100, QUICK, FALSE);
  g_assert_cmpuint (pace.width, ==, TPT_SWEEP_PACE_WIDEST);
}

/* One less for each answer that takes much longer than usual; a service that is always slow is as
 * slow with fewer. */
static void
test_pace_slow (void)
{
  TptSweepPace pace;

  tpt_sweep_pace_init (&pace);
  answer (&pace, 20, QUICK, FALSE);
  answer (&pace, 1, 3 * G_USEC_PER_SEC, FALSE);
  g_assert_cmpuint (pace.width, ==, TPT_SWEEP_PACE_WIDEST - 1);
  answer (&pace, 100, 3 * G_USEC_PER_SEC, FALSE);
  g_assert_cmpuint (pace.width, ==, TPT_SWEEP_PACE_WIDEST);

  tpt_sweep_pace_init (&pace);
  answer (&pace, 20, QUICK, FALSE);
  answer (&pace, 20, 9 * QUICK, FALSE);
  g_assert_cmpuint (pace.width, ==, TPT_SWEEP_PACE_WIDEST);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/sweep-pace/refused", test_pace_refused);
  g_test_add_func ("/sweep-pace/slow", test_pace_slow);

  return g_test_run ();
}
