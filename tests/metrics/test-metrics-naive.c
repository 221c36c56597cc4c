/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "metrics-world.h"
#include "naive-metrics.h"
#include "tpt-test.h"

#define WORLDS 240
#define CUSTOMERS 4

static gboolean
chance (int percent)
{
  return g_test_rand_int_range (0, 100) < percent;
}

/* Quarters of an hour, so that equal instants and exact limits come up often. */
static TptTime
any_time (int from_days,
          int to_days)
{
  return WORLD_NOW + g_test_rand_int_range (from_days * 96, to_days * 96) * 15 * TPT_MINUTE;
}

static void
add_fate (TptBooking *booking)
{
  if (chance (25))
    {
      booking->canceled = TRUE;
      booking->canceler = (guint8) g_test_rand_int_range (0, 3);
      if (chance (90))
        booking->canceled_at = booking->start - g_test_rand_int_range (-8, 200) * 15 * TPT_MINUTE;
      if (chance (10))
        booking->canceled_at = booking->start - TPT_DAY;
    }
  else if (chance (15))
    booking->no_show = (guint8) g_test_rand_int_range (1, 3);
}

/* A booking of any customer or of nobody, in an event of its own or in one that is there
 * already. */
static TptBooking *
add_booking (World  *world,
             gint64  customer)
{
  TptBooking *booking = world_add_booking (world, customer, 0);
  guint rows = world->bookings->len;

  booking->start = any_time (-400, 100);
  booking->end = booking->start + g_test_rand_int_range (1, 6) * 15 * TPT_MINUTE;
  if (rows > 1 && chance (20))
    {
      TptBooking *other = &g_array_index (world->bookings, TptBooking,
                                          g_test_rand_int_range (0, (int) rows - 1));

      booking->event = other->event;
      booking->start = other->start;
      booking->end = other->end;
    }
  booking->created_at = booking->start - g_test_rand_int_range (1, 60 * 96) * 15 * TPT_MINUTE;
  booking->email_key = (guint64) g_test_rand_int_range (1, 12);

  return booking;
}

static void
add_chain (World *world)
{
  gint64 customer = g_test_rand_int_range (0, CUSTOMERS + 1);
  TptTime booked = TPT_TIME_NONE;
  gint64 previous = 0;

  for (;;)
    {
      gint64 other = g_test_rand_int_range (0, CUSTOMERS + 1);
      TptBooking *booking = add_booking (world, chance (95) ? customer : other);

      booking->previous = chance (95) ? previous : 0;
      booking->created_at = MAX (booking->created_at, booked + TPT_MINUTE);
      booked = booking->created_at;
      previous = booking->id;
      if (!chance (25))
        {
          if (chance (96))
            add_fate (booking);
          else
            booking->canceled = booking->rescheduled = TRUE;
          return;
        }
      booking->canceled = booking->rescheduled = TRUE;
    }
}

static void
add_link (World *world)
{
  TptLink *link = tpt_link_new ();

  link->customer = g_test_rand_int_range (1, CUSTOMERS + 1);
  link->kind = chance (80) ? TPT_LINK_SINGLE_USE : TPT_LINK_REUSABLE;
  link->created_at = chance (10) ? WORLD_NOW - 14 * TPT_DAY : any_time (-60, 0);
  link->state = (TptLinkState) g_test_rand_int_range (0, 6);
  if (chance (50))
    link->booked_at = link->created_at + g_test_rand_int_range (1, 400) * 15 * TPT_MINUTE;
  g_ptr_array_add (world->links, link);
}

/* Rows arrive in any order: the store's order is no chain's order. */
static void
shuffle (GArray *bookings)
{
  for (guint i = bookings->len; i > 1; i--)
    {
      guint other = (guint) g_test_rand_int_range (0, (int) i);
      TptBooking swapped = g_array_index (bookings, TptBooking, other);

      g_array_index (bookings, TptBooking, other) = g_array_index (bookings, TptBooking, i - 1);
      g_array_index (bookings, TptBooking, i - 1) = swapped;
    }
}

static World *
make_world (GHashTable *tiers)
{
  static const char *const zones[] = { "UTC", "Europe/Berlin", "America/Los_Angeles",
                                       "Pacific/Apia", "Asia/Kolkata" };
  static const int windows[] = { 30, 90, 180, 365 };
  World *world = world_new (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))]);

  world->input.window_days = windows[g_test_rand_int_range (0, G_N_ELEMENTS (windows))];
  world->input.tier_cadence = tiers;
  for (int i = 1; i <= CUSTOMERS; i++)
    {
      TptCustomer *customer = world_add_customer (world, i,
                                                  chance (80) ? any_time (-500, 0) : TPT_TIME_NONE);

      customer->cadence_days = chance (50) ? g_test_rand_int_range (1, 90) : 0;
      customer->tier = chance (50) ? g_strdup (chance (50) ? "gold" : "unheard-of") : NULL;
    }
  for (int i = g_test_rand_int_range (0, 50); i > 0; i--)
    add_chain (world);
  for (int i = g_test_rand_int_range (0, 30); i > 0; i--)
    add_link (world);
  shuffle (world->bookings);

  return world;
}

static void
assert_figure (const char *name,
               TptFigure   a,
               TptFigure   b)
{
  if (a.defined != b.defined || (a.defined && fabs (a.value - b.value) > 1e-9))
    g_error ("%s: %d %f, naively %d %f", name, a.defined, a.value, b.defined, b.value);
}

