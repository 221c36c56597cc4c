/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "metrics-world.h"
#include "tpt-test.h"

static World *
make_world (void)
{
  World *world = world_new ("Europe/Berlin");

  world_add_customer (world, 1, WORLD_NOW - 400 * TPT_DAY);

  return world;
}

static void
cancel (TptBooking  *booking,
        TptCanceler  canceler,
        TptTime      before_start)
{
  booking->canceled = TRUE;
  booking->canceler = (guint8) canceler;
  booking->canceled_at = booking->start - before_start;
}

static void
assert_rate (TptRate rate,
             gint64  numerator,
             gint64  denominator)
{
  g_assert_cmpint (rate.numerator, ==, numerator);
  g_assert_cmpint (rate.denominator, ==, denominator);
  g_assert_cmpint (rate.defined, ==, denominator >= 3);
  if (rate.defined)
    g_assert_cmpfloat_with_epsilon (rate.value, (double) numerator / (double) denominator, 1e-12);
}

static void
test_metrics_empty (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = world_compute (world);

  g_assert_cmpint (metrics->customer, ==, 1);
  g_assert_cmpint (metrics->window_days, ==, 90);
  g_assert_cmpint (metrics->as_of, ==, WORLD_NOW);
  g_assert_cmpint (metrics->bookings, ==, 0);
  g_assert_cmpfloat (metrics->booking_frequency, ==, 0);
  g_assert_cmpint (metrics->last_scheduled_at, ==, TPT_TIME_NONE);
  g_assert_cmpint (metrics->next_meeting_at, ==, TPT_TIME_NONE);
  g_assert_false (metrics->days_since_last_held.defined);
  g_assert_false (metrics->cadence_gap_days.defined);
  g_assert_false (metrics->median_interval_days.defined);
  g_assert_false (metrics->lead_time_hours.defined);
  g_assert_false (metrics->time_to_book_hours.defined);
  g_assert_cmpint (metrics->cadence_days, ==, 30);
  g_assert_true (metrics->cadence_adherence.defined);
  g_assert_cmpint (metrics->cadence_adherence.denominator, ==, 90);
  assert_rate (metrics->cancellation_rate, 0, 0);
  assert_rate (metrics->no_show_rate, 0, 0);
  assert_rate (metrics->reschedule_rate, 0, 0);
  assert_rate (metrics->link_conversion, 0, 0);
}

/* Late is less than 24 hours before the start, and any time after it. */
static void
test_metrics_late (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  cancel (world_add_booking (world, 1, -1), TPT_CANCELER_HOST, TPT_DAY);
  cancel (world_add_booking (world, 1, -2), TPT_CANCELER_HOST, TPT_DAY - 1);
  cancel (world_add_booking (world, 1, -3), TPT_CANCELER_INVITEE, -TPT_HOUR);
  cancel (world_add_booking (world, 1, -4), TPT_CANCELER_INVITEE, 2 * TPT_DAY);
  cancel (world_add_booking (world, 1, -5), TPT_CANCELER_NONE, 2 * TPT_DAY);
  metrics = world_compute (world);

  assert_rate (metrics->cancellation_rate, 5, 5);
  assert_rate (metrics->cancellation_late, 2, 5);
  assert_rate (metrics->cancellation_host, 2, 5);
  assert_rate (metrics->cancellation_invitee, 2, 5);
  g_assert_cmpint (metrics->held, ==, 0);
  g_assert_cmpint (metrics->no_shows, ==, 0);
}

/* A cancellation after the start is one, also beside a no-show mark. */
static void
test_metrics_cancel_after_start (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;
  TptBooking *booking = world_add_booking (world, 1, -1);

  cancel (booking, TPT_CANCELER_INVITEE, -TPT_HOUR);
  booking->no_show = TPT_NO_SHOW_GUEST;
  metrics = world_compute (world);

  g_assert_cmpint (metrics->canceled, ==, 1);
  g_assert_cmpint (metrics->no_shows, ==, 0);
}

