/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-format.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
format_local (TptTime     time,
              GTimeZone  *zone,
              const char *format)
{
  g_autoptr (GDateTime) local = tpt_time_to_local (time, zone);

  return g_date_time_format (local, format);
}

static gint64
days_between (TptTime    from,
              TptTime    to,
              GTimeZone *zone)
{
  return tpt_time_get_local_day (to, zone) - tpt_time_get_local_day (from, zone);
}

/** tpt_format_clock: "10:00" */
char *
tpt_format_clock (TptTime    time,
                  GTimeZone *zone)
{
  /* Translators: a time of day, see the manual of strftime */
  return format_local (time, zone, _("%H:%M"));
}

/** tpt_format_day: "Tue 24 Nov", or "24 Nov 2025" where it is not in this year */
char *
tpt_format_day (TptTime    time,
                GTimeZone *zone,
                TptTime    now)
{
  g_autoptr (GDateTime) local = tpt_time_to_local (time, zone);
  g_autoptr (GDateTime) today = tpt_time_to_local (now, zone);

  if (g_date_time_get_year (local) == g_date_time_get_year (today))
    /* Translators: a date of this year, see the manual of strftime: "Tue 24 Nov" */
    return g_date_time_format (local, _("%a %-e %b"));

  /* Translators: a date of another year, see the manual of strftime: "24 Nov 2025" */
  return g_date_time_format (local, _("%-e %b %Y"));
}

/** tpt_format_date: "Today", "Tomorrow", "Yesterday", else as tpt_format_day () */
char *
tpt_format_date (TptTime    time,
                 GTimeZone *zone,
                 TptTime    now)
{
  gint64 days = days_between (now, time, zone);

  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Tomorrow"));
  if (days == -1)
    return g_strdup (_("Yesterday"));

  return tpt_format_day (time, zone, now);
}

/** tpt_format_date_time: "Tue 24 Nov, 10:00" */
char *
tpt_format_date_time (TptTime    time,
                      GTimeZone *zone,
                      TptTime    now)
{
  g_autofree char *date = tpt_format_date (time, zone, now);
  g_autofree char *clock = tpt_format_clock (time, zone);

  /* Translators: date, time */
  return g_strdup_printf (_("%s, %s"), date, clock);
}

/** tpt_format_date_time_part: the same for the middle of a sentence: "today, 10:00" */
char *
tpt_format_date_time_part (TptTime    time,
                           GTimeZone *zone,
                           TptTime    now)
{
  g_autofree char *clock = tpt_format_clock (time, zone);
  gint64 days = days_between (now, time, zone);

  if (days == 0)
    /* Translators: in the middle of a sentence; %s is a time of day */
    return g_strdup_printf (C_("within a sentence", "today, %s"), clock);
  if (days == -1)
    /* Translators: in the middle of a sentence; %s is a time of day */
    return g_strdup_printf (C_("within a sentence", "yesterday, %s"), clock);

  return tpt_format_date_time (time, zone, now);
}

/** tpt_format_span: "Tue 24 Nov, 10:00–10:30" */
char *
tpt_format_span (TptTime    start,
                 TptTime    end,
                 GTimeZone *zone,
                 TptTime    now)
{
  g_autofree char *date = tpt_format_date (start, zone, now);
  g_autofree char *from = tpt_format_clock (start, zone);
  g_autofree char *to = tpt_format_clock (end, zone);

  /* Translators: date, start–end */
  return g_strdup_printf (_("%s, %s–%s"), date, from, to);
}

/**
 * tpt_format_their_time:
 * @their_zone: (nullable): IANA name
 *
 * Returns: (nullable): "18:00 in Tokyo", with the day where it is another one there; "09:00 in UTC"
 *   where the zone is not known here; %NULL where their clock shows the same as ours
 */
char *
tpt_format_their_time (TptTime     start,
                       GTimeZone  *zone,
                       const char *their_zone)
{
  g_autoptr (GTimeZone) theirs = tpt_time_zone_new (their_zone);
  g_autofree char *ours_text = NULL;
  g_autofree char *theirs_text = NULL;
  g_autofree char *place = NULL;
  gint64 days;

  if (their_zone == NULL || *their_zone == '\0')
    return NULL;
  if (theirs == NULL)
    {
      theirs = g_time_zone_new_utc ();
      their_zone = "UTC";
    }
  ours_text = tpt_format_clock (start, zone);
  theirs_text = tpt_format_clock (start, theirs);
  days = tpt_time_get_local_day (start, theirs) - tpt_time_get_local_day (start, zone);
  if (days == 0 && g_str_equal (ours_text, theirs_text))
    return NULL;

  place = g_strdup (strrchr (their_zone, '/') != NULL ? strrchr (their_zone, '/') + 1 : their_zone);
  g_strdelimit (place, "_", ' ');
  if (days > 0)
    return g_strdup_printf (_("%s in %s, the day after"), theirs_text, place);
  if (days < 0)
    return g_strdup_printf (_("%s in %s, the day before"), theirs_text, place);

  /* Translators: time of day, city: "18:00 in Tokyo" */
  return g_strdup_printf (_("%s in %s"), theirs_text, place);
}

