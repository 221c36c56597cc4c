/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-schema.h"

#include <string.h>

#include "tpt-relay-error.h"
#include "tpt-relay-record.h"

/* "TptR": another program's database is never touched. */
#define APPLICATION_ID 1416655954
#define VERSION 2

/* Before the first table: the page size stays for good. EXTRA makes sure that the rollback journal
 * of this one step is gone from the folder for good: one that came back after a power cut would
 * take everything back to here. */
static const char fresh_pragmas[] = "PRAGMA synchronous = EXTRA;"
                                    "PRAGMA page_size = 16384;"
                                    "PRAGMA journal_mode = WAL;";

/* FULL: a commit is on the disk when it returns. Checkpoints are made by one thread of ours, at
 * times when nobody commits. */
static const char connection_pragmas[] = "PRAGMA synchronous = FULL;"
                                         "PRAGMA wal_autocheckpoint = 0;"
                                         "PRAGMA secure_delete = ON;"
                                         "PRAGMA cell_size_check = ON;"
                                         "PRAGMA trusted_schema = OFF;";

/* A sequence number is never given twice, hence AUTOINCREMENT. Deliveries that come together stand
 * together: the time before the hash keeps inserts off random pages. */
static const char step_1[] =
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE channels (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
  " user TEXT NOT NULL UNIQUE, key TEXT NOT NULL) STRICT;"
  "CREATE TABLE devices (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
  " user TEXT NOT NULL, organization TEXT NOT NULL, role TEXT NOT NULL, has_feed INTEGER NOT NULL,"
  " channel INTEGER NOT NULL, public_key BLOB NOT NULL, token_hash BLOB NOT NULL UNIQUE,"
  " acked INTEGER NOT NULL DEFAULT 0, purged INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, device INTEGER NOT NULL,"
  " received_at INTEGER NOT NULL, late INTEGER NOT NULL, relay_key BLOB NOT NULL,"
  " nonce BLOB NOT NULL, box BLOB NOT NULL) STRICT;"
  "CREATE INDEX events_by_device ON events (device, seq);"
  "CREATE TABLE deliveries (channel INTEGER NOT NULL, hour INTEGER NOT NULL, hash BLOB NOT NULL,"
  " received_at INTEGER NOT NULL, PRIMARY KEY (channel, hour, hash)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE codes (hash BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE dead_letters (id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL,"
  " reason TEXT NOT NULL, box BLOB) STRICT;"
  "CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL,"
  " count INTEGER NOT NULL) STRICT;"
  "INSERT INTO meta VALUES ('epoch', CAST(lower(hex(randomblob(8))) AS BLOB)),"
  " ('code_key', randomblob(32));";

static const char step_2[] =
  "ALTER TABLE deliveries RENAME COLUMN hour TO created_at;"
  "ALTER TABLE devices ADD COLUMN feed_proved_at INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE events ADD COLUMN people BLOB;"
  "CREATE TABLE flows (state_hash BLOB PRIMARY KEY, port INTEGER NOT NULL, path TEXT NOT NULL,"
  " expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "ALTER TABLE audit RENAME TO unchained;"
  "CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL,"
  " count INTEGER NOT NULL, detail TEXT, previous BLOB NOT NULL, hash BLOB NOT NULL)"
  " STRICT;";

/* Statement by statement, to the end of the text. */
static gboolean
run (sqlite3     *db,
     const char  *sql,
     GError     **error)
{
  while (*sql != '\0')
    {
      sqlite3_stmt *statement = NULL;
      int result = sqlite3_prepare_v2 (db, sql, -1, &statement, &sql);

      while (statement != NULL && (result == SQLITE_OK || result == SQLITE_ROW))
        result = sqlite3_step (statement);
      sqlite3_finalize (statement);
      if (result != SQLITE_OK && result != SQLITE_DONE)
        {
          g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s",
                       sqlite3_errmsg (db));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_pragma (sqlite3     *db,
             const char  *sql,
             gint64      *value,
             GError     **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean good = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
                  sqlite3_step (statement) == SQLITE_ROW;

  if (good)
    *value = sqlite3_column_int64 (statement, 0);
  else
    g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s",
                 sqlite3_errmsg (db));
  sqlite3_finalize (statement);

  return good;
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s", why);
  return FALSE;
}

static gboolean
insert_link (sqlite3                    *db,
             const TptRelayAuditRecord  *audit,
             GError                    **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean good = sqlite3_prepare_v2 (db, "INSERT INTO audit VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6)",
                                      -1, &statement, NULL) == SQLITE_OK;

  if (good)
    {
      sqlite3_bind_int64 (statement, 1, audit->id);
      sqlite3_bind_int64 (statement, 2, audit->at);
      sqlite3_bind_text (statement, 3, audit->what, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 4, audit->count);
      sqlite3_bind_blob (statement, 5, audit->previous, sizeof audit->previous, SQLITE_STATIC);
      sqlite3_bind_blob (statement, 6, audit->hash, sizeof audit->hash, SQLITE_STATIC);
      good = sqlite3_step (statement) == SQLITE_DONE;
    }
  if (!good)
    refuse (error, sqlite3_errmsg (db));
  sqlite3_finalize (statement);

  return good;
}

/* Rows from before there was a chain become its first links. */
static gboolean
chain_audit (sqlite3  *db,
             GError  **error)
{
  TptRelayAuditRecord audit = { 0 };
  sqlite3_stmt *row = NULL;
  gboolean good = sqlite3_prepare_v2 (db, "SELECT at, what, count FROM unchained ORDER BY id", -1,
                                      &row, NULL) == SQLITE_OK;

  if (!good)
    refuse (error, sqlite3_errmsg (db));
  while (good && sqlite3_step (row) == SQLITE_ROW)
    {
      audit.id++;
      audit.at = sqlite3_column_int64 (row, 0);
      audit.what = (char *) sqlite3_column_text (row, 1);
      audit.count = sqlite3_column_int64 (row, 2);
      memcpy (audit.previous, audit.hash, sizeof audit.previous);
      tpt_relay_audit_record_sum (&audit, audit.hash);
      good = insert_link (db, &audit, error);
    }
  sqlite3_finalize (row);

  return good && run (db, "DROP TABLE unchained", error);
}

/* From what another process may have made of it in the meantime. */
static gboolean
step_up (sqlite3  *db,
         GError  **error)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                            APPLICATION_ID, VERSION);
  gint64 version = 0;

  return read_pragma (db, "PRAGMA user_version", &version, error) &&
         (version >= 1 || run (db, step_1, error)) &&
         (version >= 2 || (run (db, step_2, error) && chain_audit (db, error))) &&
         run (db, marks, error);
}