/* The window takes its first instant and leaves the present one out. */
static void
test_metrics_window (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;
  TptBooking *at_start = world_add_booking (world, 1, -90);
  TptBooking *before, *now;

  at_start->created_at = WORLD_NOW - 90 * TPT_DAY;
  before = world_add_booking (world, 1, -90);
  before->start -= 1;
  before->created_at = WORLD_NOW - 90 * TPT_DAY - 1;
  now = world_add_booking (world, 1, 0);
  now->end = now->start;
  now->created_at = WORLD_NOW;
  cancel (now, TPT_CANCELER_HOST, 0);
  metrics = world_compute (world);

  g_assert_cmpint (metrics->held, ==, 1);
  g_assert_cmpint (metrics->canceled, ==, 0);
  g_assert_cmpint (metrics->bookings, ==, 1);
  g_assert_cmpfloat_with_epsilon (metrics->booking_frequency, 1 / (90 / 30.4375), 1e-12);
  g_assert_cmpfloat_with_epsilon (metrics->meeting_frequency, 1 / (90 / 30.4375), 1e-12);
  g_assert_cmpint (metrics->last_scheduled_at, ==, WORLD_NOW);
}

/* A running meeting has not ended: it is the next one. It is held from the instant after its
 * end. */
static void
test_metrics_running (void)
{
  g_autoptr (World) world = make_world ();
  TptBooking *booking = world_add_booking (world, 1, -0.01);
  TptTime start = booking->start;
  TptTime end = booking->end = WORLD_NOW;
  g_autoptr (TptMetrics) running = world_compute (world);
  g_autoptr (TptMetrics) over = NULL;

  world->input.now = WORLD_NOW + 1;
  over = world_compute (world);
  g_assert_cmpint (running->upcoming, ==, 1);
  g_assert_cmpint (running->held, ==, 0);
  g_assert_cmpint (running->next_meeting_at, ==, start);
  g_assert_cmpint (running->reschedule_rate.denominator, ==, 1);
  g_assert_cmpint (over->upcoming, ==, 0);
  g_assert_cmpint (over->held, ==, 1);
  g_assert_cmpint (over->last_held_at, ==, end);
}

/* Three bookings of one invitee are one meeting, in whatever order they came and whatever their
 * clocks say. */
static void
test_metrics_chain (void)
{
  for (int order = 0; order < 2; order++)
    {
      g_autoptr (World) world = make_world ();
      g_autoptr (TptMetrics) metrics = NULL;
      const double starts[] = { -30, -20, -10 };
      TptBooking *booking;

      for (int i = 0; i < 3; i++)
        {
          int step = order == 0 ? i : 2 - i;

          booking = world_add_booking (world, 1, starts[step]);
          booking->id = 100 + step;
          booking->previous = step > 0 ? 99 + step : 0;
          booking->canceled = booking->rescheduled = step < 2;
          booking->created_at = WORLD_NOW - 40 * TPT_DAY;
          booking->email_key = 7;
        }
      metrics = world_compute (world);

      g_assert_cmpint (metrics->bookings, ==, 3);
      g_assert_cmpfloat_with_epsilon (metrics->booking_frequency, 1 / (90 / 30.4375), 1e-12);
      g_assert_cmpint (metrics->held, ==, 1);
      g_assert_cmpint (metrics->canceled, ==, 0);
      g_assert_cmpint (metrics->reschedule_rate.numerator, ==, 1);
      g_assert_cmpint (metrics->reschedule_rate.denominator, ==, 1);
      g_assert_cmpfloat (metrics->days_since_last_held.value, ==, 10);
      g_assert_cmpint (metrics->breadth, ==, 1);
    }
}

/* A replaced booking whose successor is not here yet is neither held nor canceled; one whose
 * forerunner is not here stands for itself. */
