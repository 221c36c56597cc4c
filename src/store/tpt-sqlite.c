/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sqlite.h"

#include <errno.h>
#include <string.h>

#include "tpt-key-memo.h"
#include "tpt-store.h"

/* More than the largest answer that is ever kept as it came. */
#define MAX_FIELD_BYTES (32 * 1024 * 1024)

/* 8 MiB of pages in memory: what ten thousand meetings have in indexes, any of which an import may
 * write to next. */
#define CACHE_SIZE "PRAGMA cache_size = -8192;"

/* 16 MiB of log before it goes into the file: an import writes the same pages of the indexes again
 * and again, and most of them then go there once. The log is written over from its start, at its
 * full length; only what a large transaction leaves beyond that does not lie about for ever. */
#define LOG_LIMITS "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 20971520;"

struct _TptSqlite
{
  sqlite3 *connection;
  GHashTable *statements;
  gboolean in_memory;
  TptSqliteWatch watch;
  gpointer watch_data;
  TptSqliteKey key;
  gpointer key_data;
  TptKeyMemo keys;
};

/* Statements are long, and asked for more often than anything: a look at their middle, their end
 * and their length tells nearly all of them apart. */
static guint
hash_sql (gconstpointer sql)
{
  const char *text = sql;
  gsize length = strlen (text);
  guint64 ends[2] = { 0, 0 };

  memcpy (&ends[0], text + length - MIN (length, sizeof ends[0]), MIN (length, sizeof ends[0]));
  memcpy (&ends[1], text + length / 2, MIN (length - length / 2, sizeof ends[1]));

  return (guint) ((ends[0] * 31 + ends[1]) * 1099511628211u >> 32) + (guint) length;
}

static void
configure (TptSqlite  *self,
           const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  int value;

  sqlite3_extended_result_codes (self->connection, 1);
  sqlite3_limit (self->connection, SQLITE_LIMIT_LENGTH, MAX_FIELD_BYTES);
  sqlite3_limit (self->connection, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, &value);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, &value);
  /* Until tpt_sqlite_use_log(): a log that is there stays, should the file not be for us. */
  if (g_file_test (log, G_FILE_TEST_EXISTS))
    sqlite3_db_config (self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &value);
}

