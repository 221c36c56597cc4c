/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-time-range.h"
#include "tpt-time.h"
#include "tpt-test.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    TptTime time;
  } cases[] = {
    { "1970-01-01T00:00:01Z", TPT_SECOND },
    { "2019-08-24T14:15:22Z", 1566656122 * TPT_SECOND },
    { "2019-08-24t14:15:22z", 1566656122 * TPT_SECOND },
    { "2019-08-24 14:15:22Z", 1566656122 * TPT_SECOND },
    { "2019-08-24T14:15:22.1Z", 1566656122 * TPT_SECOND + 100000 },
    { "2019-08-24T14:15:22.123456Z", 1566656122 * TPT_SECOND + 123456 },
    { "2019-08-24T14:15:22.000001Z", 1566656122 * TPT_SECOND + 1 },
    { "2019-08-24T14:15:22.123456789Z", 1566656122 * TPT_SECOND + 123456 },
    { "2019-08-24T16:15:22+02:00", 1566656122 * TPT_SECOND },
    { "2019-08-24T08:45:22-05:30", 1566656122 * TPT_SECOND },
    { "2019-08-24T14:15:22-00:00", 1566656122 * TPT_SECOND },
    { "2016-12-31T23:59:60Z", 1483228799 * TPT_SECOND },
    { "2024-02-29T00:00:00Z", 1709164800 * TPT_SECOND },
    { "1969-12-31T23:59:59.5Z", -TPT_SECOND / 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      TptTime time = 7;

      g_assert_true (tpt_time_parse (cases[i].text, &time, &error));
      g_assert_no_error (error);
      g_assert_cmpint (time, ==, cases[i].time);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const cases[] = {
    "",
    "2019-08-24",
    "2019-08-24T14:15:22",
    "2019-08-24T14:15Z",
    "2019-08-24T14:15:22.Z",
    "2019-08-24T14:15:22.1234567890Z",
    "2019-08-24T14:15:22,5Z",
    "2019-08-24T14:15:22ZZ",
    "2019-08-24T14:15:22Z ",
    " 2019-08-24T14:15:22Z",
    "2019-08-24T24:00:00Z",
    "2019-08-24T14:60:00Z",
    "2019-08-24T14:15:61Z",
    "2019-13-01T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2019-08-24T14:15:22+0200",
    "2019-08-24T14:15:22+02",
    "2019-08-24T14:15:22+24:00",
    "2019-08-24T14:15:22+02:60",
    "20190824T141522Z",
    "+019-08-24T14:15:22Z",
    "0000-08-24T14:15:22Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59Z",
    "2019-08-24T-4:15:22Z",
    "０１２３-08-24T14:15:22Z",
    "now",
  };
  TptTime time = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (tpt_time_parse (cases[i], &time, &error));
      g_assert_error (error, TPT_TIME_ERROR, TPT_TIME_ERROR_INVALID);
    }
  g_assert_false (tpt_time_parse (NULL, &time, NULL));
  g_assert_cmpint (time, ==, 7);
}

static void
test_format (void)
{
  g_autofree char *whole = tpt_time_format (1566656122 * TPT_SECOND);
  g_autofree char *fraction = tpt_time_format (1566656122 * TPT_SECOND + 50);
  g_autofree char *before = tpt_time_format (-TPT_SECOND / 2);

  g_assert_cmpstr (whole, ==, "2019-08-24T14:15:22Z");
  g_assert_cmpstr (fraction, ==, "2019-08-24T14:15:22.000050Z");
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.500000Z");
  g_assert_null (tpt_time_format (TPT_TIME_NONE));
}

/* RFC 3339 wants four digits of a year, also of one that has fewer. */
static void
test_format_early (void)
{
  g_autofree char *text = NULL;
  TptTime time;

  g_assert_true (tpt_time_parse ("0984-12-31T23:59:60Z", &time, NULL));
  text = tpt_time_format (time);
  g_assert_cmpstr (text, ==, "0984-12-31T23:59:59Z");
}

/* parse (format (t)) = t, over four centuries. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++)
    {
      gint64 seconds = (gint64) g_test_rand_double_range (-6e9, 6e9);
      TptTime time = seconds * TPT_SECOND + g_test_rand_int_range (0, 1000000);
      g_autofree char *text = tpt_time_format (time != TPT_TIME_NONE ? time : 1);
      TptTime again;

      g_assert_true (tpt_time_parse (text, &again, NULL));
      g_assert_cmpint (again, ==, time != TPT_TIME_NONE ? time : 1);
    }
}

static GPtrArray *
list_zones (void)
{
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *zones = g_ptr_array_new_with_free_func ((GDestroyNotify) g_time_zone_unref);

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/tzdata.zi", &table, NULL, NULL));
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);
      GTimeZone *zone;

      if (g_strv_length (words) < 2 || !g_str_equal (words[0], "Z"))
        continue;
      zone = tpt_time_zone_new (words[1]);
      if (zone != NULL)
        g_ptr_array_add (zones, zone);
    }
  g_assert_cmpuint (zones->len, >, 200);

  return zones;
}

static int
get_offset (gint64     day,
            GTimeZone *zone)
{
  return g_time_zone_get_offset (
    zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, day * (TPT_DAY / TPT_SECOND)));
}

/* Around that day; on none where they do. */
static gboolean
is_changing (gint64     day,
             GTimeZone *zone)
{
  return get_offset (day - 1, zone) != get_offset (day + 2, zone);
}

