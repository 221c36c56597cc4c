/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-unmatched-view.h"

#include "tpt-invitee-record.h"

/* A booking that was replaced says nothing that the later one does not. */
#define SELECT_UNMATCHED                                                                           \
  TPT_INVITEE_RECORD_SELECT                                                                        \
  "WHERE i.customer IS NULL AND (i.match IN (?1, ?2)) = ?3 AND NOT (i.canceled AND i.rescheduled) "\
  "ORDER BY m.start_at DESC, i.uri"

/**
 * tpt_unmatched_view_list:
 * @ignored: those that were set aside instead of those that wait
 * @invitees: (out) (element-type TptInvitee): the latest meeting first; without superseded bookings
 */
gboolean
tpt_unmatched_view_list (TptSession  *session,
                         gboolean     ignored,
                         GPtrArray  **invitees,
                         GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TptStatement) statement = tpt_session_get (session, SELECT_UNMATCHED);

  tpt_statement_bind_int (statement, 1, TPT_MATCH_IGNORED);
  tpt_statement_bind_int (statement, 2, TPT_MATCH_RULED_OUT);
  tpt_statement_bind_int (statement, 3, ignored);
  while (tpt_statement_next (statement))
    {
      TptInvitee *invitee = tpt_invitee_record_read (session, statement, error);

      if (invitee == NULL)
        return FALSE;
      g_ptr_array_add (found, invitee);
    }
  *invitees = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

/** tpt_unmatched_view_count: how many people wait, each address once */
gboolean
tpt_unmatched_view_count (TptSession  *session,
                          guint       *people,
                          GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session,
                               "SELECT count(DISTINCT coalesce(email_key, -id)) FROM invitees "
                               "WHERE customer IS NULL AND match NOT IN (?1, ?2) "
                               "AND NOT (canceled AND rescheduled)");
  tpt_statement_bind_int (statement, 1, TPT_MATCH_IGNORED);
  tpt_statement_bind_int (statement, 2, TPT_MATCH_RULED_OUT);
  *people = 0;
  while (tpt_statement_next (statement))
    *people = (guint) tpt_statement_get_int (statement, 0);

  return tpt_statement_check (statement, error);
}
