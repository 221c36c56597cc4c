/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-actions-table.h"

#include "tpt-session.h"

#define TABLE "match_actions"

/* Nobody goes back further; what was merged or ignored need not lie here for ever. */
#define MOST_ACTIONS 200

static gboolean
forget_oldest (TptSession  *session,
               gint64       newest,
               GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM match_actions WHERE id <= ?1");
  tpt_statement_bind_int (statement, 1, newest - MOST_ACTIONS);

  return tpt_statement_run (statement, error);
}

/**
 * tpt_match_actions_table_push:
 * @how: what taking it back has to do
 * @row: (out): greater than that of every action that can be taken back
 */
gboolean
tpt_match_actions_table_push (TptSession     *session,
                              const TptPack  *how,
                              gint64         *row,
                              GError        **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;

  if (!tpt_sqlite_query_int (session->sqlite,
                             "SELECT coalesce (max (id), 0) + 1 FROM match_actions", row, error))
    return FALSE;
  sealed = tpt_session_seal (session, TABLE, "sealed", *row, (TptPack *) how);
  statement = tpt_session_get (session,
                               "INSERT INTO match_actions (id, at, sealed) VALUES (?1, ?2, ?3)");
  tpt_statement_bind_int (statement, 1, *row);
  tpt_statement_bind_int (statement, 2, tpt_clock_now (session->clock));
  tpt_statement_bind_blob (statement, 3, sealed);

  return tpt_statement_run (statement, error) && forget_oldest (session, *row, error);
}

/**
 * tpt_match_actions_table_peek:
 * @how: (inout): initialised; gets what taking the latest action back has to do
 * @row: (out): of that action, 0 when there is none
 */
gboolean
tpt_match_actions_table_peek (TptSession  *session,
                              TptPack     *how,
                              gint64      *row,
                              GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  *row = 0;
  statement = tpt_session_get (session,
                               "SELECT id, sealed FROM match_actions ORDER BY id DESC LIMIT 1");
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  *row = tpt_statement_get_int (statement, 0);

  return tpt_session_unseal (session, TABLE, "sealed", *row, statement, 1, how, error);
}

gboolean
tpt_match_actions_table_remove (TptSession  *session,
                                gint64       row,
                                GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM match_actions WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);

  return tpt_statement_run (statement, error);
}

/** tpt_match_actions_table_clear: nothing can be taken back any more */
gboolean
tpt_match_actions_table_clear (TptSession  *session,
                               GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, "DELETE FROM match_actions");

  return tpt_statement_run (statement, error);
}
