/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-missed-tally.h"

#include <string.h>

#include "tpt-session.h"
#include "tpt-settings-table.h"

/* So that no sum of days overflows, whatever was written there. */
#define MOST_A_DAY 1000000

/* The length of a day and the blank behind it. */
#define BEFORE_COUNT strlen ("2026-11-21 ")

/* What was found on one day. */
typedef struct
{
  gint64 day;              /* since 1970, UTC */
  guint count;
} Day;

static gint64
get_today (TptSession *session)
{
  return tpt_clock_now (session->clock) / TPT_DAY;
}

static gboolean
is_recent (const Day *day,
           gint64     today)
{
  return day->day > today - TPT_MISSED_DAYS;
}

static char *
format_day (const Day *day)
{
  g_autofree char *time = tpt_time_format (day->day * TPT_DAY);

  return g_strdup_printf ("%.10s %u", time, day->count);
}

/* Only what format_day () writes is one. */
static gboolean
parse_day (const char *text,
           Day        *day)
{
  g_autofree char *time = g_strdup_printf ("%.10sT00:00:00Z", text);
  g_autofree char *again = NULL;
  guint64 count;
  TptTime start;

  if (strlen (text) <= BEFORE_COUNT || !tpt_time_parse (time, &start, NULL) || start <= 0
      || !g_ascii_string_to_unsigned (text + BEFORE_COUNT, 10, 1, MOST_A_DAY, &count, NULL))
    return FALSE;
  *day = (Day) { start / TPT_DAY, (guint) count };
  again = format_day (day);

  return g_str_equal (again, text);
}

/* Returns: (transfer full): of Day, in their order; empty where @text (nullable) is something
 *   else */
static GArray *
parse (const char *text)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (Day));
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      Day day;

      if (!parse_day (*part, &day)
          || (days->len > 0 && day.day <= g_array_index (days, Day, days->len - 1).day))
        return g_array_new (FALSE, FALSE, sizeof (Day));
      g_array_append_val (days, day);
    }

  return g_steal_pointer (&days);
}

static gboolean
load (TptSession  *session,
      GArray     **days,
      GError     **error)
{
  g_autofree char *text = NULL;

  if (!tpt_settings_table_get_text (session, TPT_SETTING_MISSED, &text, error))
    return FALSE;
  *days = parse (text);

  return TRUE;
}

static void
append (GString   *text,
        const Day *day)
{
  g_autofree char *word = format_day (day);

  g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", word);
}

/* Whether the booking is news that should have been told. */
static gboolean
is_missed (TptInvitee         *known,
           TptInvitee         *fact,
           const TptTimeRange *told)
{
  return known == NULL && tpt_time_range_contains (told, fact->created_at);
}

/* The same for its end. */
static gboolean
is_end_missed (TptInvitee         *known,
               TptInvitee         *fact,
               const TptTimeRange *told)
{
  TptTime at = fact->canceled_at != TPT_TIME_NONE ? fact->canceled_at : fact->updated_at;

  return fact->canceled && (known == NULL || !known->canceled)
         && tpt_time_range_contains (told, at);
}

/**
 * tpt_missed_tally_find:
 * @stored: (nullable): what is known of the event, with its invitees
 * @fact: the event as the service tells it, with its invitees
 * @told: what was made in this time should be known by now
 * @missed: (element-type utf8): what was found before by the same sync, which may come to an event
 *   twice before it is stored; gets what is found now
 *
 * The service sends a webhook for each booking and one for each cancellation; a reschedule is one
 * of either. A no-show mark is left out: the service may make one without saying when. What the
 * user cancels from here is stored as canceled at once, and so is nothing new.
 *
 * Returns: how many of them are news
 */
guint
tpt_missed_tally_find (TptMeeting         *stored,
                       TptMeeting         *fact,
                       const TptTimeRange *told,
                       GHashTable         *missed)
{
  guint count = 0;

  for (guint i = 0; i < fact->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (fact->invitees, i);
      TptInvitee *known =
        stored != NULL ? tpt_invitee_find (stored->invitees, invitee->uri) : NULL;

      if (is_missed (known, invitee, told))
        count += g_hash_table_add (missed, g_strdup (invitee->uri));
      if (is_end_missed (known, invitee, told))
        count += g_hash_table_add (missed, g_strconcat (invitee->uri, " canceled", NULL));
    }

  return count;
}

/**
 * tpt_missed_tally_add:
 * @count: how many were found now
 *
 * In the transaction that takes them in, so that none is counted twice. A day ahead of today is of
 * a clock that was wrong: it counts as today.
 */
gboolean
tpt_missed_tally_add (TptSession  *session,
                      guint        count,
                      GError     **error)
{
  Day today = { get_today (session), MIN (count, MOST_A_DAY) };
  g_autoptr (GArray) days = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (count == 0)
    return TRUE;
  if (!load (session, &days, error))
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    {
      const Day *day = &g_array_index (days, Day, i);

      if (day->day >= today.day)
        today.count = MIN (today.count + day->count, MOST_A_DAY);
      else if (is_recent (day, today.day))
        append (text, day);
    }
  append (text, &today);

  return tpt_settings_table_set_text (session, TPT_SETTING_MISSED, text->str, error);
}

/**
 * tpt_missed_tally_read:
 * @total: (out): a guint
 *
 * A #TptStoreFunc: how many were found in the last 30 days.
 */
gboolean
tpt_missed_tally_read (TptSession  *session,
                       gpointer     total,
                       GError     **error)
{
  gint64 today = get_today (session);
  g_autoptr (GArray) days = NULL;
  guint *sum = total;

  *sum = 0;
  if (!load (session, &days, error))
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    {
      const Day *day = &g_array_index (days, Day, i);

      if (is_recent (day, today))
        *sum = MIN (*sum + day->count, TPT_MISSED_DAYS * MOST_A_DAY);
    }

  return TRUE;
}
