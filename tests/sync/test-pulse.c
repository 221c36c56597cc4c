/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-pulse.h"

#include <string.h>
#include <time.h>

#include "tpt-fake-pulse.h"
#include "tpt-test.h"

typedef struct
{
  TptFakePulse time;
  TptPulse *pulse;
  guint beats;
} Fixture;

static void
beat_cb (Fixture *fixture)
{
  fixture->beats++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  tpt_fake_pulse_init (&fixture->time);
  fixture->pulse = tpt_pulse_new ();
  tpt_pulse_set_timer (fixture->pulse, &fixture->time.timer);
  g_signal_connect_swapped (fixture->pulse, "beat", G_CALLBACK (beat_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  tpt_test_finalized (fixture->pulse);
  tpt_fake_pulse_clear (&fixture->time);
}

/* The pause that was asked for is over. */
static void
pass (Fixture *fixture)
{
  tpt_fake_pulse_pass (&fixture->time);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* At once for the first time, then after each sync: three quarters of a minute alone, a quarter of
 * an hour with a relay. */
static void
test_pulse_rhythm (Fixture       *fixture,
                   gconstpointer  user_data)
{
  tpt_pulse_start (fixture->pulse);
  g_assert_cmpint (fixture->time.pause, ==, 0);
  pass (fixture);
  g_assert_cmpuint (fixture->beats, ==, 1);

  /* Nothing beats while the sync that it brought about goes on. */
  g_assert_false (tpt_fake_pulse_is_waiting (&fixture->time));
  tpt_pulse_note (fixture->pulse, FALSE);
  g_assert_cmpint (fixture->time.pause, ==, 45 * TPT_SECOND);
  pass (fixture);
  g_assert_cmpuint (fixture->beats, ==, 2);

  tpt_pulse_note (fixture->pulse, FALSE);
  tpt_pulse_set_relay_live (fixture->pulse, TRUE);
  g_assert_cmpint (fixture->time.pause, ==, 15 * TPT_MINUTE);
  tpt_pulse_set_relay_live (fixture->pulse, FALSE);
  g_assert_cmpint (fixture->time.pause, ==, 45 * TPT_SECOND);
}

/* However much was missed in whatever time, it is made good by one sync. */
static void
test_pulse_one_for_many (Fixture       *fixture,
                         gconstpointer  user_data)
{
  tpt_pulse_start (fixture->pulse);
  for (guint i = 0; i < 480; i++)
    tpt_pulse_wake (fixture->pulse);
  g_assert_cmpint (fixture->time.pause, ==, 0);
  pass (fixture);
  g_assert_cmpuint (fixture->beats, ==, 1);
}

/* What was missed is looked for at once also where the relay comes or goes just then: that it is
 * back is why something may have been missed. */
static void
test_pulse_relay_back (Fixture       *fixture,
                       gconstpointer  user_data)
{
  tpt_pulse_start (fixture->pulse);
  tpt_pulse_set_relay_live (fixture->pulse, TRUE);
  g_assert_cmpint (fixture->time.pause, ==, 0);
  pass (fixture);
  tpt_pulse_note (fixture->pulse, FALSE);
  g_assert_cmpint (fixture->time.pause, ==, 15 * TPT_MINUTE);

  tpt_pulse_set_relay_live (fixture->pulse, FALSE);
  tpt_pulse_wake (fixture->pulse);
  tpt_pulse_set_relay_live (fixture->pulse, TRUE);
  g_assert_cmpint (fixture->time.pause, ==, 0);
  pass (fixture);
  g_assert_cmpuint (fixture->beats, ==, 2);
  tpt_pulse_set_relay_live (fixture->pulse, FALSE);
  g_assert_cmpint (fixture->time.pause, ==, 45 * TPT_SECOND);
}

/* After failures it comes back sooner or later, but never in a storm. */
static void
test_pulse_failures (Fixture       *fixture,
                     gconstpointer  user_data)
{
  tpt_pulse_start (fixture->pulse);
  pass (fixture);
  for (guint i = 0; i < 40; i++)
    {
      tpt_pulse_note (fixture->pulse, TRUE);
      g_assert_cmpint (fixture->time.pause, >=, 20 * TPT_SECOND);
      g_assert_cmpint (fixture->time.pause, <=, 2 * TPT_MINUTE);
      pass (fixture);
    }
  g_assert_cmpuint (fixture->beats, ==, 41);
  tpt_pulse_note (fixture->pulse, FALSE);
  g_assert_cmpint (fixture->time.pause, ==, 45 * TPT_SECOND);
}

/* The network is back: who was cut off need not wait, who was not does not ask. */
static void
test_pulse_network (Fixture       *fixture,
                    gconstpointer  user_data)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  tpt_pulse_start (fixture->pulse);
  pass (fixture);
  tpt_pulse_note (fixture->pulse, FALSE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_assert_cmpint (fixture->time.pause, ==, 45 * TPT_SECOND);

  tpt_pulse_note (fixture->pulse, TRUE);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  g_assert_cmpint (fixture->time.pause, >, 0);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_assert_cmpint (fixture->time.pause, ==, 0);
}

static void
test_pulse_off (Fixture       *fixture,
                gconstpointer  user_data)
{
  tpt_pulse_wake (fixture->pulse);
  g_assert_null (fixture->time.source);
  tpt_pulse_start (fixture->pulse);
  tpt_pulse_stop (fixture->pulse);
  g_assert_false (tpt_fake_pulse_is_waiting (&fixture->time));
  tpt_pulse_note (fixture->pulse, FALSE);
  g_assert_false (tpt_fake_pulse_is_waiting (&fixture->time));
}

static gboolean
fired_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Whether a timer of this process runs on the clock that goes on while the machine is suspended. */
static gboolean
has_boottime_timer (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fdinfo", 0, NULL);
  g_autofree char *wanted = g_strdup_printf ("clockid: %d\n", CLOCK_BOOTTIME);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fdinfo", name, NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && strstr (text, wanted) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* The real timer: fires, is gone then, and knows of suspension. */
static void
test_pulse_system (void)
{
  GSource *source = tpt_pulse_timer_system.after (10 * TPT_SECOND / 1000, NULL);
  gboolean fired = FALSE;

  g_source_set_callback (source, fired_cb, &fired, NULL);
  g_source_attach (source, NULL);
  g_source_unref (source);
  g_assert_true (has_boottime_timer ());
  tpt_test_await_bool (&fired);
  g_assert_false (has_boottime_timer ());

  /* Now counts as a pause, too. */
  source = tpt_pulse_timer_system.after (0, NULL);
  fired = FALSE;
  g_source_set_callback (source, fired_cb, &fired, NULL);
  g_source_attach (source, NULL);
  g_source_unref (source);
  tpt_test_await_bool (&fired);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/pulse/rhythm", test_pulse_rhythm },
    { "/pulse/one-for-many", test_pulse_one_for_many },
    { "/pulse/relay-back", test_pulse_relay_back },
    { "/pulse/failures", test_pulse_failures },
    { "/pulse/network", test_pulse_network },
    { "/pulse/off", test_pulse_off },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  g_test_add_func ("/pulse/system", test_pulse_system);

  return g_test_run ();
}
