/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-pause.h"
#include "tpt-test.h"

/* A pause is within its bounds, longer in expectation after each break, and on top of what the
 * relay asked for; only a stream that lived makes good what broke before. */
static void
test_pause_bounds (void)
{
  for (guint breaks = 0; breaks < 40; breaks++)
    {
      for (guint i = 0; i <= 20; i++)
        {
          TptTime pause = tpt_listener_pause_get (breaks, 0, i / 20.0);

          g_assert_cmpint (pause, >, 0);
          g_assert_cmpint (pause, <=, 60 * TPT_SECOND);
          g_assert_cmpint (tpt_listener_pause_get (breaks + 1, 0, i / 20.0), >=, pause);
          g_assert_cmpint (tpt_listener_pause_get (breaks, 5 * TPT_SECOND, i / 20.0), ==,
                           pause + 5 * TPT_SECOND);
        }
      g_assert_cmpuint (tpt_listener_pause_note (breaks, TPT_SECOND), ==, breaks);
      g_assert_cmpuint (tpt_listener_pause_note (breaks, 60 * TPT_SECOND), ==, 0);
    }
  g_assert_cmpint (tpt_listener_pause_get (0, TPT_DAY, 0), <, 3600 * TPT_SECOND);
  g_assert_cmpint (tpt_listener_pause_get (0, -5, 0), >, 0);
}

/* The first look comes within seconds; however often a relay comes and goes, there is hardly more
 * than one a minute, and nobody waits for much longer. */
static void
test_pause_look (void)
{
  TptTime now = 0;
  guint looks = 0;

  g_assert_cmpint (tpt_listener_pause_look (0, TPT_MINUTE), ==, 0);
  g_assert_cmpint (tpt_listener_pause_look (0, 0), <=, 5 * TPT_SECOND);
  g_assert_cmpint (tpt_listener_pause_look (0, -TPT_MINUTE), <=, 5 * TPT_SECOND);
  while (now < 15 * TPT_MINUTE)
    now += tpt_listener_pause_look (looks++, 0);
  g_assert_cmpuint (looks, <=, 20);
  for (; looks < 200; looks++)
    g_assert_cmpint (tpt_listener_pause_look (looks, 0), ==, TPT_MINUTE);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/listener/pause/bounds", test_pause_bounds);
  g_test_add_func ("/listener/pause/look", test_pause_look);

  return g_test_run ();
}