static void
assert_rate (const char *name,
             TptRate     a,
             TptRate     b)
{
  assert_figure (name, (TptFigure) { a.defined, a.value }, (TptFigure) { b.defined, b.value });
  if (a.numerator != b.numerator || a.denominator != b.denominator)
    g_error ("%s: %d/%d, naively %d/%d", name, (int) a.numerator, (int) a.denominator,
             (int) b.numerator,
             (int) b.denominator);
}

#define ASSERT_NUMBER(field) assert_figure (#field, (TptFigure) { TRUE, (double) a->field }, \
                                            (TptFigure) { TRUE, (double) b->field })
#define ASSERT_FIGURE(field) assert_figure (#field, a->field, b->field)
#define ASSERT_RATE(field) assert_rate (#field, a->field, b->field)

static void
assert_same (TptMetrics *a,
             TptMetrics *b)
{
  ASSERT_NUMBER (bookings);
  ASSERT_NUMBER (booking_frequency);
  ASSERT_NUMBER (meeting_frequency);
  ASSERT_NUMBER (last_scheduled_at);
  ASSERT_NUMBER (last_held_at);
  ASSERT_FIGURE (days_since_last_held);
  ASSERT_NUMBER (next_meeting_at);
  ASSERT_RATE (cancellation_rate);
  ASSERT_RATE (cancellation_host);
  ASSERT_RATE (cancellation_invitee);
  ASSERT_RATE (cancellation_late);
  ASSERT_RATE (no_show_rate);
  ASSERT_RATE (reschedule_rate);
  ASSERT_FIGURE (median_interval_days);
  ASSERT_NUMBER (cadence_days);
  ASSERT_FIGURE (cadence_gap_days);
  ASSERT_NUMBER (covered);
  ASSERT_RATE (cadence_adherence);
  ASSERT_FIGURE (lead_time_hours);
  ASSERT_RATE (link_conversion);
  ASSERT_FIGURE (time_to_book_hours);
  ASSERT_NUMBER (breadth);
  ASSERT_NUMBER (held);
  ASSERT_NUMBER (no_shows);
  ASSERT_NUMBER (canceled);
  ASSERT_NUMBER (upcoming);
  ASSERT_FIGURE (health.parts[TPT_HEALTH_RECENCY].score);
  ASSERT_FIGURE (health.parts[TPT_HEALTH_FREQUENCY].score);
  ASSERT_FIGURE (health.parts[TPT_HEALTH_RELIABILITY].score);
  ASSERT_FIGURE (health.parts[TPT_HEALTH_FORWARD].score);
  ASSERT_FIGURE (health.score);
}

static void
test_metrics_naive_same (void)
{
  g_autoptr (GHashTable) tiers = g_hash_table_new (g_str_hash, g_str_equal);
  int scored = 0;

  g_hash_table_insert (tiers, (gpointer) "gold", GINT_TO_POINTER (14));
  for (int i = 0; i < WORLDS; i++)
    {
      g_autoptr (World) world = make_world (tiers);
      g_autoptr (GPtrArray) all = tpt_metrics_compute_all (&world->input, world->customers);

      for (guint j = 0; j < world->customers->len; j++)
        {
          TptCustomer *customer = g_ptr_array_index (world->customers, j);
          g_autoptr (TptMetrics) naive = naive_compute (&world->input, customer);
          g_autoptr (TptMetrics) alone = tpt_metrics_compute (&world->input, customer);

          assert_same (g_ptr_array_index (all, j), naive);
          assert_same (alone, naive);
          scored += naive->health.score.defined;
        }
    }
  /* The comparison would prove little if the worlds were empty. */
  g_assert_cmpint (scored, >, WORLDS);
}

/* The pooled rates are the sums of everybody's. */
static void
test_metrics_naive_portfolio (void)
{
  for (int i = 0; i < 40; i++)
    {
      g_autoptr (GHashTable) tiers = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (World) world = make_world (tiers);
      g_autoptr (TptMetrics) portfolio = tpt_metrics_compute_portfolio (&world->input,
                                                                        world->customers);
      gint64 canceled = 0, ended = 0, bookings = 0, links = 0, covered = 0;

      for (guint j = 0; j < world->customers->len; j++)
        {
          g_autoptr (TptMetrics) naive = naive_compute (&world->input,
                                                        g_ptr_array_index (world->customers, j));

          canceled += naive->cancellation_rate.numerator;
          ended += naive->cancellation_rate.denominator;
          bookings += naive->bookings;
          links += naive->link_conversion.denominator;
          covered += naive->cadence_adherence.numerator;
        }
      g_assert_cmpint (portfolio->customer, ==, 0);
      g_assert_cmpint (portfolio->cancellation_rate.numerator, ==, canceled);
      g_assert_cmpint (portfolio->cancellation_rate.denominator, ==, ended);
      g_assert_cmpint (portfolio->cancellation_rate.defined, ==, ended >= 3);
      g_assert_cmpint (portfolio->bookings, ==, bookings);
      g_assert_cmpint (portfolio->link_conversion.denominator, ==, links);
      g_assert_cmpint (portfolio->cadence_adherence.numerator, ==, covered);
      g_assert_false (portfolio->health.score.defined);
    }
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/metrics-naive/same", test_metrics_naive_same);
  g_test_add_func ("/metrics-naive/portfolio", test_metrics_naive_portfolio);

  return g_test_run ();
}
