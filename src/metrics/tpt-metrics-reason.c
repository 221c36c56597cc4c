/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-health.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ngettext () takes an unsigned count. */
static gulong
plural (gint64 count)
{
  return (gulong) ABS (count);
}

/* Dates, as are told wherever else it says when the next meeting is. */
static int
days_ahead (const TptMetrics *metrics,
            GTimeZone        *zone)
{
  return (int) MAX (0, tpt_time_get_local_day (metrics->next_meeting_at, zone)
                         - tpt_time_get_local_day (metrics->as_of, zone));
}

static char *
reason_recency (const TptMetrics *metrics)
{
  int days = (int) metrics->days_since_last_held.value;

  if (!metrics->days_since_last_held.defined)
    return g_strdup (_("No meeting was ever held"));
  if (metrics->covered && days > metrics->cadence_days)
    return g_strdup_printf (ngettext ("The last meeting was %d day ago (aim: every %d), "
                                      "the next is booked in time",
                                      "The last meeting was %d days ago (aim: every %d), "
                                      "the next is booked in time",
                                      plural (days)),
                            days, metrics->cadence_days);
  if (days == 0)
    return g_strdup_printf (_("The last meeting was less than a day ago (aim: every %d)"),
                            metrics->cadence_days);

  return g_strdup_printf (ngettext ("The last meeting was %d day ago (aim: every %d)",
                                    "The last meeting was %d days ago (aim: every %d)",
                                    plural (days)),
                          days, metrics->cadence_days);
}

static char *
reason_frequency (const TptMetrics *metrics)
{
  return g_strdup_printf (ngettext ("%d meeting held in %d days (aim: %.1f)",
                                    "%d meetings held in %d days (aim: %.1f)",
                                    plural (metrics->held)),
                          (int) metrics->held, metrics->window_days,
                          (double) metrics->window_days / metrics->cadence_days);
}

/* Only what there was: a row of noughts reads like a reproach. */
static char *
reason_reliability (const TptTally *tally)
{
  gint64 all = tally->held + tally->no_shows + tally->canceled;
  g_autoptr (GString) parts = g_string_new (NULL);

  if (all == 0)
    return g_strdup (_("No meeting in this time"));
  if (tally->guest_no_shows == 0 && tally->canceled_invitee == 0)
    return g_strdup_printf (ngettext ("Nothing missed or canceled by them, of %d meeting",
                                      "Nothing missed or canceled by them, of %d meetings",
                                      plural (all)),
                            (int) all);

  if (tally->guest_no_shows > 0)
    g_string_append_printf (parts,
                            ngettext ("%d no-show, ", "%d no-shows, ",
                                      plural (tally->guest_no_shows)),
                            (int) tally->guest_no_shows);
  if (tally->canceled_invitee > 0)
    g_string_append_printf (parts,
                            ngettext ("%d canceled by them, ", "%d canceled by them, ",
                                      plural (tally->canceled_invitee)),
                            (int) tally->canceled_invitee);
  if (tally->canceled_invitee_late > 0)
    g_string_append_printf (parts,
                            ngettext ("%d of those late, ", "%d of those late, ",
                                      plural (tally->canceled_invitee_late)),
                            (int) tally->canceled_invitee_late);
  /* Translators: ends “1 no-show, 2 canceled by them, 1 of those late, of 9 meetings” */
  g_string_append_printf (parts, ngettext ("of %d meeting", "of %d meetings", plural (all)),
                          (int) all);

  return g_string_free (g_steal_pointer (&parts), FALSE);
}

static char *
reason_forward (const TptMetrics *metrics,
                GTimeZone        *zone)
{
  int days = days_ahead (metrics, zone);

  if (metrics->next_meeting_at == TPT_TIME_NONE)
    return g_strdup (_("No meeting is booked"));
  if (days == 0)
    return g_strdup_printf (_("The next meeting is within a day (aim: within %d)"),
                            metrics->cadence_days);

  return g_strdup_printf (ngettext ("The next meeting is in %d day (aim: within %d)",
                                    "The next meeting is in %d days (aim: within %d)",
                                    plural (days)),
                          days, metrics->cadence_days);
}

static char *
raise_frequency (const TptMetrics *metrics)
{
  int missing = (int) ceil ((double) metrics->window_days / metrics->cadence_days
                            - (double) metrics->held);

  return g_strdup_printf (ngettext ("Hold %d more meeting within %d days",
                                    "Hold %d more meetings within %d days",
                                    plural (missing)),
                          missing, metrics->window_days);
}

static char *
raise_reliability (const TptTally *tally)
{
  if (tally->held + tally->no_shows + tally->canceled == 0)
    return g_strdup (_("Hold a meeting"));
  if (tally->guest_no_shows > 0)
    return g_strdup (_("Send a reminder before the next meeting, so that they come"));
  if (tally->canceled_invitee > 0)
    return g_strdup (_("Find a time that they keep"));

  return g_strdup (_("More meetings that take place as booked"));
}

static char *
raise_part (const TptMetrics  *metrics,
            const TptTally    *tally,
            TptHealthPartKind  kind)
{
  switch (kind)
    {
    case TPT_HEALTH_RECENCY:
      if (metrics->covered)
        return g_strdup (_("Hold the meeting that is booked"));
      return g_strdup_printf (ngettext ("Book a meeting within %d day",
                                        "Book a meeting within %d days",
                                        plural (metrics->cadence_days)),
                              metrics->cadence_days);
    case TPT_HEALTH_FREQUENCY:
      return raise_frequency (metrics);
    case TPT_HEALTH_RELIABILITY:
      return raise_reliability (tally);
    case TPT_HEALTH_FORWARD:
      return g_strdup_printf (ngettext ("Book the next meeting within %d day",
                                        "Book the next meeting within %d days",
                                        plural (metrics->cadence_days)),
                              metrics->cadence_days);
    case TPT_HEALTH_N_PARTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/** tpt_health_describe: says of each part what it was made of, and below 100 what would raise it */
void
tpt_health_describe (TptMetrics     *metrics,
                     const TptTally *tally,
                     GTimeZone      *zone)
{
  TptHealthPart *parts = metrics->health.parts;

  parts[TPT_HEALTH_RECENCY].reason = reason_recency (metrics);
  parts[TPT_HEALTH_FREQUENCY].reason = reason_frequency (metrics);
  parts[TPT_HEALTH_RELIABILITY].reason = reason_reliability (tally);
  parts[TPT_HEALTH_FORWARD].reason = reason_forward (metrics, zone);
  for (int i = 0; i < TPT_HEALTH_N_PARTS; i++)
    {
      if (!parts[i].score.defined || parts[i].score.value < 100)
        parts[i].raise = raise_part (metrics, tally, (TptHealthPartKind) i);
    }
}
