/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-limit.h"

#include "tpt-test.h"

#define SECOND G_USEC_PER_SEC
#define START  (G_GINT64_CONSTANT (7) * SECOND)

/* In no span between two requests that were let through are there more than a minute's share and
 * what the span itself is worth. */
static void
assert_within_budget (GArray *granted,
                      guint   per_minute)
{
  for (guint i = 0; i < granted->len; i++)
    {
      for (guint j = i; j < granted->len; j++)
        {
          gint64 span = g_array_index (granted, gint64, j) - g_array_index (granted, gint64, i);
          gint64 count = j - i + 1;

          g_assert_cmpint (count * 60 * SECOND, <=, per_minute * (60 * SECOND + span));
        }
    }
}

/* Bursts, trickles, pauses and hammering, in any order. */
static gint64
next_pause (void)
{
  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      return 0;
    case 1:
      return 1;
    case 2:
      return g_test_rand_int_range (0, 20000);
    case 3:
      return g_test_rand_int_range (0, 3 * SECOND);
    default:
      return g_test_rand_int_range (0, 50) == 0 ? 90 * SECOND : 300000;
    }
}

static void
test_budget (void)
{
  static const guint rates[] = { 1, 7, 59, 60, 61, 300 };

  for (guint round = 0; round < 5 * G_N_ELEMENTS (rates); round++)
    {
      guint rate = rates[round % G_N_ELEMENTS (rates)];
      g_autoptr (GArray) granted = g_array_new (FALSE, FALSE, sizeof (gint64));
      TptRelayBucket bucket = { 0 };
      gint64 now = START;

      for (guint i = 0; i < 2000; i++)
        {
          now += next_pause ();
          if (tpt_relay_bucket_draw (&bucket, rate, now) == 0)
            g_array_append_val (granted, now);
        }
      g_assert_cmpuint (granted->len, >, 0);
      assert_within_budget (granted, rate);
    }
}

/* Whoever hammers in between still gets the whole of the budget, and is told when. */
static void
test_refill (void)
{
  TptRelayBucket bucket = { 0 };
  gint64 now = START;
  guint granted = 0;

  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, 2, now), ==, 0);
  for (guint i = 0; i < 60 * 1000; i++)
    {
      guint wait;

      now += SECOND / 1000;
      wait = tpt_relay_bucket_draw (&bucket, 2, now);
      g_assert_cmpuint (wait, <=, 30);
      if (wait == 0)
        granted++;
    }
  g_assert_cmpuint (granted, ==, 2);
  now += (gint64) tpt_relay_bucket_draw (&bucket, 2, now) * SECOND;
  g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, 2, now), ==, 0);
}

/* A minute's share at once, to the last one, whatever the rate. */
static void
test_burst (void)
{
  static const guint rates[] = { 1, 71, 72, 600, 3000, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      TptRelayBucket bucket = { 0 };

      for (guint j = 0; j < rates[i]; j++)
        g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, rates[i], START), ==, 0);
      g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, rates[i], START), >, 0);
    }
}

static void
test_undo (void)
{
  TptRelayBucket bucket = { 0 };

  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, 1, START), ==, 0);
      tpt_relay_bucket_undo (&bucket, 1);
    }
  tpt_relay_bucket_undo (&bucket, 1);
  g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, 1, START), ==, 0);
  g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, 1, START), ==, 60 + 1);
}

static void
test_none (void)
{
  TptRelayBucket bucket = { 0 };

  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (tpt_relay_bucket_draw (&bucket, 0, START), ==, 0);
}

/* One stranger's requests are not another's, and a hundred thousand of them need no more memory. */
static void
test_names (void)
{
  g_autoptr (TptRelayLimit) limit = tpt_relay_limit_new (2);
  guint refused = 0;

  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (tpt_relay_limit_draw (limit, "one", 3, START), ==, 0);
  g_assert_cmpuint (tpt_relay_limit_draw (limit, "one", 3, START), >, 0);
  for (guint i = 0; i < 1000; i++)
    {
      if (tpt_relay_limit_draw (limit, &i, sizeof i, START) > 0)
        refused++;
    }
  /* By chance one may have fallen into the bucket that is empty. */
  g_assert_cmpuint (refused, <=, 3);
  for (guint i = 0; i < 100000; i++)
    tpt_relay_limit_draw (limit, &i, sizeof i, START + 1);
  g_assert_cmpuint (tpt_relay_limit_draw (limit, "one", 3, START + 30 * SECOND), <=, 30);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/limit/budget", test_budget);
  g_test_add_func ("/relay/limit/refill", test_refill);
  g_test_add_func ("/relay/limit/burst", test_burst);
  g_test_add_func ("/relay/limit/undo", test_undo);
  g_test_add_func ("/relay/limit/none", test_none);
  g_test_add_func ("/relay/limit/names", test_names);

  return g_test_run ();
}
