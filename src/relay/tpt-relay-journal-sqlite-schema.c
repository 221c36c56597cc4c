/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-schema.h"

#include "tpt-relay-error.h"

/* "TptR": another program's database is never touched. */
#define APPLICATION_ID 1416655954
#define VERSION 1

/* Before the first table: the page size stays for good. */
static const char fresh_pragmas[] = "PRAGMA page_size = 16384;"
                                    "PRAGMA journal_mode = WAL;";

/* FULL: a commit is on the disk when it returns. Checkpoints are made by one thread of ours, at
 * times when nobody commits. */
static const char connection_pragmas[] = "PRAGMA synchronous = FULL;"
                                         "PRAGMA wal_autocheckpoint = 0;"
                                         "PRAGMA secure_delete = ON;"
                                         "PRAGMA cell_size_check = ON;"
                                         "PRAGMA trusted_schema = OFF;";

/* A sequence number is never given twice, hence AUTOINCREMENT. Deliveries that come together stand
 * together: the hour before the hash keeps inserts off random pages. */
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

/* Another process may make it at the same moment; who comes second finds it made. */
static gboolean
create (sqlite3  *db,
        GError  **error)
{
  gint64 version = 0;
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                            APPLICATION_ID, VERSION);
  gboolean good;

  if (!run (db, fresh_pragmas, error) || !run (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  good = read_pragma (db, "PRAGMA user_version", &version, error) &&
         (version == VERSION || (run (db, step_1, error) && run (db, marks, error)));
  if (good && run (db, "COMMIT", error))
    return TRUE;
  run (db, "ROLLBACK", NULL);

  return FALSE;
}

/**
 * tpt_relay_journal_sqlite_schema_prepare:
 * @may_write: makes the tables in an empty file
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
  if (version == 0 && !create (db, error))
    return FALSE;

  return run (db, connection_pragmas, error);
}
