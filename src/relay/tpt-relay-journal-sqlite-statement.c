/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-statement.h"

#include "tpt-relay-error.h"
#include "tpt-relay-record.h"

static const char *const sql[STATEMENT_COUNT] = {
  [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
  [STATEMENT_COMMIT] = "COMMIT",
  [STATEMENT_ROLLBACK] = "ROLLBACK",
  [STATEMENT_META] = "SELECT value FROM meta WHERE key = ?1",
  [STATEMENT_CLOCK] = "SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM meta"
                      " WHERE key = 'clock'",
  [STATEMENT_SET_CLOCK] = "INSERT OR REPLACE INTO meta VALUES ('clock',"
                          " CAST(CAST(?1 AS TEXT) AS BLOB))",
  [STATEMENT_ROLL_CODE_KEY] = "UPDATE meta SET value = ?1 WHERE key = 'code_key'",
  [STATEMENT_BEGIN_EPOCH] = "UPDATE meta SET value = CAST(lower(hex(randomblob(8))) AS BLOB)"
                            " WHERE key = 'epoch'",
  [STATEMENT_ADD_DELIVERY] = "INSERT OR IGNORE INTO deliveries (channel, created_at, hash,"
                             " received_at) VALUES (?1, ?2, ?3, ?4)",
  /* A device may have ended after the event was sealed for it. What fails here fails the batch;
   * that it may do so at once spares SQLite a copy of every page before each row. */
  [STATEMENT_ADD_EVENT] = "INSERT OR ROLLBACK INTO events (device, received_at, late, relay_key,"
                          " nonce, people, box) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
                          " WHERE EXISTS (SELECT 1 FROM devices WHERE id = ?1)",
  [STATEMENT_ADD_DEAD_LETTER] = "INSERT INTO dead_letters (received_at, reason, box)"
                                " VALUES (?1, ?2, ?3)",
  [STATEMENT_ADD_AUDIT] = "INSERT INTO audit (id, at, what, count, detail, previous, hash)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [STATEMENT_LAST_AUDIT] = "SELECT id, at, what, count, detail, previous, hash FROM audit"
                           " ORDER BY id DESC LIMIT 1",
  [STATEMENT_LIST_AUDIT] = "SELECT id, at, what, count, detail, previous, hash FROM audit"
                           " WHERE id > ?1 ORDER BY id LIMIT ?2",
  [STATEMENT_FIND_OLD_AUDIT] = "SELECT coalesce((SELECT id - 1 FROM audit WHERE at >= ?1"
                               " ORDER BY id LIMIT 1), (SELECT max(id) FROM audit), 0)",
  [STATEMENT_USE_CODE] = "INSERT OR IGNORE INTO codes (hash, expires_at) VALUES (?1, ?2)",
  [STATEMENT_FIND_CODE] = "SELECT 1 FROM codes WHERE hash = ?1",
  [STATEMENT_ADD_FLOW] = "INSERT OR IGNORE INTO flows (state_hash, port, path, expires_at)"
                         " VALUES (?1, ?2, ?3, ?4)",
  [STATEMENT_FIND_FLOW] = "SELECT port, path, expires_at FROM flows"
                          " WHERE state_hash = ?1 AND expires_at > ?2",
  [STATEMENT_END_FLOW] = "DELETE FROM flows WHERE state_hash = ?1",
  [STATEMENT_ADD_CHANNEL] = "INSERT OR IGNORE INTO channels (name, user, key) VALUES (?1, ?2, ?3)",
  [STATEMENT_FIND_CHANNEL] = "SELECT id, name, user, key FROM channels WHERE user = ?1",
  [STATEMENT_ADD_DEVICE] = "INSERT INTO devices (name, user, organization, role, has_feed,"
                           " feed_proved_at, channel, public_key, token_hash)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
  [STATEMENT_SET_FEED] = "UPDATE devices SET role = ?2, feed_proved_at = ?3 WHERE id = ?1",
  [STATEMENT_END_DEVICE] = "DELETE FROM devices WHERE id = ?1",
  [STATEMENT_END_EVENTS] = "DELETE FROM events WHERE device = ?1",
  [STATEMENT_ACK_DEVICE] = "UPDATE devices SET acked = ?2 WHERE id = ?1 AND acked < ?2",
  [STATEMENT_ACK_EVENTS] = "DELETE FROM events WHERE device = ?1 AND seq <= ?2",
  /* No index: few are erased, and every webhook would pay for it. */
  [STATEMENT_ERASE_PERSON] = "DELETE FROM events WHERE people IS NOT NULL"
                             " AND instr(people, ?1) % 16 = 1",
  [STATEMENT_LIST_DEVICES] = "SELECT id, name, user, organization, role, has_feed, feed_proved_at,"
                             " channel, public_key, token_hash, acked FROM devices ORDER BY id",
  [STATEMENT_LIST_CHANNELS] = "SELECT id, name, user, key FROM channels ORDER BY id",
  [STATEMENT_POSITION] = "SELECT coalesce((SELECT acked FROM devices WHERE id = ?1), 0),"
                         " coalesce((SELECT purged FROM devices WHERE id = ?1), 0),"
                         " (SELECT min(seq) FROM events WHERE device = ?1),"
                         " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)",
  [STATEMENT_LIST_EVENTS] = "SELECT seq, received_at, late, relay_key, nonce, box FROM events"
                            " WHERE device = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
  [STATEMENT_COUNTS] = "SELECT coalesce((SELECT seq FROM sqlite_sequence"
                       " WHERE name = 'events'), 0),"
                       " (SELECT count(*) FROM events),"
                       " coalesce((SELECT received_at FROM events ORDER BY seq LIMIT 1), 0),"
                       " (SELECT count(*) FROM devices), (SELECT count(*) FROM dead_letters),"
                       " (SELECT page_count FROM pragma_page_count)"
                       " * (SELECT page_size FROM pragma_page_size)",
  /* A box's length stands at the beginning of its row: the box itself is not read. */
  [STATEMENT_HELD_EVENTS] = "SELECT length(box) FROM events WHERE device IN"
                            " (SELECT id FROM devices WHERE user = ?1)",
  [STATEMENT_HELD_DELIVERIES] = "SELECT 0 FROM deliveries WHERE channel ="
                                " (SELECT id FROM channels WHERE user = ?1)",
  [STATEMENT_HELD_DEAD_LETTERS] = "SELECT coalesce(length(box), 0) FROM dead_letters",
  [STATEMENT_FREE_BYTES] = "SELECT (SELECT freelist_count FROM pragma_freelist_count)"
                           " * (SELECT page_size FROM pragma_page_size)",
  /* The end of the old ones among the next @3, the end of these, and their earliest time: sequence
   * and time mostly grow together. */
  [STATEMENT_PURGE_WINDOW] = "SELECT max(CASE WHEN received_at < ?1 THEN seq END), max(seq),"
                             " min(received_at) FROM (SELECT seq, received_at FROM events"
                             " WHERE seq > ?2 ORDER BY seq LIMIT ?3)",
  [STATEMENT_PURGE_MARK] = "UPDATE devices SET purged = max(purged, coalesce((SELECT max(seq)"
                           " FROM events WHERE device = devices.id AND seq > ?1 AND seq <= ?2"
                           " AND received_at < ?3), 0))",
  [STATEMENT_PURGE_EVENTS] = "DELETE FROM events WHERE seq > ?1 AND seq <= ?2 AND received_at < ?3",
  [STATEMENT_PURGE_DELIVERIES] = "DELETE FROM deliveries WHERE received_at < ?1",
  [STATEMENT_PURGE_CODES] = "DELETE FROM codes WHERE expires_at < ?1",
  [STATEMENT_PURGE_DEAD_LETTERS] = "DELETE FROM dead_letters WHERE received_at < ?1",
  [STATEMENT_PURGE_FLOWS] = "DELETE FROM flows WHERE expires_at <= ?1",
  [STATEMENT_PURGE_AUDIT] = "DELETE FROM audit WHERE id <= ?1",
};

static void
fail (Statements  *self,
      GError     **error)
{
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s",
               sqlite3_errmsg (self->db));
}

