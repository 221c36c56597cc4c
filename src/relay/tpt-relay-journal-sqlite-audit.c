/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-audit.h"

#include <string.h>

#include "tpt-relay-journal-sqlite.h"

static gboolean
add_audit (TptRelayJournal            *journal,
           const TptRelayAuditRecord  *audit,
           GError                    **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ADD_AUDIT, "iisishh", error, audit->id,
                                            audit->at, audit->what, audit->count, audit->detail,
                                            audit->previous, audit->hash), error);
}

/* A hash of another length is no hash: zeros then, which no chain goes through. */
static void
read_hash (sqlite3_stmt *row,
           int           column,
           guint8       *hash)
{
  if (sqlite3_column_bytes (row, column) == TPT_RELAY_HASH_SIZE)
    memcpy (hash, sqlite3_column_blob (row, column), TPT_RELAY_HASH_SIZE);
}

static TptRelayAuditRecord *
read_audit (sqlite3_stmt *row)
{
  TptRelayAuditRecord *audit = g_new0 (TptRelayAuditRecord, 1);

  audit->id = sqlite3_column_int64 (row, 0);
  audit->at = sqlite3_column_int64 (row, 1);
  audit->what = g_strdup ((const char *) sqlite3_column_text (row, 2));
  audit->count = sqlite3_column_int64 (row, 3);
  audit->detail = g_strdup ((const char *) sqlite3_column_text (row, 4));
  read_hash (row, 5, audit->previous);
  read_hash (row, 6, audit->hash);

  return audit;
}

static gboolean
find_last_audit (TptRelayJournal      *journal,
                 TptRelayAuditRecord **audit,
                 GError              **error)
{
  Statements *s = statements_of (journal);
  sqlite3_stmt *row = statements_get (s, STATEMENT_LAST_AUDIT, "", error);
  gboolean has_row = FALSE;

  *audit = NULL;
  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *audit = read_audit (row);
      statements_reset (row);
    }

  return TRUE;
}

static GPtrArray *
list_audit (TptRelayJournal  *journal,
            gint64            after,
            guint             limit,
            GError          **error)
{
  Statements *s = statements_of (journal);
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_audit_record_free);
  sqlite3_stmt *row = statements_get (s, STATEMENT_LIST_AUDIT, "ii", error, after, (gint64) limit);
  gboolean has_row;

  while (TRUE)
    {
      if (!statements_row (s, row, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_audit (row));
    }
}

/* Up to the first row that is young enough, so that what is left is one chain. */
static gboolean
purge_audit (TptRelayJournal  *journal,
             gint64            before,
             gint64           *last,
             gint64           *count,
             GError          **error)
{
  Statements *s = statements_of (journal);
  sqlite3_stmt *row = statements_get (s, STATEMENT_FIND_OLD_AUDIT, "i", error, before);
  gboolean has_row = FALSE;

  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  *last = sqlite3_column_int64 (row, 0);
  statements_reset (row);
  if (!statements_run (s, statements_get (s, STATEMENT_PURGE_AUDIT, "i", error, *last), error))
    return FALSE;
  *count = sqlite3_changes (s->db);

  return TRUE;
}

/* Fills in what concerns the audit chain. */
void
tpt_relay_journal_sqlite_audit_init (TptRelayJournalInterface *iface)
{
  iface->add_audit = add_audit;
  iface->find_last_audit = find_last_audit;
  iface->list_audit = list_audit;
  iface->purge_audit = purge_audit;
}
