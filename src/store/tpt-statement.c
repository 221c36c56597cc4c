/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-statement.h"

#include <errno.h>

#include "tpt-config.h"
#include "tpt-data-file.h"
#include "tpt-store.h"

#include <glib/gi18n-lib.h>

struct _TptStatement
{
  sqlite3 *connection;
  sqlite3_stmt *statement;
  int result;
  int cause; /* errno at that time */
  gboolean in_use;
  gboolean kept; /* stays with the connection; else it ends with its release */
};

static TptStoreError
error_from_result (int code,
                   int cause)
{
  /* Of our own making is no value of a wrong type: one was read. */
  if (code == SQLITE_CONSTRAINT_DATATYPE)
    return TPT_STORE_ERROR_CORRUPT;
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return TPT_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return TPT_STORE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    /* All statements are our own: the tables are not what they were. */
    case SQLITE_ERROR:
      return TPT_STORE_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return cause == ENOLCK ? TPT_STORE_ERROR_FAILED : TPT_STORE_ERROR_BUSY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      /* SQLite itself only knows ENOSPC: a quota or a limit of the file's size is one, too. */
      if (cause == ENOSPC || cause == EDQUOT || cause == EFBIG)
        return TPT_STORE_ERROR_FULL;
      if (cause == EACCES || cause == EROFS || cause == EPERM)
        return TPT_STORE_ERROR_READ_ONLY;
      return (code & 0xff) == SQLITE_IOERR ? TPT_STORE_ERROR_IO : TPT_STORE_ERROR_FAILED;
    default:
      return TPT_STORE_ERROR_FAILED;
    }
}

/* Returns: (nullable): for what a person can do something about, a sentence instead of SQLite's
 * words */
static const char *
sentence_for (TptStoreError error,
              int           code)
{
  if (error == TPT_STORE_ERROR_FULL)
    return _("The disk is full: nothing new can be kept.");
  if (error == TPT_STORE_ERROR_READ_ONLY
      || (error == TPT_STORE_ERROR_IO && code != SQLITE_IOERR_READ
          && code != SQLITE_IOERR_SHORT_READ))
    return _("The disk cannot be written: nothing new can be kept.");
  if (error == TPT_STORE_ERROR_IO)
    return _("The disk cannot be read.");

  return NULL;
}

/**
 * tpt_sqlite_error_set:
 * @cause: errno right after the call, as sqlite3_system_errno () is lost on the way out of a commit
 *
 * Tells what SQLite's result @code means for a caller of the store.
 */
void
tpt_sqlite_error_set (sqlite3  *connection,
                      int       code,
                      int       cause,
                      GError  **error)
{
  const char *text = sqlite3_errstr (code);
  TptStoreError meaning;
  const char *sentence;

  /* SQLite takes that for a lock of somebody else, who could be looked for in vain. */
  if ((code & 0xff) == SQLITE_BUSY && cause == ENOLCK)
    {
      tpt_data_file_set_error (error, "The database cannot be locked", cause);
      return;
    }
  if (connection != NULL && sqlite3_errcode (connection) == (code & 0xff))
    text = sqlite3_errmsg (connection);
  meaning = error_from_result (code, cause);
  sentence = sentence_for (meaning, code);
  if (sentence != NULL)
    {
      g_debug ("The database says: %s (%d)", text, code);
      g_set_error_literal (error, TPT_STORE_ERROR, (int) meaning, sentence);
    }
  else
    g_set_error (error, TPT_STORE_ERROR, (int) meaning, "The database says: %s (%d)", text, code);
}

/**
 * tpt_statement_new:
 *
 * Never %NULL; where @sql cannot be prepared, tpt_statement_check() tells why.
 */
TptStatement *
tpt_statement_new (sqlite3    *connection,
                   const char *sql)
{
  TptStatement *self = g_new0 (TptStatement, 1);

  self->connection = connection;
  self->result = sqlite3_prepare_v3 (connection, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                     &self->statement, NULL);

  return self;
}

void
tpt_statement_free (TptStatement *self)
{
  sqlite3_finalize (self->statement);
  g_free (self);
}

/**
 * tpt_statement_begin:
 * @kept: whether the connection keeps @self for a next use
 *
 * Returns: %FALSE when it is in use already
 */
gboolean
tpt_statement_begin (TptStatement *self,
                     gboolean      kept)
{
  if (self->in_use)
    return FALSE;
  self->in_use = TRUE;
  self->kept = kept;

  return TRUE;
}

