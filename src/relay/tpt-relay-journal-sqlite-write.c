/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-write.h"

#include "tpt-relay-journal-sqlite.h"

#define PURGE_WINDOW 2000
/* A clock may be a little ahead of this one. */
#define DAY_MILLISECONDS G_GINT64_CONSTANT (86400000)

static gboolean
claim_deliveries (TptRelayJournal          *journal,
                  TptRelayDelivery  *const *deliveries,
                  guint                     count,
                  GError                  **error)
{
  Statements *s = statements_of (journal);

  for (guint i = 0; i < count; i++)
    {
      TptRelayDelivery *delivery = deliveries[i];

      if (!statements_run (s, statements_get (s, STATEMENT_ADD_DELIVERY, "iihi", error,
                                              delivery->channel, delivery->created_at,
                                              delivery->hash, delivery->received_at), error))
        return FALSE;
      delivery->is_new = sqlite3_changes (s->db) > 0;
    }

  return TRUE;
}

static gboolean
add_event (TptRelayJournal            *journal,
           const TptRelayEventRecord  *event,
           GError                    **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ADD_EVENT, "iiihnbb", error, event->device,
                                            event->received_at, (gint64) event->late,
                                            event->relay_key, event->nonce, event->people,
                                            event->box), error);
}

static gboolean
add_dead_letter (TptRelayJournal  *journal,
                 gint64            received_at,
                 const char       *reason,
                 GBytes           *box,
                 GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ADD_DEAD_LETTER, "isb", error, received_at,
                                            reason, box), error);
}

static gboolean
ack (TptRelayJournal  *journal,
     gint64            device,
     gint64            seq,
     gboolean         *is_known,
     GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ACK_DEVICE, "ii", error, device, seq),
                         error) &&
         statements_run (s, statements_get (s, STATEMENT_ACK_EVENTS, "ii", error, device, seq),
                         error);
}

static gboolean
erase_person (TptRelayJournal  *journal,
              const guint8     *person,
              gint64           *count,
              GError          **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_ERASE_PERSON, "p", error, person), error))
    return FALSE;
  *count = sqlite3_changes (s->db);

  return TRUE;
}

static gboolean
set_clock (TptRelayJournal  *journal,
           gint64            clock,
           GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_SET_CLOCK, "i", error, clock), error);
}

/* What a clock that ran ahead has dated into the future does not stop the search. */
static gboolean
find_old (Statements  *s,
          gint64       before,
          gint64       now,
          gint64      *after,
          gint64      *last,
          GError     **error)
{
  sqlite3_stmt *row = statements_get (s, STATEMENT_PURGE_WINDOW, "iii", error, before, *after,
                                      (gint64) PURGE_WINDOW);
  gboolean has_row = FALSE;

  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  *last = sqlite3_column_int64 (row, 0);
  if (*last > 0 || sqlite3_column_int64 (row, 2) > now + DAY_MILLISECONDS)
    *after = sqlite3_column_int64 (row, 1);
  else
    *after = -1;
  statements_reset (row);

  return TRUE;
}

static gboolean
purge_events (TptRelayJournal  *journal,
              gint64            before,
              gint64            now,
              gint64           *after,
              gint64           *count,
              GError          **error)
{
  Statements *s = statements_of (journal);
  gint64 first = *after;
  gint64 last = 0;

  if (!find_old (s, before, now, after, &last, error))
    return FALSE;
  if (last == 0)
    return TRUE;
  if (!statements_run (s, statements_get (s, STATEMENT_PURGE_MARK, "iii", error, first, last,
                                          before), error) ||
      !statements_run (s, statements_get (s, STATEMENT_PURGE_EVENTS, "iii", error, first, last,
                                          before), error))
    return FALSE;
  *count += sqlite3_changes (s->db);

  return TRUE;
}

static gboolean
purge_rest (TptRelayJournal  *journal,
            gint64            before,
            gint64            now,
            GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_PURGE_DELIVERIES, "i", error, before),
                         error) &&
         statements_run (s, statements_get (s, STATEMENT_PURGE_DEAD_LETTERS, "i", error, before),
                         error) &&
         statements_run (s, statements_get (s, STATEMENT_PURGE_FLOWS, "i", error, now), error) &&
         statements_run (s, statements_get (s, STATEMENT_PURGE_CODES, "i", error, now), error);
}

/* Fills in what changes events. */
void
tpt_relay_journal_sqlite_write_init (TptRelayJournalInterface *iface)
{
  iface->claim_deliveries = claim_deliveries;
  iface->add_event = add_event;
  iface->add_dead_letter = add_dead_letter;
  iface->ack = ack;
  iface->erase_person = erase_person;
  iface->set_clock = set_clock;
  iface->purge_events = purge_events;
  iface->purge_rest = purge_rest;
}