/* T-3: whatever the clocks do: each day begins once, and ends where the next begins. */
static void
test_days_in_every_zone (void)
{
  g_autoptr (GPtrArray) zones = list_zones ();

  for (guint i = 0; i < zones->len; i++)
    {
      GTimeZone *zone = g_ptr_array_index (zones, i);

      /* 2005 to 2037: each day on which the clocks change, and some of the others. */
      for (gint64 day = 12784; day < 24837; day++)
        {
          if (!is_changing (day, zone) && g_test_rand_int_range (0, 10) != 0)
            continue;
          TptTime start = tpt_time_from_local_day (day, zone);
          TptTime end = tpt_time_from_local_day (day + 1, zone);

          g_assert_cmpint (start, <=, end);
          if (start == end)
            continue; /* a date that was left out, as in Samoa */
          g_assert_cmpint (tpt_time_get_local_day (start, zone), ==, day);
          g_assert_cmpint (tpt_time_get_local_day (start - 1, zone), <, day);
          g_assert_cmpint (tpt_time_get_local_day (end - 1, zone), ==, day);
        }
    }
}

/* Nights on which midnight came twice, was left out, or took the whole day with it. */
static void
test_odd_midnights (void)
{
  static const struct
  {
    const char *zone;
    const char *date;
    const char *start;
  } cases[] = {
    { "Asia/Amman", "2021-10-29T12:00:00Z", "2021-10-28T21:00:00Z" },
    { "Asia/Beirut", "2021-03-28T12:00:00Z", "2021-03-27T22:00:00Z" },
    { "America/Santiago", "2021-09-05T12:00:00Z", "2021-09-05T04:00:00Z" },
    { "America/Scoresbysund", "2023-10-29T12:00:00Z", "2023-10-29T00:00:00Z" },
    { "Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T10:00:00Z" },
    { "Europe/Berlin", "2027-03-28T12:00:00Z", "2027-03-27T23:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = tpt_time_zone_new (cases[i].zone);
      g_autofree char *start = NULL;
      TptTime noon;

      g_assert_nonnull (zone);
      g_assert_true (tpt_time_parse (cases[i].date, &noon, NULL));
      start = tpt_time_format (tpt_time_from_local_day (noon / TPT_DAY, zone));
      g_assert_cmpstr (start, ==, cases[i].start);
    }
}

static void
test_local (void)
{
  g_autoptr (GTimeZone) berlin = tpt_time_zone_new ("Europe/Berlin");
  g_autoptr (GDateTime) local = NULL;
  TptTime time;

  g_assert_nonnull (berlin);
  g_assert_true (tpt_time_parse ("2027-03-28T01:00:00Z", &time, NULL));
  local = tpt_time_to_local (time, berlin);
  /* 02:00 was left out that night. */
  g_assert_cmpint (g_date_time_get_hour (local), ==, 3);
  g_assert_null (tpt_time_zone_new ("Mars/Base"));
  g_assert_null (tpt_time_zone_new (""));
  g_assert_null (tpt_time_zone_new (NULL));
}

/* T-3: the same time of the day comes twice in that night, and those are an hour apart. */
static void
test_twice (void)
{
  g_autoptr (GTimeZone) berlin = tpt_time_zone_new ("Europe/Berlin");
  TptTime first, second;
  g_autoptr (GDateTime) local_first = NULL;
  g_autoptr (GDateTime) local_second = NULL;

  g_assert_true (tpt_time_parse ("2027-10-31T00:30:00Z", &first, NULL));
  g_assert_true (tpt_time_parse ("2027-10-31T01:30:00Z", &second, NULL));
  local_first = tpt_time_to_local (first, berlin);
  local_second = tpt_time_to_local (second, berlin);
  g_assert_cmpint (g_date_time_get_hour (local_first), ==, 2);
  g_assert_cmpint (g_date_time_get_minute (local_first), ==, 30);
  g_assert_cmpint (g_date_time_get_hour (local_second), ==, 2);
  g_assert_cmpint (g_date_time_get_minute (local_second), ==, 30);
  g_assert_cmpint (second - first, ==, TPT_HOUR);
  g_assert_cmpint (g_date_time_compare (local_first, local_second), <, 0);
  g_assert_cmpint (tpt_time_get_local_day (first, berlin), ==,
                   tpt_time_get_local_day (second, berlin));
}

static void
test_range (void)
{
  TptTimeRange range = { 10, 20 };
  TptTimeRange from = { 10, TPT_TIME_NONE };
  TptTimeRange all = { TPT_TIME_NONE, TPT_TIME_NONE };

  g_assert_false (tpt_time_range_contains (&range, 9));
  g_assert_true (tpt_time_range_contains (&range, 10));
  g_assert_true (tpt_time_range_contains (&range, 19));
  g_assert_false (tpt_time_range_contains (&range, 20));
  g_assert_true (tpt_time_range_contains (&from, G_MAXINT64));
  g_assert_false (tpt_time_range_contains (&from, -1));
  g_assert_true (tpt_time_range_contains (&all, G_MININT64));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/format-early", test_format_early);
  g_test_add_func ("/time/round-trip", test_round_trip);
  g_test_add_func ("/time/days-in-every-zone", test_days_in_every_zone);
  g_test_add_func ("/time/odd-midnights", test_odd_midnights);
  g_test_add_func ("/time/local", test_local);
  g_test_add_func ("/time/twice", test_twice);
  g_test_add_func ("/time/range", test_range);

  return g_test_run ();
}
