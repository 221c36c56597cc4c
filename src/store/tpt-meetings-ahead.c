/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meetings-ahead.h"

#include "tpt-meetings-table.h"
#include "tpt-session.h"

/* More at once is no matter of single meetings; the rest comes the next time. */
#define MAX_UNLISTED 20

static GArray *
list_rows (TptSession          *session,
           TptUser             *account,
           const TptTimeRange  *range,
           GHashTable          *listed,
           GError             **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT id, uri FROM meetings WHERE start_at >= ?1 "
                                        "AND start_at < ?2 AND canceled = 0 AND (?4 OR id IN "
                                        "(SELECT meeting FROM hosts WHERE email_key = ?3)) "
                                        "ORDER BY start_at");
  tpt_statement_bind_int (statement, 1, range->start);
  tpt_statement_bind_int (statement, 2, range->end != TPT_TIME_NONE ? range->end : G_MAXINT64);
  tpt_statement_bind_int (statement, 4, account == NULL);
  if (account != NULL && account->email != NULL)
    tpt_statement_bind_int (statement, 3, tpt_session_email_key (session, account->email));
  while (rows->len < MAX_UNLISTED && tpt_statement_next (statement))
    {
      gint64 row = tpt_statement_get_int (statement, 0);

      if (!g_hash_table_contains (listed, tpt_statement_get_text (statement, 1)))
        g_array_append_val (rows, row);
    }

  return tpt_statement_check (statement, error) ? g_steal_pointer (&rows) : NULL;
}

/**
 * tpt_meetings_ahead_list_unlisted:
 * @account: (nullable): the host; %NULL for all
 * @range: of starts; without an end where that is open
 * @listed: (element-type utf8): URIs of events that the service has
 * @meetings: (element-type TptMeeting): gets those that stand here and are not among them
 *
 * On the store's thread.
 */
gboolean
tpt_meetings_ahead_list_unlisted (TptSession          *session,
                                  TptUser             *account,
                                  const TptTimeRange  *range,
                                  GHashTable          *listed,
                                  GPtrArray           *meetings,
                                  GError             **error)
{
  g_autoptr (GArray) rows = list_rows (session, account, range, listed, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      TptMeeting *meeting = NULL;

      if (!tpt_meetings_table_load (session, g_array_index (rows, gint64, i), &meeting, error))
        return FALSE;
      if (meeting != NULL)
        g_ptr_array_add (meetings, meeting);
    }

  return TRUE;
}