void
tpt_statement_release (TptStatement *self)
{
  g_assert (self->in_use);
  if (!self->kept)
    {
      tpt_statement_free (self);
      return;
    }
  self->in_use = FALSE;
  if (self->statement == NULL)
    return;
  sqlite3_reset (self->statement);
  sqlite3_clear_bindings (self->statement);
  self->result = SQLITE_OK;
}

static void
note_result (TptStatement *self,
             int           result)
{
  if (self->result != SQLITE_OK)
    return;
  self->result = result;
  self->cause = errno;
}

void
tpt_statement_bind_int (TptStatement *self,
                        int           index,
                        gint64        value)
{
  if (self->statement != NULL)
    note_result (self, sqlite3_bind_int64 (self->statement, index, value));
}

/** tpt_statement_bind_row: 0 stands for no row, and is stored as NULL */
void
tpt_statement_bind_row (TptStatement *self,
                        int           index,
                        gint64        row)
{
  if (row != 0)
    tpt_statement_bind_int (self, index, row);
}

/** tpt_statement_bind_text: @text has to stay as it is until the statement is released */
void
tpt_statement_bind_text (TptStatement *self,
                         int           index,
                         const char   *text)
{
  if (self->statement != NULL)
    note_result (self, sqlite3_bind_text (self->statement, index, text, -1, SQLITE_STATIC));
}

/** tpt_statement_bind_blob: @bytes has to stay as it is until the statement is released */
void
tpt_statement_bind_blob (TptStatement *self,
                         int           index,
                         GByteArray   *bytes)
{
  if (self->statement != NULL)
    note_result (self, sqlite3_bind_blob64 (self->statement, index, bytes->data, bytes->len,
                                            SQLITE_STATIC));
}

/** tpt_statement_next: whether there is a row to read; %FALSE at the end and on an error */
gboolean
tpt_statement_next (TptStatement *self)
{
  int result;

  if (self->result != SQLITE_OK)
    return FALSE;
  errno = 0;
  result = sqlite3_step (self->statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    note_result (self, result);

  return FALSE;
}

gboolean
tpt_statement_check (TptStatement  *self,
                     GError       **error)
{
  if (self->result == SQLITE_OK)
    return TRUE;
  tpt_sqlite_error_set (self->connection, self->result, self->cause, error);

  return FALSE;
}

/** tpt_statement_run: for a statement that gives no rows */
gboolean
tpt_statement_run (TptStatement  *self,
                   GError       **error)
{
  while (tpt_statement_next (self))
    ;

  return tpt_statement_check (self, error);
}

gint64
tpt_statement_get_int (TptStatement *self,
                       int           column)
{
  return sqlite3_column_int64 (self->statement, column);
}

/** tpt_statement_get_width: how many columns a row has; 0 where @self could not be prepared */
int
tpt_statement_get_width (TptStatement *self)
{
  return sqlite3_column_count (self->statement);
}

const char *
tpt_statement_get_name (TptStatement *self,
                        int           column)
{
  return sqlite3_column_name (self->statement, column);
}

/** tpt_statement_get_type: of what is in the current row: SQLITE_INTEGER, _TEXT, _BLOB, _NULL */
int
tpt_statement_get_type (TptStatement *self,
                        int           column)
{
  return sqlite3_column_type (self->statement, column);
}

/* What there was no memory for is not the same as what is not there: tpt_statement_check() says so,
 * before anybody writes it back. */
static void
note_absence (TptStatement *self)
{
  if ((sqlite3_errcode (self->connection) & 0xff) == SQLITE_NOMEM)
    note_result (self, SQLITE_NOMEM);
}

/** tpt_statement_get_text: (transfer none) (nullable): valid until the next step or the release */
const char *
tpt_statement_get_text (TptStatement *self,
                        int           column)
{
  const char *text = (const char *) sqlite3_column_text (self->statement, column);

  if (text == NULL)
    note_absence (self);

  return text;
}

char *
tpt_statement_dup_text (TptStatement *self,
                        int           column)
{
  const char *text = tpt_statement_get_text (self, column);

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    return g_utf8_make_valid (text, -1);

  return g_strdup (text);
}

/** tpt_statement_get_blob: (transfer none) (nullable): valid until the next step or the release */
const guint8 *
tpt_statement_get_blob (TptStatement *self,
                        int           column,
                        gsize        *length)
{
  const guint8 *bytes = sqlite3_column_blob (self->statement, column);

  *length = (gsize) sqlite3_column_bytes (self->statement, column);
  if (bytes == NULL)
    note_absence (self);

  return bytes;
}
