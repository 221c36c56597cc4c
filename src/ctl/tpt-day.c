/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-day.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "tpt-command-error.h"
#include "tpt-table.h"

/* The number of a date as GDate counts them, for 1970-01-01. */
#define EPOCH_JULIAN 719163

/* What RFC 3339 can say: the years 1 to 9999 of UTC. */
#define FIRST_INSTANT (-62135596800 * TPT_SECOND)
#define LAST_INSTANT  (253402300800 * TPT_SECOND - 1)

/**
 * tpt_day_tell_zone:
 *
 * For who shows a time: says, once for each command, where times are in UTC because the account's
 * zone is not known here.
 */
void
tpt_day_tell_zone (TptInvocation *invocation)
{
  TptUser *account = tpt_connection_get_account (invocation->services->connection);
  const char *unknown = tpt_user_get_unknown_zone (account);
  g_autofree char *name = NULL;

  if (unknown == NULL || invocation->zone_told)
    return;
  invocation->zone_told = TRUE;
  name = tpt_visible_text (unknown);
  /* Translators: %s is the name of a time zone such as "Europe/Berlin" */
  tpt_invocation_message (invocation, _("Times are in UTC: the time zone of your account, %s, "
                                        "is not known on this computer."), name);
}

/** tpt_day_get_zone: (transfer full): in which a command shows times, and says so if need be */
GTimeZone *
tpt_day_get_zone (TptInvocation *invocation)
{
  tpt_day_tell_zone (invocation);

  return tpt_user_make_zone (tpt_connection_get_account (invocation->services->connection));
}

static gboolean
parse_date (const char *text,
            gint64     *day)
{
  unsigned int year, month, date;
  int length = 0;
  GDate parsed;

  if (strlen (text) != 10 || sscanf (text, "%4u-%2u-%2u%n", &year, &month, &date, &length) != 3
      || length != 10
      || !g_date_valid_dmy ((GDateDay) date, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_clear (&parsed, 1);
  g_date_set_dmy (&parsed, (GDateDay) date, (GDateMonth) month, (GDateYear) year);
  *day = (gint64) g_date_get_julian (&parsed) - EPOCH_JULIAN;

  return TRUE;
}

/* A day at the ends of the calendar may be outside of it in another zone, and the instant that
 * stands for none is no bound at all. */
static TptTime
hold (TptTime  time,
      gboolean is_end)
{
  if (time == TPT_TIME_NONE)
    return is_end ? -1 : 1;

  return CLAMP (time, FIRST_INSTANT, LAST_INSTANT);
}

static gboolean
parse_bound (const char  *text,
             gboolean     is_end,
             GTimeZone   *zone,
             TptTime     *time,
             GError     **error)
{
  gint64 day;

  if (text == NULL)
    return TRUE;
  if (parse_date (text, &day))
    *time = tpt_time_from_local_day (is_end ? day + 1 : day, zone);
  else if (!tpt_time_parse (text, time, NULL))
    {
      g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE,
                   _("“%s” is not a date such as 2026-08-24, nor a time of RFC 3339."), text);
      return FALSE;
    }
  *time = hold (*time, is_end);

  return TRUE;
}

/**
 * tpt_day_parse_range:
 * @from: (nullable): a date (from its first instant), or a time
 * @to: (nullable): a date (up to its last instant), or a time
 *
 * Returns: %FALSE with %TPT_COMMAND_ERROR_USAGE
 */
gboolean
tpt_day_parse_range (const char    *from,
                     const char    *to,
                     GTimeZone     *zone,
                     TptTimeRange  *range,
                     GError       **error)
{
  *range = (TptTimeRange) { TPT_TIME_NONE, TPT_TIME_NONE };
  if (!parse_bound (from, FALSE, zone, &range->start, error)
      || !parse_bound (to, TRUE, zone, &range->end, error))
    return FALSE;
  if (range->start == TPT_TIME_NONE || range->end == TPT_TIME_NONE || range->start < range->end)
    return TRUE;
  g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE, _("%s is not before %s."), from,
               to);

  return FALSE;
}

/** tpt_day_format: a date and time for a table; empty for %TPT_TIME_NONE */
char *
tpt_day_format (TptTime    time,
                GTimeZone *zone)
{
  g_autoptr (GDateTime) local = NULL;

  if (time == TPT_TIME_NONE)
    return g_strdup ("");
  local = tpt_time_to_local (time, zone);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}