static void
bind_bytes (sqlite3_stmt *statement,
            int           index,
            GBytes       *bytes)
{
  gsize size;
  const void *data;

  if (bytes == NULL)
    return;
  data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_blob64 (statement, index, size > 0 ? data : "", size, SQLITE_STATIC);
}

static int
size_of (char type)
{
  if (type == 'h')
    return TPT_RELAY_HASH_SIZE;

  return type == 'n' ? TPT_RELAY_NONCE_SIZE : TPT_RELAY_PERSON_SIZE;
}

/**
 * statements_get:
 * @types: for each parameter `i` gint64, `s` string, `h` 32 bytes, `n` 24 bytes, `p` 16 bytes,
 *   `b` GBytes or NULL
 *
 * Bound values must live until the statement is reset.
 *
 * Returns: (transfer none): ready to step
 */
sqlite3_stmt *
statements_get (Statements   *self,
                StatementId   id,
                const char   *types,
                GError      **error,
                ...)
{
  sqlite3_stmt **slot = &self->prepared[id];
  va_list values;

  if (*slot == NULL &&
      sqlite3_prepare_v3 (self->db, sql[id], -1, SQLITE_PREPARE_PERSISTENT, slot,
                          NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }

  va_start (values, error);
  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 'i')
        sqlite3_bind_int64 (*slot, i + 1, va_arg (values, gint64));
      else if (types[i] == 's')
        sqlite3_bind_text (*slot, i + 1, va_arg (values, const char *), -1, SQLITE_STATIC);
      else if (types[i] == 'b')
        bind_bytes (*slot, i + 1, va_arg (values, GBytes *));
      else
        sqlite3_bind_blob (*slot, i + 1, va_arg (values, const guint8 *),
                           size_of (types[i]), SQLITE_STATIC);
    }
  va_end (values);

  return *slot;
}

void
statements_reset (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

/**
 * statements_row:
 * @statement: (nullable): as statements_get () gave it; NULL fails
 * @has_row: (out): FALSE at the end; the statement is reset then
 *
 * Returns: FALSE with TPT_RELAY_ERROR_JOURNAL, the statement reset
 */
gboolean
statements_row (Statements    *self,
                sqlite3_stmt  *statement,
                gboolean      *has_row,
                GError       **error)
{
  int result;

  if (statement == NULL)
    return FALSE;
  result = sqlite3_step (statement);
  *has_row = result == SQLITE_ROW;
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    fail (self, error);
  statements_reset (statement);

  return result == SQLITE_DONE;
}

/* Runs to the end. @statement: (nullable): NULL fails, so that a get can stand inside the call. */
gboolean
statements_run (Statements    *self,
                sqlite3_stmt  *statement,
                GError       **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    {
      if (!statements_row (self, statement, &has_row, error))
        return FALSE;
    }

  return TRUE;
}

void
statements_clear (Statements *self)
{
  for (guint i = 0; i < STATEMENT_COUNT; i++)
    g_clear_pointer (&self->prepared[i], sqlite3_finalize);
}
