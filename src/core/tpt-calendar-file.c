/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-calendar-file.h"

#include "tpt-config.h"

#include <string.h>

#include "tpt-calendar-line.h"
#include "tpt-join-link.h"

/* Characters of a file's name before its ending: even where each takes four bytes it fits. */
#define MAX_NAME 60

static void
add_people (GString    *text,
            TptMeeting *meeting,
            gboolean    is_canceled)
{
  gboolean has_organizer = FALSE;

  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (meeting->hosts, i);

      if (!has_organizer)
        has_organizer = tpt_calendar_line_add_person (text, "ORGANIZER", host->name, host->email,
                                                      "");
      else
        tpt_calendar_line_add_person (text, "ATTENDEE", host->name, host->email, "");
    }
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (!invitee->canceled || is_canceled)
        tpt_calendar_line_add_person (text, "ATTENDEE", invitee->name, invitee->email,
                                      invitee->canceled ? ";PARTSTAT=DECLINED"
                                                        : ";PARTSTAT=ACCEPTED");
    }
  for (guint i = 0; meeting->guests != NULL && meeting->guests[i] != NULL; i++)
    tpt_calendar_line_add_person (text, "ATTENDEE", NULL, meeting->guests[i],
                                  ";ROLE=OPT-PARTICIPANT");
}

static void
add_place (GString    *text,
           TptMeeting *meeting)
{
  g_autofree char *address = tpt_join_link_check (meeting->join_url);

  tpt_calendar_line_add_text (text, "LOCATION",
                              meeting->location != NULL && *meeting->location != '\0'
                                ? meeting->location
                                : address);
  if (address != NULL)
    tpt_calendar_line_add_word (text, "URL", address);
}

/* Bookings and cancellations only ever become more, so this never goes down: not even where
 * somebody takes a place in a group that everybody else has left. */
static void
add_sequence (GString    *text,
              TptMeeting *meeting,
              gboolean    is_canceled)
{
  guint n_canceled = 0;
  char number[16];

  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      n_canceled += invitee->canceled;
    }
  if (n_canceled == 0 && is_canceled)
    n_canceled = 1;
  g_snprintf (number, sizeof number, "%u", MAX (meeting->invitees->len, 1) - 1 + n_canceled);
  tpt_calendar_line_add_word (text, "SEQUENCE", number);
}

/* An event without a start is none. */
static gboolean
add_event (GString    *text,
           TptMeeting *meeting,
           TptTime     now)
{
  gboolean is_canceled = tpt_meeting_get_outcome (meeting, now) == TPT_OUTCOME_CANCELED;
  g_autofree char *uid = tpt_calendar_file_get_uid (meeting);
  gsize begin = text->len;

  tpt_calendar_line_add_word (text, "BEGIN", "VEVENT");
  tpt_calendar_line_add_word (text, "UID", uid);
  if (!tpt_calendar_line_add_time (text, "DTSTAMP", meeting->updated_at))
    tpt_calendar_line_add_time (text, "DTSTAMP", now);
  if (!tpt_calendar_line_add_time (text, "DTSTART", meeting->start))
    {
      g_string_truncate (text, begin);
      return FALSE;
    }
  if (meeting->end > meeting->start)
    tpt_calendar_line_add_time (text, "DTEND", meeting->end);
  tpt_calendar_line_add_time (text, "CREATED", meeting->created_at);
  tpt_calendar_line_add_time (text, "LAST-MODIFIED", meeting->updated_at);
  tpt_calendar_line_add_text (text, "SUMMARY", tpt_meeting_get_title (meeting));
  add_place (text, meeting);
  add_people (text, meeting, is_canceled);
  tpt_calendar_line_add_word (text, "STATUS", is_canceled ? "CANCELLED" : "CONFIRMED");
  add_sequence (text, meeting, is_canceled);
  tpt_calendar_line_add_word (text, "TRANSP", is_canceled ? "TRANSPARENT" : "OPAQUE");
  tpt_calendar_line_add_word (text, "END", "VEVENT");

  return TRUE;
}

/**
 * tpt_calendar_file_write:
 * @meetings: (element-type TptMeeting)
 * @n_meetings: (out) (optional): how many are in it: those that have a start
 *
 * An iCalendar object (RFC 5545) with an event for each meeting. It has no METHOD: opening it
 * invites nobody (RFC 5546). The same meeting is always the same event, and later states of it have
 * a SEQUENCE that is no lower, so that a calendar that has it changes it. What strangers wrote is
 * text, and only a safe join link becomes a URL.
 *
 * Returns: (transfer full): the contents of the file, UTF-8
 */
char *
tpt_calendar_file_write (const GPtrArray *meetings,
                         TptTime          now,
                         guint           *n_meetings)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint count = 0;

  g_return_val_if_fail (meetings != NULL, NULL);

  tpt_calendar_line_add_word (text, "BEGIN", "VCALENDAR");
  tpt_calendar_line_add_word (text, "VERSION", "2.0");
  tpt_calendar_line_add_word (text, "PRODID", "-//Touchpoint//Touchpoint " TPT_VERSION "//EN");
  tpt_calendar_line_add_word (text, "CALSCALE", "GREGORIAN");
  for (guint i = 0; i < meetings->len; i++)
    count += add_event (text, g_ptr_array_index (meetings, i), now) ? 1 : 0;
  tpt_calendar_line_add_word (text, "END", "VCALENDAR");
  if (n_meetings != NULL)
    *n_meetings = count;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * tpt_calendar_file_get_uid:
 *
 * Returns: (transfer full): the name of @meeting in every calendar, for ever the same. It tells
 *   nothing about it.
 */
char *
tpt_calendar_file_get_uid (TptMeeting *meeting)
{
  g_autofree char *digest = NULL;

  g_return_val_if_fail (TPT_IS_MEETING (meeting) && meeting->uri != NULL, NULL);

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, meeting->uri, -1);

  return g_strdup_printf ("%.40s@touchpoint", digest);
}

/**
 * tpt_calendar_file_get_name:
 * @subject: (nullable): what it is about
 *
 * Returns: (transfer full): a name for a file that every file system takes and that hides nothing
 */
char *
tpt_calendar_file_get_name (const char *subject)
{
  g_autofree char *valid
      = g_utf8_make_valid (subject != NULL ? subject : "",
                           subject != NULL ? (gssize) strnlen (subject, MAX_NAME * 4) : 0);
  g_autoptr (GString) name = g_string_new (NULL);
  guint count = 0;

  for (const char *at = valid; *at != '\0' && count < MAX_NAME; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isalnum (character) || g_unichar_ismark (character))
        g_string_append_unichar (name, character);
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
      count++;
    }
  if (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  g_string_append (name, name->len > 0 ? ".ics" : "meeting.ics");

  return g_string_free (g_steal_pointer (&name), FALSE);
}
