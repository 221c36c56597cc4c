/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal.h"

#define AUDIT_MILLISECONDS (400 * G_GINT64_CONSTANT (86400000))

/* The audit chain loses its beginning, and says so at its end. It is read when something went wrong
 * long ago, so it outlives the events. */
static gboolean
purge_audit (TptRelayJournal  *self,
             gint64            now,
             GError          **error)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);
  g_autofree char *detail = NULL;
  gint64 last = 0, count = 0;

  if (!iface->purge_audit (self, now - AUDIT_MILLISECONDS, &last, &count, error))
    return FALSE;
  if (count == 0)
    return TRUE;
  detail = g_strdup_printf ("{\"through\":%" G_GINT64_FORMAT "}", last);

  return tpt_relay_journal_write_audit (self, now, "audit-purged", count, detail, error);
}

/* One small transaction, so that no webhook waits long. @after: (inout): where the next begins; -1
 * at the end. */
static gboolean
purge_step (TptRelayJournal  *self,
            gint64            before,
            gint64            now,
            gint64           *after,
            gint64           *count,
            GError          **error)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);
  gboolean good;

  if (!iface->begin (self, error))
    return FALSE;
  good = iface->purge_events (self, before, now, after, count, error);
  if (good && *after < 0)
    good = iface->purge_rest (self, before, now / 1000, error) && purge_audit (self, now, error) &&
           (*count == 0 ||
            tpt_relay_journal_write_audit (self, now, "purged", *count, NULL, error));
  if (good && iface->commit (self, error))
    return TRUE;
  iface->rollback (self);

  return FALSE;
}

/* Drops what was received before @before, and codes and flows that expired before @now; both in
 * milliseconds, as they stand beside events; codes and flows themselves count in seconds. */
gboolean
tpt_relay_journal_purge (TptRelayJournal  *self,
                         gint64            before,
                         gint64            now,
                         GError          **error)
{
  gint64 after = 0, count = 0;

  while (after >= 0)
    {
      if (!purge_step (self, before, now, &after, &count, error))
        return FALSE;
    }

  return TRUE;
}
