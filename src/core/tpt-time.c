/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-time.h"

#include "tpt-text.h"

G_DEFINE_QUARK (tpt-time-error-quark, tpt_time_error)

#define SECONDS_PER_DAY 86400

static gint64
floor_div (gint64 value,
           gint64 divisor)
{
  gint64 quotient = value / divisor;

  return quotient * divisor > value ? quotient - 1 : quotient;
}

static gint64
offset_at (gint64     seconds,
           GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

static gint64
local_day_of (gint64     seconds,
              GTimeZone *zone)
{
  return floor_div (seconds + offset_at (seconds, zone), SECONDS_PER_DAY);
}

/* Between @before, which lies on an earlier date than @day, and @after, which does not. */
static gint64
find_first (gint64     before,
            gint64     after,
            gint64     day,
            GTimeZone *zone)
{
  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (local_day_of (middle, zone) < day)
        before = middle;
      else
        after = middle;
    }

  return after;
}

/* GDateTime keeps microseconds as a double of seconds: digits beyond the sixth are cut off before
 * it sees them. */
static gint64
parse_fraction (const char  *text,
                const char **rest)
{
  gint64 value = 0;
  int digits = 0;

  for (; g_ascii_isdigit (*text); text++, digits++)
    {
      if (digits < 6)
        value = value * 10 + (*text - '0');
    }
  *rest = text;
  for (int i = digits; i < 6; i++)
    value *= 10;

  return digits == 0 || digits > 9 ? -1 : value;
}

static gboolean
parse_digits (const char **text,
              int          count,
              int         *value)
{
  *value = 0;
  for (int i = 0; i < count; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }

  return TRUE;
}

static gboolean
parse_char (const char **text,
            const char  *wanted)
{
  for (; *wanted != '\0'; wanted++)
    {
      if (**text == *wanted)
        {
          (*text)++;
          return TRUE;
        }
    }

  return FALSE;
}

/* The years 1 to 9999 of GDateTime, less two days at each end: an instant has a date in every
 * zone. */
#define FIRST_SECOND (G_GINT64_CONSTANT (-62135596800) + 2 * 86400)
#define LAST_SECOND  (G_GINT64_CONSTANT (253402300799) - 2 * 86400)