static gboolean
migrate (sqlite3  *db,
         gboolean  is_fresh,
         GError  **error)
{
  if (is_fresh && !run (db, fresh_pragmas, error))
    return FALSE;
  if (!run (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (step_up (db, error) && run (db, "COMMIT", error))
    return TRUE;
  run (db, "ROLLBACK", NULL);

  return FALSE;
}

/**
 * tpt_relay_journal_sqlite_schema_prepare:
 * @may_write: makes the tables in an empty file, and brings an older one up to date
 *
 * Brings a connection and its database into the state that the rest relies on. A database of
 * another program or of a newer relay is left as it is.
 */
gboolean
tpt_relay_journal_sqlite_schema_prepare (sqlite3   *db,
                                         gboolean   may_write,
                                         GError   **error)
{
  gint64 application = 0;
  gint64 version = 0;
  gint64 tables = 0;

  if (!read_pragma (db, "PRAGMA application_id", &application, error) ||
      !read_pragma (db, "PRAGMA user_version", &version, error) ||
      !read_pragma (db, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (application != APPLICATION_ID && (application != 0 || version != 0 || tables != 0))
    return refuse (error, "the file is another program's database");
  if (version > VERSION)
    return refuse (error, "the file was written by a newer relay");
  if (version == 0 && !may_write)
    return refuse (error, "the file is empty");
  if (version < VERSION && !may_write)
    return refuse (error, "the file was written by an older relay");
  if (version < VERSION && !migrate (db, version == 0, error))
    return FALSE;

  return run (db, connection_pragmas, error);
}