/** tpt_format_next: "Today 10:00", "Tomorrow 10:00", "In 12 days", "Nothing booked" */
char *
tpt_format_next (TptTime    time,
                 GTimeZone *zone,
                 TptTime    now)
{
  g_autofree char *clock = NULL;
  gint64 days;

  if (time == TPT_TIME_NONE)
    return g_strdup (_("Nothing booked"));
  if (time <= now)
    return g_strdup (_("Now"));
  days = days_between (now, time, zone);
  if (days > 1)
    return g_strdup_printf (ngettext ("In %d day", "In %d days", (gulong) days), (int) days);

  clock = tpt_format_clock (time, zone);
  /* Translators: %s is a time of day */
  return g_strdup_printf (days == 0 ? _("Today %s") : _("Tomorrow %s"), clock);
}

/** tpt_format_days_ago: "Today", "Yesterday", "12 days ago" */
char *
tpt_format_days_ago (gint64 days)
{
  if (days <= 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));

  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), (int) days);
}

/** tpt_format_duration: "30 min", "1 h", "1 h 30 min" */
char *
tpt_format_duration (TptTime duration)
{
  int minutes = (int) (duration / TPT_MINUTE);

  if (minutes < 60)
    return g_strdup_printf (_("%d min"), minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (_("%d h"), minutes / 60);

  return g_strdup_printf (_("%d h %d min"), minutes / 60, minutes % 60);
}

/** tpt_format_percent: "8 %" for 0.08 */
char *
tpt_format_percent (double share)
{
  /* Translators: a percentage */
  return g_strdup_printf (_("%d %%"), (int) lround (share * 100));
}

/** tpt_format_rate: "8 % (1 of 12)", or that too little is known */
char *
tpt_format_rate (const TptRate *rate)
{
  g_autofree char *percent = NULL;

  if (!rate->defined)
    return g_strdup (_("Not enough data"));
  percent = tpt_format_percent (rate->value);

  /* Translators: percentage (numerator of denominator) */
  return g_strdup_printf (_("%s (%d of %d)"), percent, (int) rate->numerator,
                          (int) rate->denominator);
}

/** tpt_format_per_month: "1.3 a month" */
char *
tpt_format_per_month (double frequency)
{
  return g_strdup_printf (_("%.1f a month"), frequency);
}

static char *
format_day (gint64      day,
            const char *format)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return format_local (day * TPT_DAY, utc, format);
}

/** tpt_format_month: "Nov" */
char *
tpt_format_month (gint64 first_day)
{
  return format_day (first_day, "%b");
}

/** tpt_format_month_year: "November 2026" */
char *
tpt_format_month_year (gint64 first_day)
{
  return format_day (first_day, "%B %Y");
}

/** tpt_format_band: "Healthy", "Watch", "At risk", "Critical", "Not enough data" */
const char *
tpt_format_band (TptHealthBand band)
{
  switch (band)
    {
    case TPT_HEALTH_CRITICAL:
      return C_("health", "Critical");
    case TPT_HEALTH_AT_RISK:
      return C_("health", "At risk");
    case TPT_HEALTH_WATCH:
      return C_("health", "Watch");
    case TPT_HEALTH_HEALTHY:
      return C_("health", "Healthy");
    case TPT_HEALTH_UNKNOWN:
    default:
      return C_("health", "Not enough data");
    }
}

/**
 * tpt_format_points:
 *
 * Returns: the whole points of a score. Bands begin at a score that is reached, so a number that
 *   was rounded up would stand in the band below: 79.6 is a 79 to watch, no healthy 80.
 */
int
tpt_format_points (double score)
{
  return (int) floor (score);
}

/** tpt_format_health: the score as a screen reader says it: "Health 74, Watch" */
char *
tpt_format_health (const TptHealth *health)
{
  if (!health->score.defined)
    return g_strdup (_("Health: not enough data"));

  /* Translators: score, band */
  return g_strdup_printf (_("Health %d, %s"), tpt_format_points (health->score.value),
                          tpt_format_band (health->band));
}

const char *
tpt_format_link_state (TptLinkState state)
{
  switch (state)
    {
    case TPT_LINK_OPEN:
      return C_("link", "Open");
    case TPT_LINK_BOOKED:
      return C_("link", "Booked");
    case TPT_LINK_RESCHEDULED:
      return C_("link", "Rescheduled");
    case TPT_LINK_CANCELED:
      return C_("link", "Canceled");
    case TPT_LINK_EXPIRED:
      return C_("link", "Expired");
    case TPT_LINK_SUPERSEDED:
    default:
      return C_("link", "Superseded");
    }
}
