/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-colleague-meetings.h"

#include "tpt-match-actions-table.h"
#include "tpt-meetings-table.h"
#include "tpt-session.h"

/* An account that has got another address hosts what it hosted with the old one, too. */
static gboolean
is_colleagues (TptMeeting *meeting,
               TptUser    *account)
{
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (meeting->hosts, i);

      if (g_strcmp0 (host->uri, account->uri) == 0)
        return FALSE;
    }
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (invitee->link_id != NULL)
        return FALSE;
    }

  return meeting->hosts->len > 0;
}

static gboolean
is_decided (TptMeeting *meeting)
{
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (invitee->match == TPT_MATCH_MANUAL || invitee->match == TPT_MATCH_IGNORED
          || invitee->confirmed || invitee->no_show_local != TPT_NO_SHOW_NONE)
        return TRUE;
    }

  return FALSE;
}

/* Those that the account's address is not among the hosts of, which spares opening most. */
static GArray *
list_rows (TptSession  *session,
           TptUser     *account,
           GError     **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session,
                               "SELECT id FROM meetings WHERE id NOT IN "
                               "(SELECT meeting FROM hosts WHERE email_key = ?1)");
  if (account->email != NULL)
    tpt_statement_bind_int (statement, 1, tpt_session_email_key (session, account->email));
  while (tpt_statement_next (statement))
    {
      gint64 row = tpt_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
    }

  return tpt_statement_check (statement, error) ? g_steal_pointer (&rows) : NULL;
}

static gboolean
go_through (TptSession            *session,
            TptUser               *account,
            gboolean               remove,
            TptColleagueMeetings  *counts,
            GError               **error)
{
  g_autoptr (GArray) rows = list_rows (session, account, error);

  *counts = (TptColleagueMeetings) { 0 };
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (TptMeeting) meeting = NULL;

      if (!tpt_meetings_table_load (session, g_array_index (rows, gint64, i), &meeting, error))
        return FALSE;
      if (meeting == NULL || !is_colleagues (meeting, account))
        continue;
      counts->meetings++;
      counts->decided += is_decided (meeting);
      if (remove && !tpt_meetings_table_remove (session, meeting->uri, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
tpt_colleague_meetings_count (TptSession            *session,
                              TptUser               *account,
                              TptColleagueMeetings  *counts,
                              GError               **error)
{
  return go_through (session, account, FALSE, counts, error);
}

/* What was decided about invitees can then not be taken back any more: their rows may be given to
 * others. */
gboolean
tpt_colleague_meetings_remove (TptSession            *session,
                               TptUser               *account,
                               TptColleagueMeetings  *counts,
                               GError               **error)
{
  return go_through (session, account, TRUE, counts, error)
         && (counts->meetings == 0 || tpt_match_actions_table_clear (session, error));
}
