/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "metrics-world.h"
#include "tpt-test.h"

static World *
make_world (void)
{
  World *world = world_new ("UTC");

  world_add_customer (world, 1, WORLD_NOW - 400 * TPT_DAY);

  return world;
}

static void
cancel (TptBooking  *booking,
        TptCanceler  canceler)
{
  booking->canceled = TRUE;
  booking->canceler = (guint8) canceler;
  booking->canceled_at = booking->start - 3 * TPT_DAY;
}

static double
score_of (TptMetrics        *metrics,
          TptHealthPartKind  kind)
{
  g_assert_true (metrics->health.parts[kind].score.defined);

  return metrics->health.parts[kind].score.value;
}

/* Window 90, cadence 30, 40 days since the last, the next in 10, 2 held, 1 guest no-show, 1
 * canceled by the invitee. */
static void
test_health_worked_case (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_booking (world, 1, -40);
  world_add_booking (world, 1, -60);
  world_add_booking (world, 1, -70)->no_show = TPT_NO_SHOW_GUEST;
  cancel (world_add_booking (world, 1, -80), TPT_CANCELER_INVITEE);
  world_add_booking (world, 1, 10);
  metrics = world_compute (world);

  g_assert_cmpfloat_with_epsilon (score_of (metrics, TPT_HEALTH_RECENCY), 700.0 / 9, 1e-9);
  g_assert_cmpfloat_with_epsilon (score_of (metrics, TPT_HEALTH_FREQUENCY), 200.0 / 3, 1e-9);
  g_assert_cmpfloat_with_epsilon (score_of (metrics, TPT_HEALTH_RELIABILITY), 62.5, 1e-9);
  g_assert_cmpfloat (score_of (metrics, TPT_HEALTH_FORWARD), ==, 100);
  g_assert_cmpfloat_with_epsilon (metrics->health.score.value, 74.5, 0.05);
  g_assert_cmpstr (tpt_health_band_to_string (metrics->health.band), ==, "watch");
  g_assert_cmpstr (metrics->health.parts[0].name, ==, "recency");
  g_assert_cmpint (metrics->health.parts[0].weight, ==, 35);
}

static void
test_health_sentences (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_booking (world, 1, -40);
  world_add_booking (world, 1, -70)->no_show = TPT_NO_SHOW_GUEST;
  world_add_booking (world, 1, 10);
  metrics = world_compute (world);

  g_assert_nonnull (strstr (metrics->health.parts[TPT_HEALTH_RECENCY].reason, "40 days ago"));
  g_assert_nonnull (strstr (metrics->health.parts[TPT_HEALTH_FREQUENCY].reason,
                            "1 meeting held in 90 days"));
  g_assert_cmpstr (metrics->health.parts[TPT_HEALTH_RELIABILITY].reason, ==,
                   "1 no-show, of 2 meetings");
  g_assert_nonnull (strstr (metrics->health.parts[TPT_HEALTH_FORWARD].reason, "10 days"));
  g_assert_nonnull (strstr (metrics->health.parts[TPT_HEALTH_FREQUENCY].raise, "2 more meetings"));
  g_assert_nonnull (metrics->health.parts[TPT_HEALTH_RELIABILITY].raise);
  g_assert_null (metrics->health.parts[TPT_HEALTH_FORWARD].raise);
}

/* Nobody says “0 days ago”. */
static void
test_health_just_met (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_booking (world, 1, -40);
  world_add_booking (world, 1, -0.1);
  metrics = world_compute (world);

  g_assert_nonnull (strstr (metrics->health.parts[TPT_HEALTH_RECENCY].reason, "less than a day"));
}

/* It is noon: the days ahead are dates, as beside "Next meeting", not spans of 24 hours. */
static void
test_health_days_ahead (void)
{
  static const struct
  {
    double next;
    const char *words;
  } cases[] = {
    { 0.4, "is within a day" },
    { 0.6, "is in 1 day " },
    { 1.4, "is in 1 day " },
    { 1.8, "is in 2 days " },
    { -0.01, "is within a day" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) world = make_world ();
      g_autoptr (TptMetrics) metrics = NULL;

      world_add_booking (world, 1, cases[i].next);
      metrics = world_compute (world);
      if (strstr (metrics->health.parts[TPT_HEALTH_FORWARD].reason, cases[i].words) == NULL)
        g_error ("“%s” is not in “%s”", cases[i].words,
                 metrics->health.parts[TPT_HEALTH_FORWARD].reason);
    }
}

/* What did not happen is not counted up. */
static void
test_health_nothing_missed (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_booking (world, 1, -40);
  metrics = world_compute (world);

  g_assert_cmpstr (metrics->health.parts[TPT_HEALTH_RELIABILITY].reason, ==,
                   "Nothing missed or canceled by them, of 1 meeting");
}