/* The offset of RFC 3339: Z, or +HH:MM. In seconds. */
static gboolean
parse_offset (const char **text,
              gint64      *offset)
{
  int hours, minutes;
  int sign = **text == '-' ? -1 : 1;

  if (parse_char (text, "Zz"))
    {
      *offset = 0;
      return TRUE;
    }
  if (!parse_char (text, "+-") || !parse_digits (text, 2, &hours) || !parse_char (text, ":")
      || !parse_digits (text, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *offset = sign * (hours * 3600 + minutes * 60);

  return TRUE;
}

static gboolean
parse_date (const char **text,
            int         *year,
            int         *month,
            int         *day)
{
  return parse_digits (text, 4, year) && parse_char (text, "-")
         && parse_digits (text, 2, month) && parse_char (text, "-")
         && parse_digits (text, 2, day);
}

static gboolean
parse_clock (const char **text,
             int         *hour,
             int         *minute,
             int         *second)
{
  return parse_digits (text, 2, hour) && parse_char (text, ":")
         && parse_digits (text, 2, minute) && parse_char (text, ":")
         && parse_digits (text, 2, second);
}

/* From 1970-01-01 to a date that there is. A year is counted from March on, so that the day that
 * is not in every year is its last. */
static gint64
count_days (int year,
            int month,
            int day)
{
  int from = month > 2 ? year : year - 1;
  int months = month > 2 ? month - 3 : month + 9;

  return 365 * (gint64) from + from / 4 - from / 100 + from / 400 + (153 * months + 2) / 5 + day
         - 719469;
}

static gboolean
parse_time (const char *text,
            TptTime    *time)
{
  int year, month, day, hour, minute, second;
  gint64 fraction = 0, offset, seconds;

  if (!parse_date (&text, &year, &month, &day) || !parse_char (&text, "Tt ")
      || !parse_clock (&text, &hour, &minute, &second))
    return FALSE;
  if (parse_char (&text, ".") && (fraction = parse_fraction (text, &text)) < 0)
    return FALSE;
  if (!parse_offset (&text, &offset) || *text != '\0')
    return FALSE;

  if (month > 12 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year)
      || hour > 23 || minute > 59 || second > 60)
    return FALSE;
  /* A leap second is told as the last second of its minute, as POSIX time has no place for it. */
  seconds = count_days (year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60
            + MIN (second, 59) - offset;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return FALSE;
  *time = seconds * TPT_SECOND + fraction;

  return TRUE;
}

/**
 * tpt_time_parse:
 * @text: a date-time of RFC 3339 with 0 to 9 digits of a second's fraction, such as
 *   `2019-08-24T14:15:22.123456Z`
 * @time: (out): the instant
 *
 * Returns: %FALSE with %TPT_TIME_ERROR_INVALID when @text is anything else
 */
gboolean
tpt_time_parse (const char  *text,
                TptTime     *time,
                GError     **error)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (time != NULL, FALSE);

  if (text != NULL && parse_time (text, time))
    return TRUE;
  shown = tpt_text_cut (text, 40);
  g_set_error (error, TPT_TIME_ERROR, TPT_TIME_ERROR_INVALID, "Not a date and time: “%s”", shown);

  return FALSE;
}

/**
 * tpt_time_format:
 *
 * Returns: (transfer full) (nullable): RFC 3339 in UTC, with six digits of a fraction where
 *   there is one; %NULL for %TPT_TIME_NONE
 */
char *
tpt_time_format (TptTime time)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;
  gint64 seconds = floor_div (time, TPT_SECOND);
  gint64 fraction = time - seconds * TPT_SECOND;

  if (time == TPT_TIME_NONE)
    return NULL;
  date = g_date_time_new_from_unix_utc (seconds);
  clock = g_date_time_format (date, "%m-%dT%H:%M:%S");
  text = g_strdup_printf ("%04d-%s", g_date_time_get_year (date), clock);
  if (fraction != 0)
    return g_strdup_printf ("%s.%06" G_GINT64_FORMAT "Z", text, fraction);

  return g_strdup_printf ("%sZ", text);
}

/** tpt_time_to_local: (skip) */
GDateTime *
tpt_time_to_local (TptTime    time,
                   GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (floor_div (time, TPT_SECOND));

  return g_date_time_to_timezone (utc, zone);
}

/**
 * tpt_time_get_local_day:
 *
 * Returns: the number of the date that a calendar in @zone shows at @time, counted in days
 *   from 1970-01-01
 */
gint64
tpt_time_get_local_day (TptTime    time,
                        GTimeZone *zone)
{
  return local_day_of (floor_div (time, TPT_SECOND), zone);
}

/**
 * tpt_time_from_local_day:
 *
 * Returns: the first instant of the date @day (days from 1970-01-01) in @zone
 */
TptTime
tpt_time_from_local_day (gint64     day,
                         GTimeZone *zone)
{
  gint64 midnight = day * SECONDS_PER_DAY;
  gint64 evening = midnight - offset_at (midnight, zone) - 4 * 3600;
  gint64 start = midnight - offset_at (evening, zone);

  /* The clocks went back in between: midnight is later than the evening's offset says. */
  if (local_day_of (start, zone) < day)
    start = midnight - offset_at (start, zone);
  /* They jumped over midnight: the day begins with the first instant after the jump. */
  if (local_day_of (start - 1, zone) >= day)
    start = find_first (evening, start, day, zone);

  return start * TPT_SECOND;
}

/**
 * tpt_time_zone_new:
 * @identifier: (nullable): a name of the IANA time zone database
 *
 * Returns: (transfer full) (nullable): the zone, or %NULL when the name is not known here
 */
GTimeZone *
tpt_time_zone_new (const char *identifier)
{
  if (identifier == NULL || *identifier == '\0')
    return NULL;

  return g_time_zone_new_identifier (identifier);
}