static void
test_metrics_partial_chain (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;
  TptBooking *booking = world_add_booking (world, 1, -10);

  booking->canceled = booking->rescheduled = TRUE;
  world_add_booking (world, 1, -5)->previous = 4711;
  metrics = world_compute (world);

  g_assert_cmpint (metrics->bookings, ==, 2);
  g_assert_cmpint (metrics->held, ==, 1);
  g_assert_cmpint (metrics->canceled, ==, 0);
  g_assert_cmpint (metrics->reschedule_rate.numerator, ==, 0);
  g_assert_cmpint (metrics->reschedule_rate.denominator, ==, 1);
}

/* Data that cannot be: a ring ends, and two successors of one booking are one chain. */
static void
test_metrics_broken_chain (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_booking (world, 1, -10)->previous = 2;
  world_add_booking (world, 1, -9)->previous = 1;
  world_add_booking (world, 1, -8)->previous = 3;
  world_add_booking (world, 1, -7);
  world_add_booking (world, 1, -6)->previous = 4;
  world_add_booking (world, 1, -5)->previous = 4;
  metrics = world_compute (world);

  g_assert_cmpint (metrics->bookings, ==, 6);
  g_assert_cmpint (metrics->held, ==, 3);
}

/* Three people of one customer in one event: one meeting, three chains. */
static void
test_metrics_group (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;
  TptTime start = WORLD_NOW - 10 * TPT_DAY;

  for (int i = 0; i < 3; i++)
    {
      TptBooking *booking = world_add_booking (world, 1, -10);

      booking->event = 1;
      booking->created_at = start - (i + 1) * TPT_DAY;
      if (i == 2)
        cancel (booking, TPT_CANCELER_INVITEE, TPT_HOUR);
    }
  world_add_booking (world, 2, -10)->event = 1;
  metrics = world_compute (world);

  g_assert_cmpint (metrics->bookings, ==, 3);
  g_assert_cmpfloat_with_epsilon (metrics->booking_frequency, 3 / (90 / 30.4375), 1e-12);
  g_assert_cmpint (metrics->held, ==, 1);
  g_assert_cmpint (metrics->canceled, ==, 0);
  g_assert_cmpint (metrics->breadth, ==, 2);
}

/* Held wins over no-show, no-show over canceled; the chain that decides and was booked first
 * gives the lead time. */
static void
test_metrics_group_order (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  for (int event = 1; event <= 3; event++)
    {
      for (int i = 0; i < 3; i++)
        {
          TptBooking *booking = world_add_booking (world, 1, -10 * event);

          booking->event = event;
          booking->created_at = booking->start - (3 - i) * TPT_DAY;
          if (i == 0)
            cancel (booking, TPT_CANCELER_HOST, TPT_DAY);
        }
    }
  metrics = world_compute (world);
  g_assert_cmpint (metrics->held, ==, 3);
  g_assert_cmpfloat (metrics->lead_time_hours.value, ==, 48);

  g_array_index (world->bookings, TptBooking, 1).no_show = TPT_NO_SHOW_HOST;
  g_array_index (world->bookings, TptBooking, 2).no_show = TPT_NO_SHOW_GUEST;
  g_clear_object (&metrics);
  metrics = world_compute (world);
  g_assert_cmpint (metrics->held, ==, 2);
  g_assert_cmpint (metrics->no_shows, ==, 1);
  g_assert_cmpint (metrics->no_show_rate.numerator, ==, 0);
}

/* Two customers in one event: it counts once for each. */
static void
test_metrics_shared (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (GPtrArray) all = NULL;

  world_add_customer (world, 2, TPT_TIME_NONE);
  world_add_booking (world, 1, -10)->event = 9;
  world_add_booking (world, 2, -10)->event = 9;
  world_add_booking (world, 0, -10)->event = 9;
  all = tpt_metrics_compute_all (&world->input, world->customers);

  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (((TptMetrics *) g_ptr_array_index (all, 0))->held, ==, 1);
  g_assert_cmpint (((TptMetrics *) g_ptr_array_index (all, 1))->held, ==, 1);
}

