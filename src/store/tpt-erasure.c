/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-erasure.h"

#include "tpt-backup-files.h"
#include "tpt-session.h"

static gboolean
empty_tables (TptSession  *session,
              gpointer     user_data,
              GError     **error)
{
  tpt_session_mark_all (session);

  return tpt_sqlite_execute (session->sqlite,
                             "DELETE FROM links; DELETE FROM invitees; DELETE FROM hosts;"
                             "DELETE FROM meetings; DELETE FROM event_types;"
                             "DELETE FROM match_actions; DELETE FROM match_rules;"
                             "DELETE FROM stakeholder_emails; DELETE FROM stakeholders;"
                             "DELETE FROM customers;"
                             "DELETE FROM set_aside; DELETE FROM deliveries;"
                             "DELETE FROM settings;", error);
}

/**
 * tpt_erasure_run:
 *
 * Empties every table in one transaction of its own. SQLite writes zeros over the rows
 * (secure_delete); what stands in the log of them goes with the log, and the backups go first.
 */
gboolean
tpt_erasure_run (TptSession  *session,
                 GError     **error)
{
  const char *path = tpt_sqlite_get_path (session->sqlite);

  return (path == NULL || tpt_backup_files_remove (path, error))
         && tpt_session_run (session, empty_tables, NULL, error)
         && tpt_sqlite_checkpoint (session->sqlite, error);
}
