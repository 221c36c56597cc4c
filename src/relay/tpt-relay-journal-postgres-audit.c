/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-audit.h"

#include "tpt-relay-journal-postgres.h"

static gboolean
add_audit (TptRelayJournal            *journal,
           const TptRelayAuditRecord  *audit,
           GError                    **error)
{
  return link_send (tpt_relay_journal_postgres_get_link (journal, error),
                    "INSERT INTO audit (id, at, what, count, detail, previous, hash)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7)", "iisishh", error, audit->id,
                    audit->at, audit->what, audit->count, audit->detail, audit->previous,
                    audit->hash);
}

static TptRelayAuditRecord *
read_audit (PGresult *result,
            int       row)
{
  TptRelayAuditRecord *audit = g_new0 (TptRelayAuditRecord, 1);

  audit->id = link_int (result, row, 0);
  audit->at = link_int (result, row, 1);
  audit->what = link_text (result, row, 2);
  audit->count = link_int (result, row, 3);
  audit->detail = link_text (result, row, 4);
  link_copy (result, row, 5, audit->previous, sizeof audit->previous);
  link_copy (result, row, 6, audit->hash, sizeof audit->hash);

  return audit;
}

static gboolean
find_last_audit (TptRelayJournal      *journal,
                 TptRelayAuditRecord **audit,
                 GError              **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) result = NULL;

  if (link == NULL)
    return FALSE;
  result = link_ask (link, "SELECT id, at, what, count, detail, previous, hash FROM audit"
                           " ORDER BY id DESC LIMIT 1", "", error);
  if (result == NULL)
    return FALSE;
  *audit = PQntuples (result) > 0 ? read_audit (result, 0) : NULL;

  return TRUE;
}

static GPtrArray *
list_audit (TptRelayJournal  *journal,
            gint64            after,
            guint             limit,
            GError          **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_audit_record_free);
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) result = NULL;

  if (link == NULL)
    return NULL;
  result = link_ask (link, "SELECT id, at, what, count, detail, previous, hash FROM audit"
                           " WHERE id > $1 ORDER BY id LIMIT $2", "ii", error, after,
                     (gint64) limit);
  if (result == NULL)
    return NULL;
  for (int row = 0; row < PQntuples (result); row++)
    g_ptr_array_add (rows, read_audit (result, row));

  return g_steal_pointer (&rows);
}

/* Up to the first row that is young enough, so that what is left is one chain. */
static gboolean
purge_audit (TptRelayJournal  *journal,
             gint64            before,
             gint64           *last,
             gint64           *count,
             GError          **error)
{
  g_autoptr (PGresult) result =
    link_ask (tpt_relay_journal_postgres_get_link (journal, error),
              "WITH old AS (DELETE FROM audit WHERE id < coalesce ((SELECT min (id) FROM audit"
              " WHERE at >= $1), (SELECT max (id) + 1 FROM audit)) RETURNING id)"
              " SELECT coalesce (max (id), 0), count (*) FROM old", "i", error, before);

  if (result == NULL)
    return FALSE;
  *last = link_int (result, 0, 0);
  *count = link_int (result, 0, 1);

  return TRUE;
}

/* Fills in what concerns the audit chain. */
void
tpt_relay_journal_postgres_audit_init (TptRelayJournalInterface *iface)
{
  iface->add_audit = add_audit;
  iface->find_last_audit = find_last_audit;
  iface->list_audit = list_audit;
  iface->purge_audit = purge_audit;
}