/* Nobody asks how much memory SQLite has in use; counting it takes a lock at each allocation. */
static void
stop_counting (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

/**
 * tpt_sqlite_open:
 * @path: without a symbolic link in it, or %TPT_SQLITE_MEMORY
 *
 * Opens or creates the file without changing it: every setting here concerns the connection only.
 */
TptSqlite *
tpt_sqlite_open (const char  *path,
                 GError     **error)
{
  g_autoptr (TptSqlite) self = g_new0 (TptSqlite, 1);
  int result;

  stop_counting ();
  self->in_memory = strcmp (path, TPT_SQLITE_MEMORY) == 0;
  self->statements = g_hash_table_new_full (hash_sql, g_str_equal, g_free,
                                            (GDestroyNotify) tpt_statement_free);
  errno = 0;
  result = sqlite3_open_v2 (path, &self->connection,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
                              | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
                            NULL);
  if (result != SQLITE_OK)
    {
      tpt_sqlite_error_set (self->connection, result, errno, error);
      return NULL;
    }
  configure (self, path);
  /* Exclusive from the first access on: no shared memory beside the file, and nobody else in it.
   * EXTRA is FULL, and a journal that was removed stays removed: one that a power cut brings back
   * would undo what has been written since. */
  if (!tpt_sqlite_execute (self, "PRAGMA locking_mode = EXCLUSIVE;"
                                 "PRAGMA trusted_schema = OFF;"
                                 "PRAGMA cell_size_check = ON;"
                                 "PRAGMA secure_delete = ON;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA temp_store = MEMORY;"
                                 CACHE_SIZE
                                 "PRAGMA synchronous = EXTRA;", error))
    return NULL;
  if (!self->in_memory && sqlite3_db_readonly (self->connection, "main") == 1)
    {
      g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_READ_ONLY,
                   "The file “%s” cannot be written", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
tpt_sqlite_close (TptSqlite *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->connection);
  tpt_key_memo_clear (&self->keys);
  g_free (self);
}

/** tpt_sqlite_get_path: (nullable): of the file; %NULL for one in memory */
const char *
tpt_sqlite_get_path (TptSqlite *self)
{
  return self->in_memory ? NULL : sqlite3_db_filename (self->connection, "main");
}

static void
update_cb (void          *data,
           int            operation,
           const char    *database,
           const char    *table,
           sqlite3_int64  row)
{
  TptSqlite *self = data;

  self->watch (table, self->watch_data);
}

/** tpt_sqlite_watch: @watch is called for every row that is written from now on */
void
tpt_sqlite_watch (TptSqlite      *self,
                  TptSqliteWatch  watch,
                  gpointer        user_data)
{
  self->watch = watch;
  self->watch_data = user_data;
  sqlite3_update_hook (self->connection, watch != NULL ? update_cb : NULL, self);
}

static void
key_cb (sqlite3_context  *context,
        int               count,
        sqlite3_value   **values)
{
  TptSqlite *self = sqlite3_user_data (context);
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_int64 (context,
                          tpt_key_memo_get (&self->keys, text, self->key, self->key_data));
}

/**
 * tpt_sqlite_use_key:
 *
 * From here on statements may ask for key_of (text), which is NULL where the text is.
 */
gboolean
tpt_sqlite_use_key (TptSqlite     *self,
                    TptSqliteKey   key,
                    gpointer       user_data,
                    GError       **error)
{
  int result;

  tpt_key_memo_clear (&self->keys);
  self->key = key;
  self->key_data = user_data;
  result = sqlite3_create_function_v2 (self->connection, "key_of", 1,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, self,
                                       key_cb, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;
  tpt_sqlite_error_set (self->connection, result, 0, error);

  return FALSE;
}

/**
 * tpt_sqlite_use_log:
 *
 * From here on the file is ours to write: changes go through a write-ahead log.
 */
gboolean
tpt_sqlite_use_log (TptSqlite  *self,
                    GError    **error)
{
  g_autoptr (TptStatement) statement = NULL;
  int value;

  if (self->in_memory)
    return TRUE;
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, &value);
  statement = tpt_sqlite_get (self, "PRAGMA journal_mode = WAL");
  if (tpt_statement_next (statement)
      && g_strcmp0 (tpt_statement_get_text (statement, 0), "wal") != 0)
    {
      g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_FAILED,
                           "The folder of the database is on a file system without what it needs");
      return FALSE;
    }

  return tpt_statement_run (statement, error)
         && tpt_sqlite_execute (self, LOG_LIMITS, error);
}

/** tpt_sqlite_checkpoint: brings everything into the file itself and empties the log */
gboolean
tpt_sqlite_checkpoint (TptSqlite  *self,
                       GError    **error)
{
  return tpt_sqlite_execute (self, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

static gboolean
check (TptSqlite   *self,
       const char  *pragma,
       GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_sqlite_get (self, pragma);
  const char *answer = NULL;

  if (tpt_statement_next (statement))
    answer = tpt_statement_get_text (statement, 0);
  if (answer != NULL && strcmp (answer, "ok") != 0)
    {
      g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT, "The database is damaged: %s",
                   answer);
      return FALSE;
    }

  return tpt_statement_run (statement, error);
}

/** tpt_sqlite_check: reads the whole file; %TPT_STORE_ERROR_CORRUPT names the first damage */
gboolean
tpt_sqlite_check (TptSqlite  *self,
                  GError    **error)
{
  return check (self, "PRAGMA quick_check(1)", error);
}

/** tpt_sqlite_check_all: indexes and references as well, which takes longer */
gboolean
tpt_sqlite_check_all (TptSqlite  *self,
                      GError    **error)
{
  return check (self, "PRAGMA integrity_check(1)", error)
         && check (self, "PRAGMA foreign_key_check", error);
}

/** tpt_sqlite_check_table: all of one @table, whose name is of our own making */
gboolean
tpt_sqlite_check_table (TptSqlite   *self,
                        const char  *table,
                        GError     **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA integrity_check(%s)", table);

  return check (self, pragma, error);
}

/** tpt_sqlite_execute: @sql is of our own making: whatever comes from outside has to be bound */
gboolean
tpt_sqlite_execute (TptSqlite   *self,
                    const char  *sql,
                    GError     **error)
{
  int result;

  errno = 0;
  result = sqlite3_exec (self->connection, sql, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;
  tpt_sqlite_error_set (self->connection, result, errno, error);

  return FALSE;
}

/** tpt_sqlite_query_int: the first column of the first row; 0 where there is none */
gboolean
tpt_sqlite_query_int (TptSqlite   *self,
                      const char  *sql,
                      gint64      *value,
                      GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_sqlite_get (self, sql);

  *value = tpt_statement_next (statement) ? tpt_statement_get_int (statement, 0) : 0;

  return tpt_statement_check (statement, error);
}

gboolean
tpt_sqlite_in_transaction (TptSqlite *self)
{
  return !sqlite3_get_autocommit (self->connection);
}

/** tpt_sqlite_rollback: also where SQLite has rolled back on its own, as it does on a full disk */
gboolean
tpt_sqlite_rollback (TptSqlite  *self,
                     GError    **error)
{
  return !tpt_sqlite_in_transaction (self) || tpt_sqlite_execute (self, "ROLLBACK", error);
}

/** tpt_sqlite_copy: all of @self takes the place of all that is in @target, or nothing does */
gboolean
tpt_sqlite_copy (TptSqlite  *self,
                 TptSqlite  *target,
                 GError    **error)
{
  sqlite3_backup *copying;
  int result;

  errno = 0;
  copying = sqlite3_backup_init (target->connection, "main", self->connection, "main");
  if (copying != NULL)
    sqlite3_backup_step (copying, -1);
  result = copying != NULL ? sqlite3_backup_finish (copying)
                           : sqlite3_extended_errcode (target->connection);
  if (result == SQLITE_OK)
    return TRUE;
  tpt_sqlite_error_set (target->connection, result, errno, error);

  return FALSE;
}

/**
 * tpt_sqlite_get:
 *
 * (transfer full): the statement for @sql, prepared at most once for use at a time.
 */
TptStatement *
tpt_sqlite_get (TptSqlite  *self,
                const char *sql)
{
  TptStatement *statement = g_hash_table_lookup (self->statements, sql);
  gboolean kept = statement == NULL;

  if (statement != NULL && tpt_statement_begin (statement, TRUE))
    return statement;

  statement = tpt_statement_new (self->connection, sql);
  /* What could not be prepared, or is the second of its kind at this moment, is not kept. */
  kept = kept && tpt_statement_check (statement, NULL);
  tpt_statement_begin (statement, kept);
  if (kept)
    g_hash_table_insert (self->statements, g_strdup (sql), statement);

  return statement;
}