/* At the cadence full, at two and a half times it empty; a meeting ahead keeps it at 60. */
static void
test_health_recency (void)
{
  static const struct
  {
    double days;
    double next;
    double expected;
  } cases[] = {
    { -30, 0, 100 }, { -31, 0, 100 * 44.0 / 45 }, { -75, 0, 0 }, { -74, 0, 100 / 45.0 },
    { -200, 0, 0 },
    { -75, 30, 60 }, { -75, 30.01, 0 }, { -40, 30, 100 * 35.0 / 45 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) world = make_world ();
      g_autoptr (TptMetrics) metrics = NULL;

      world_add_booking (world, 1, cases[i].days);
      if (cases[i].next > 0)
        world_add_booking (world, 1, cases[i].next);
      metrics = world_compute (world);
      g_assert_cmpfloat_with_epsilon (score_of (metrics, TPT_HEALTH_RECENCY), cases[i].expected,
                                      1e-9);
    }
}

static void
test_health_forward (void)
{
  static const struct
  {
    double next;
    double expected;
  } cases[] = { { 0.1, 100 }, { 30, 100 }, { 30.001, 50 }, { 60, 50 }, { 60.001, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) world = make_world ();
      g_autoptr (TptMetrics) metrics = NULL;

      world_add_booking (world, 1, cases[i].next);
      metrics = world_compute (world);
      g_assert_cmpfloat (score_of (metrics, TPT_HEALTH_FORWARD), ==, cases[i].expected);
    }
}

/* What the host did is not the customer's fault. */
static void
test_health_host_faults (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;
  double expected = 100 - 100 * (0.5 / (3 + 3) + 0.5 * 0.5 / (4 + 3) + 0.25 * 0.5 / (4 + 3));

  world_add_booking (world, 1, -10);
  world_add_booking (world, 1, -20);
  world_add_booking (world, 1, -30)->no_show = TPT_NO_SHOW_HOST;
  cancel (world_add_booking (world, 1, -40), TPT_CANCELER_HOST);
  metrics = world_compute (world);

  g_assert_cmpfloat_with_epsilon (score_of (metrics, TPT_HEALTH_RELIABILITY), expected, 1e-9);
}

static void
test_health_not_enough (void)
{
  g_autoptr (World) world = make_world ();
  TptCustomer *customer = g_ptr_array_index (world->customers, 0);
  g_autoptr (TptMetrics) none = world_compute (world);
  g_autoptr (TptMetrics) one = NULL;
  g_autoptr (TptMetrics) two = NULL;
  g_autoptr (TptMetrics) young = NULL;
  g_autoptr (TptMetrics) known = NULL;

  g_assert_false (none->health.score.defined);
  g_assert_cmpint (none->health.band, ==, TPT_HEALTH_UNKNOWN);
  g_assert_false (none->health.parts[TPT_HEALTH_RECENCY].score.defined);
  g_assert_false (none->health.parts[TPT_HEALTH_RELIABILITY].score.defined);

  world_add_booking (world, 1, -10);
  one = world_compute (world);
  g_assert_false (one->health.score.defined);

  cancel (world_add_booking (world, 1, 20), TPT_CANCELER_HOST);
  two = world_compute (world);
  g_assert_true (two->health.score.defined);

  customer->created_at = WORLD_NOW - 30 * TPT_DAY + 1;
  young = world_compute (world);
  g_assert_false (young->health.score.defined);
  customer->created_at = WORLD_NOW - 30 * TPT_DAY;
  known = world_compute (world);
  g_assert_true (known->health.score.defined);
}

/* Known by its first booking, also where the record is younger or tells no time. */
static void
test_health_known_since (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  ((TptCustomer *) g_ptr_array_index (world->customers, 0))->created_at = TPT_TIME_NONE;
  world_add_booking (world, 1, -10);
  world_add_booking (world, 1, -28);
  metrics = world_compute (world);
  g_assert_true (metrics->health.score.defined);
}

/* Without a meeting ever held or any in the window, frequency and forward share the weight. */
static void
test_health_weights (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_booking (world, 1, 10);
  world_add_booking (world, 1, 20);
  metrics = world_compute (world);

  g_assert_cmpfloat_with_epsilon (metrics->health.score.value, (25 * 0 + 15 * 100) / 40.0, 1e-9);
  g_assert_cmpint (metrics->health.band, ==, TPT_HEALTH_CRITICAL);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/health/worked-case", test_health_worked_case);
  g_test_add_func ("/health/sentences", test_health_sentences);
  g_test_add_func ("/health/just-met", test_health_just_met);
  g_test_add_func ("/health/days-ahead", test_health_days_ahead);
  g_test_add_func ("/health/nothing-missed", test_health_nothing_missed);
  g_test_add_func ("/health/recency", test_health_recency);
  g_test_add_func ("/health/forward", test_health_forward);
  g_test_add_func ("/health/host-faults", test_health_host_faults);
  g_test_add_func ("/health/not-enough", test_health_not_enough);
  g_test_add_func ("/health/known-since", test_health_known_since);
  g_test_add_func ("/health/weights", test_health_weights);

  return g_test_run ();
}