static void
test_metrics_no_show (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_booking (world, 1, -10);
  world_add_booking (world, 1, -11)->no_show = TPT_NO_SHOW_GUEST;
  world_add_booking (world, 1, -12)->no_show = TPT_NO_SHOW_HOST;
  world_add_booking (world, 1, -13)->no_show = TPT_NO_SHOW_GUEST;
  metrics = world_compute (world);

  assert_rate (metrics->no_show_rate, 2, 3);
  assert_rate (metrics->cancellation_rate, 0, 4);
  g_assert_cmpint (metrics->no_shows, ==, 3);
}

/* Dates are those of the account's zone: 23:30 UTC is the next day in Berlin, and a day with a
 * clock change is one day. */
static void
test_metrics_local_dates (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) metrics = NULL;
  static const char *const starts[] = { "2026-10-23T23:30:00Z", "2026-10-25T01:30:00Z",
                                        "2026-10-26T22:59:00Z" };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      TptBooking *booking = world_add_booking (world, 1, 0);

      g_assert_true (tpt_time_parse (starts[i], &booking->start, NULL));
      booking->end = booking->start;
    }
  metrics = world_compute (world);

  /* 24, 25 and 26 October there; 23, 25 and 26 in UTC. */
  g_assert_cmpfloat (metrics->median_interval_days.value, ==, 1);
  g_assert_cmpfloat (metrics->days_since_last_held.value, ==, 26);
  g_assert_cmpfloat (metrics->cadence_gap_days.value, ==, -4);
}

static void
test_metrics_interval (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) two = NULL;
  g_autoptr (TptMetrics) metrics = NULL;
  const double days[] = { -300, -200, -50, -40, -40.01, -25, -23, -10 };

  world_add_booking (world, 1, days[0]);
  world_add_booking (world, 1, days[1]);
  two = world_compute (world);
  g_assert_false (two->median_interval_days.defined);
  for (gsize i = 2; i < G_N_ELEMENTS (days); i++)
    world_add_booking (world, 1, days[i]);
  metrics = world_compute (world);

  /* The last six dates are -200 -50 -40 -25 -23 -10: gaps of 150, 10, 15, 2 and 13 days. */
  g_assert_cmpfloat (metrics->median_interval_days.value, ==, 13);
}

static void
test_metrics_cadence (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (GHashTable) tiers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (TptMetrics) own = NULL;
  g_autoptr (TptMetrics) of_tier = NULL;
  g_autoptr (TptMetrics) young = NULL;
  g_autoptr (TptMetrics) old_enough = NULL;
  TptCustomer *customer = g_ptr_array_index (world->customers, 0);

  g_hash_table_insert (tiers, (gpointer) "gold", GINT_TO_POINTER (10));
  world->input.tier_cadence = tiers;
  customer->tier = g_strdup ("gold");
  world_add_booking (world, 1, -95);
  world_add_booking (world, 1, -50);
  world_add_booking (world, 1, 10);
  of_tier = world_compute (world);
  g_assert_cmpint (of_tier->cadence_days, ==, 10);
  g_assert_true (of_tier->covered);
  /* Days -90 to -85 after the first, -50 to -40 after the second. */
  g_assert_cmpint (of_tier->cadence_adherence.numerator, ==, 6 + 11);
  g_assert_cmpint (of_tier->cadence_adherence.denominator, ==, 90);

  customer->cadence_days = 9;
  own = world_compute (world);
  g_assert_cmpint (own->cadence_days, ==, 9);
  g_assert_false (own->covered);
  g_assert_cmpfloat (own->cadence_gap_days.value, ==, 41);

  g_array_set_size (world->bookings, 0);
  customer->created_at = WORLD_NOW - 9 * TPT_DAY + 1;
  young = world_compute (world);
  g_assert_false (young->cadence_adherence.defined);
  customer->created_at = WORLD_NOW - 9 * TPT_DAY;
  old_enough = world_compute (world);
  g_assert_true (old_enough->cadence_adherence.defined);
}

