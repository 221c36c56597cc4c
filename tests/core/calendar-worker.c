/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>
#include <string.h>

#include "tpt-calendar-file.h"

/* Reads a meeting from each line of stdin, its fields in hexadecimal with spaces between them, and
 * writes the calendar file of all of them to stdout. */

enum
{
  FIELD_URI,
  FIELD_NAME,
  FIELD_LOCATION,
  FIELD_JOIN_URL,
  FIELD_HOST_NAME,
  FIELD_HOST_EMAIL,
  FIELD_INVITEE_NAME,
  FIELD_INVITEE_EMAIL,
  FIELD_STATE,
  N_FIELDS,
};

#define START ((TptTime) 1790000000 * TPT_SECOND)

/* "-" stands for NULL. */
static char *
decode (const char *hex)
{
  gsize length = strlen (hex) / 2;
  char *text = g_malloc0 (length + 1);

  if (g_str_equal (hex, "-"))
    {
      g_free (text);
      return NULL;
    }
  for (gsize i = 0; i < length; i++)
    text[i] = (char) (g_ascii_xdigit_value (hex[2 * i]) << 4
                      | g_ascii_xdigit_value (hex[2 * i + 1]));

  return text;
}

static void
add_invitee (TptMeeting *meeting,
             GStrv       fields,
             gboolean    canceled)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->name = decode (fields[FIELD_INVITEE_NAME]);
  invitee->email = decode (fields[FIELD_INVITEE_EMAIL]);
  invitee->canceled = canceled;
  g_ptr_array_add (meeting->invitees, invitee);
}

/* In a group somebody may still book when everybody else has called off: that is "rebooked". */
static TptMeeting *
read_meeting (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", -1);
  g_autofree char *host_name = NULL;
  g_autofree char *host_email = NULL;
  TptMeeting *meeting = tpt_meeting_new ();

  g_assert (g_strv_length (fields) == N_FIELDS);
  meeting->uri = decode (fields[FIELD_URI]);
  meeting->name = decode (fields[FIELD_NAME]);
  meeting->location = decode (fields[FIELD_LOCATION]);
  meeting->join_url = decode (fields[FIELD_JOIN_URL]);
  meeting->start = START;
  meeting->end = START + 30 * TPT_MINUTE;
  host_name = decode (fields[FIELD_HOST_NAME]);
  host_email = decode (fields[FIELD_HOST_EMAIL]);
  tpt_meeting_add_host (meeting, NULL, host_name, host_email);
  meeting->canceled = g_str_equal (fields[FIELD_STATE], "canceled");
  if (g_str_equal (fields[FIELD_STATE], "rebooked"))
    add_invitee (meeting, fields, TRUE);
  add_invitee (meeting, fields, meeting->canceled);

  return meeting;
}

int
main (void)
{
  g_autoptr (GPtrArray) meetings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  gssize length;
  guint count;

  while ((length = getline (&line, &size, stdin)) > 0)
    {
      line[length - 1] = '\0';
      g_ptr_array_add (meetings, read_meeting (line));
    }
  text = tpt_calendar_file_write (meetings, START, &count);
  g_assert (count == meetings->len);
  fputs (text, stdout);

  return 0;
}
