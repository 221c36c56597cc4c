/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-enrol.h"

#include <string.h>

#include "tpt-relay-journal-sqlite.h"

static char *
dup_column (sqlite3_stmt *statement,
            int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static gboolean
use_code (TptRelayJournal  *journal,
          const guint8     *hash,
          gint64            expires_at,
          gboolean         *was_free,
          GError          **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_USE_CODE, "hi", error, hash, expires_at),
                       error))
    return FALSE;
  *was_free = sqlite3_changes (s->db) > 0;

  return TRUE;
}

static gboolean
is_code_used (TptRelayJournal  *journal,
              const guint8     *hash,
              gboolean         *is_used,
              GError          **error)
{
  Statements *s = statements_of (journal);
  sqlite3_stmt *statement = statements_get (s, STATEMENT_FIND_CODE, "h", error, hash);

  if (!statements_row (s, statement, is_used, error))
    return FALSE;
  statements_reset (statement);

  return TRUE;
}

static gboolean
roll_code_key (TptRelayJournal  *journal,
               GBytes           *key,
               GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ROLL_CODE_KEY, "b", error, key), error);
}

static gboolean
add_flow (TptRelayJournal           *journal,
          const TptRelayFlowRecord  *flow,
          gint64                     now,
          gboolean                  *was_free,
          GError                   **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_PURGE_FLOWS, "i", error, now), error) ||
      !statements_run (s, statements_get (s, STATEMENT_ADD_FLOW, "hisi", error, flow->state_hash,
                                          (gint64) flow->port, flow->path, flow->expires_at),
                       error))
    return FALSE;
  *was_free = sqlite3_changes (s->db) > 0;

  return TRUE;
}

static gboolean
take_flow (TptRelayJournal     *journal,
           const guint8        *state_hash,
           gint64               now,
           TptRelayFlowRecord **flow,
           GError             **error)
{
  Statements *s = statements_of (journal);
  g_autoptr (TptRelayFlowRecord) found = NULL;
  sqlite3_stmt *row = statements_get (s, STATEMENT_FIND_FLOW, "hi", error, state_hash, now);
  gboolean has_row = FALSE;

  *flow = NULL;
  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  found = g_new0 (TptRelayFlowRecord, 1);
  memcpy (found->state_hash, state_hash, sizeof found->state_hash);
  found->port = (guint) sqlite3_column_int (row, 0);
  found->path = dup_column (row, 1);
  found->expires_at = sqlite3_column_int64 (row, 2);
  statements_reset (row);
  if (!statements_run (s, statements_get (s, STATEMENT_END_FLOW, "h", error, state_hash), error))
    return FALSE;
  *flow = g_steal_pointer (&found);

  return TRUE;
}

static gboolean
add_channel (TptRelayJournal        *journal,
             TptRelayChannelRecord  *channel,
             GError                **error)
{
  Statements *s = statements_of (journal);
  sqlite3_stmt *statement;
  gboolean has_row = FALSE;

  if (!statements_run (s, statements_get (s, STATEMENT_ADD_CHANNEL, "sss", error, channel->name,
                                          channel->user, channel->key), error))
    return FALSE;
  statement = statements_get (s, STATEMENT_FIND_CHANNEL, "s", error, channel->user);
  if (!statements_row (s, statement, &has_row, error))
    return FALSE;
  g_assert (has_row);
  channel->id = sqlite3_column_int64 (statement, 0);
  g_free (channel->name);
  channel->name = dup_column (statement, 1);
  g_free (channel->key);
  channel->key = dup_column (statement, 3);
  statements_reset (statement);

  return TRUE;
}

static gboolean
add_device (TptRelayJournal       *journal,
            TptRelayDeviceRecord  *device,
            GError               **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_ADD_DEVICE, "ssssiiihh", error, device->name,
                                          device->user, device->organization, device->role,
                                          (gint64) device->has_feed, device->feed_proved_at,
                                          device->channel, device->public_key,
                                          device->token_hash), error))
    return FALSE;
  device->id = sqlite3_last_insert_rowid (s->db);

  return TRUE;
}

static gboolean
set_device_feed (TptRelayJournal  *journal,
                 gint64            device,
                 const char       *role,
                 gint64            proved_at,
                 GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_SET_FEED, "isi", error, device, role,
                                            proved_at), error);
}

static gboolean
end_device (TptRelayJournal  *journal,
            gint64            device,
            gboolean         *was_there,
            GError          **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_END_EVENTS, "i", error, device), error) ||
      !statements_run (s, statements_get (s, STATEMENT_END_DEVICE, "i", error, device), error))
    return FALSE;
  *was_there = sqlite3_changes (s->db) > 0;

  return TRUE;
}

/* Fills in what changes who is enrolled. */
void
tpt_relay_journal_sqlite_enrol_init (TptRelayJournalInterface *iface)
{
  iface->roll_code_key = roll_code_key;
  iface->use_code = use_code;
  iface->is_code_used = is_code_used;
  iface->add_flow = add_flow;
  iface->take_flow = take_flow;
  iface->add_channel = add_channel;
  iface->add_device = add_device;
  iface->set_device_feed = set_device_feed;
  iface->end_device = end_device;
}
