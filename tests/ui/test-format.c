/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-format.h"

#define NOW "2026-11-18T22:30:00Z"

static TptTime
at (const char *text)
{
  g_autoptr (GError) error = NULL;
  TptTime time = TPT_TIME_NONE;

  tpt_time_parse (text, &time, &error);
  g_assert_no_error (error);

  return time;
}

/* What is tomorrow depends on the zone: in Berlin it is the 18th, 23:30. */
static void
test_next (void)
{
  static const struct
  {
    const char *time;
    const char *text;
  } cases[] = {
    { "2026-11-18T22:45:00Z", "Today 23:45" },
    { "2026-11-18T23:00:00Z", "Tomorrow 00:00" },
    { "2026-11-19T22:59:00Z", "Tomorrow 23:59" },
    { "2026-11-19T23:00:00Z", "In 2 days" },
    { "2026-11-30T08:00:00Z", "In 12 days" },
    { "2026-11-18T22:00:00Z", "Now" },
  };
  g_autoptr (GTimeZone) zone = tpt_time_zone_new ("Europe/Berlin");
  g_autofree char *nothing = tpt_format_next (TPT_TIME_NONE, zone, at (NOW));

  g_assert_cmpstr (nothing, ==, "Nothing booked");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tpt_format_next (at (cases[i].time), zone, at (NOW));

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_dates (void)
{
  g_autoptr (GTimeZone) zone = tpt_time_zone_new ("Europe/Berlin");
  g_autofree char *span = tpt_format_span (at ("2026-11-24T09:00:00Z"), at ("2026-11-24T09:30:00Z"),
                                           zone, at (NOW));
  g_autofree char *yesterday = tpt_format_date (at ("2026-11-17T09:00:00Z"), zone, at (NOW));
  g_autofree char *part = tpt_format_date_time_part (at (NOW) - TPT_DAY, zone, at (NOW));
  g_autofree char *later = tpt_format_date_time_part (at ("2026-11-24T09:00:00Z"), zone, at (NOW));
  g_autofree char *other_year = tpt_format_date (at ("2025-01-03T09:00:00Z"), zone, at (NOW));

  g_assert_cmpstr (span, ==, "Tue 24 Nov, 10:00–10:30");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_true (g_str_has_prefix (part, "yesterday, "));
  g_assert_cmpstr (later, ==, "Tue 24 Nov, 10:00");
  g_assert_cmpstr (other_year, ==, "3 Jan 2025");
}

static void
test_their_time (void)
{
  static const struct
  {
    const char *zone;
    const char *text;
  } cases[] = {
    { "Asia/Tokyo", "18:00 in Tokyo" },
    { "America/New_York", "04:00 in New York" },
    { "Pacific/Auckland", "22:00 in Auckland" },
    { "Pacific/Kiritimati", "23:00 in Kiritimati" },
    { "Pacific/Pago_Pago", "22:00 in Pago Pago, the day before" },
    { "Europe/Paris", NULL },
    { "Mars/Olympus", "09:00 in UTC" },
    { "Mars/../../etc/passwd", "09:00 in UTC" },
    { "", NULL },
    { NULL, NULL },
  };
  g_autoptr (GTimeZone) zone = tpt_time_zone_new ("Europe/Berlin");
  TptTime start = at ("2026-11-24T09:00:00Z");
  g_autofree char *late = tpt_format_their_time (at ("2026-11-24T20:00:00Z"), zone, "Asia/Tokyo");

  g_assert_cmpstr (late, ==, "05:00 in Tokyo, the day after");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tpt_format_their_time (start, zone, cases[i].zone);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_figures (void)
{
  TptRate none = { FALSE, 0, 1, 2 };
  TptRate some = { TRUE, 1.0 / 12, 1, 12 };
  g_autofree char *undefined = tpt_format_rate (&none);
  g_autofree char *rate = tpt_format_rate (&some);
  g_autofree char *ago = tpt_format_days_ago (1);
  g_autofree char *days = tpt_format_days_ago (12);
  g_autofree char *minutes = tpt_format_duration (45 * TPT_MINUTE);
  g_autofree char *hours = tpt_format_duration (2 * TPT_HOUR);
  g_autofree char *both = tpt_format_duration (90 * TPT_MINUTE);

  g_assert_cmpstr (undefined, ==, "Not enough data");
  g_assert_cmpstr (rate, ==, "8 % (1 of 12)");
  g_assert_cmpstr (ago, ==, "Yesterday");
  g_assert_cmpstr (days, ==, "12 days ago");
  g_assert_cmpstr (minutes, ==, "45 min");
  g_assert_cmpstr (hours, ==, "2 h");
  g_assert_cmpstr (both, ==, "1 h 30 min");
}

static void
test_health (void)
{
  TptHealth health = { .score = { TRUE, 79.6 }, .band = TPT_HEALTH_WATCH };
  TptHealth unknown = { .band = TPT_HEALTH_UNKNOWN };
  g_autofree char *spoken = tpt_format_health (&health);
  g_autofree char *nothing = tpt_format_health (&unknown);

  g_assert_cmpstr (spoken, ==, "Health 79, Watch");
  g_assert_cmpstr (nothing, ==, "Health: not enough data");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/format/next", test_next);
  g_test_add_func ("/ui/format/dates", test_dates);
  g_test_add_func ("/ui/format/their-time", test_their_time);
  g_test_add_func ("/ui/format/figures", test_figures);
  g_test_add_func ("/ui/format/health", test_health);

  return g_test_run ();
}