static void
test_metrics_links (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (TptMetrics) few = NULL;
  g_autoptr (TptMetrics) metrics = NULL;

  world_add_link (world, 1, 14, 13);
  world_add_link (world, 1, 700, 698);
  world_add_link (world, 1, 13.99, 13);
  world_add_link (world, 2, 20, 19);
  world_add_link (world, 1, 20, 19)->kind = TPT_LINK_REUSABLE;
  world_add_link (world, 1, 20, 19)->state = TPT_LINK_SUPERSEDED;
  few = world_compute (world);
  g_assert_false (few->link_conversion.defined);
  g_assert_cmpint (few->link_conversion.denominator, ==, 2);

  world_add_link (world, 1, 30, 24)->state = TPT_LINK_CANCELED;
  world_add_link (world, 1, 30, 0)->state = TPT_LINK_EXPIRED;
  metrics = world_compute (world);
  assert_rate (metrics->link_conversion, 3, 4);
  g_assert_true (metrics->time_to_book_hours.defined);
  g_assert_cmpfloat_with_epsilon (metrics->time_to_book_hours.value, 48, 1e-6);
}

static void
test_metrics_months (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (GArray) months = NULL;
  TptBooking *booking = world_add_booking (world, 1, 0);
  TptMonth *month;

  /* 31 August 23:30 in UTC is September in Berlin. */
  g_assert_true (tpt_time_parse ("2026-08-31T23:30:00Z", &booking->start, NULL));
  booking->end = booking->start;
  cancel (world_add_booking (world, 1, -10), TPT_CANCELER_HOST, TPT_DAY);
  world_add_booking (world, 1, 5);
  world_add_booking (world, 1, 40);
  world_add_booking (world, 2, -11)->no_show = TPT_NO_SHOW_GUEST;
  months = tpt_metrics_count_months (&world->input, 1, 12);

  g_assert_cmpuint (months->len, ==, 12);
  month = &g_array_index (months, TptMonth, 0);
  g_assert_cmpint (month->first_day, ==, 20423); /* 2025-12-01 */
  month = &g_array_index (months, TptMonth, 9);
  g_assert_cmpuint (month->held, ==, 1);
  month = &g_array_index (months, TptMonth, 11);
  g_assert_cmpuint (month->canceled, ==, 1);
  g_assert_cmpuint (month->upcoming, ==, 1);
  g_assert_cmpuint (month->no_show, ==, 0);

  g_array_unref (months);
  months = tpt_metrics_count_months (&world->input, 0, 1);
  g_assert_cmpuint (g_array_index (months, TptMonth, 0).no_show, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/metrics/empty", test_metrics_empty);
  g_test_add_func ("/metrics/late", test_metrics_late);
  g_test_add_func ("/metrics/cancel-after-start", test_metrics_cancel_after_start);
  g_test_add_func ("/metrics/window", test_metrics_window);
  g_test_add_func ("/metrics/running", test_metrics_running);
  g_test_add_func ("/metrics/chain", test_metrics_chain);
  g_test_add_func ("/metrics/partial-chain", test_metrics_partial_chain);
  g_test_add_func ("/metrics/broken-chain", test_metrics_broken_chain);
  g_test_add_func ("/metrics/group", test_metrics_group);
  g_test_add_func ("/metrics/group-order", test_metrics_group_order);
  g_test_add_func ("/metrics/shared", test_metrics_shared);
  g_test_add_func ("/metrics/no-show", test_metrics_no_show);
  g_test_add_func ("/metrics/local-dates", test_metrics_local_dates);
  g_test_add_func ("/metrics/interval", test_metrics_interval);
  g_test_add_func ("/metrics/cadence", test_metrics_cadence);
  g_test_add_func ("/metrics/links", test_metrics_links);
  g_test_add_func ("/metrics/months", test_metrics_months);

  return g_test_run ();
}
