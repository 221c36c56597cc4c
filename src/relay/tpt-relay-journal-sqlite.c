/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite.h"

#include "tpt-relay-error.h"
#include "tpt-relay-journal-sqlite-audit.h"
#include "tpt-relay-journal-sqlite-enrol.h"
#include "tpt-relay-journal-sqlite-read.h"
#include "tpt-relay-journal-sqlite-schema.h"
#include "tpt-relay-journal-sqlite-write.h"

/* A webhook's sender waits 15 s; somebody else's lock may cost it two. */
#define BUSY_MILLISECONDS 2000

struct _TptRelayJournalSqlite
{
  GObject     parent_instance;

  Statements  statements;
  char       *epoch;
  GBytes     *code_key;
};

/* SQLite before 3.51.3 can lose pages when one connection restarts the log at the very moment at
 * which another writes; in one process this lock keeps them apart. It is held from begin to
 * commit. */
static GMutex write_lock;

static void tpt_relay_journal_sqlite_iface_init (TptRelayJournalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptRelayJournalSqlite, tpt_relay_journal_sqlite, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_RELAY_JOURNAL,
                                                      tpt_relay_journal_sqlite_iface_init))

/* The connection of this journal, for the files that fill in its parts. */
Statements *
statements_of (TptRelayJournal *journal)
{
  return &TPT_RELAY_JOURNAL_SQLITE (journal)->statements;
}

static const char *
get_epoch (TptRelayJournal *journal)
{
  return TPT_RELAY_JOURNAL_SQLITE (journal)->epoch;
}

static GBytes *
get_code_key (TptRelayJournal *journal)
{
  return TPT_RELAY_JOURNAL_SQLITE (journal)->code_key;
}

static gboolean
begin (TptRelayJournal  *journal,
       GError          **error)
{
  Statements *s = statements_of (journal);

  g_mutex_lock (&write_lock);
  if (statements_run (s, statements_get (s, STATEMENT_BEGIN, "", error), error))
    return TRUE;
  g_mutex_unlock (&write_lock);

  return FALSE;
}

static gboolean
commit (TptRelayJournal  *journal,
        GError          **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_COMMIT, "", error), error))
    return FALSE;
  g_mutex_unlock (&write_lock);

  return TRUE;
}

/* SQLite may have rolled back by itself, so what it says now does not matter. */
static void
rollback (TptRelayJournal *journal)
{
  Statements *s = statements_of (journal);

  if (!sqlite3_get_autocommit (s->db))
    statements_run (s, statements_get (s, STATEMENT_ROLLBACK, "", NULL), NULL);
  g_mutex_unlock (&write_lock);
}

static gboolean
checkpoint (TptRelayJournal  *journal,
            GError          **error)
{
  Statements *s = statements_of (journal);
  int result;

  g_mutex_lock (&write_lock);
  result = sqlite3_wal_checkpoint_v2 (s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_mutex_unlock (&write_lock);
  if (result == SQLITE_OK || result == SQLITE_BUSY)
    return TRUE;
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s",
               sqlite3_errmsg (s->db));

  return FALSE;
}

static GBytes *
read_meta (TptRelayJournalSqlite  *self,
           const char             *key,
           GError                **error)
{
  Statements *s = &self->statements;
  sqlite3_stmt *row = statements_get (s, STATEMENT_META, "s", error, key);
  gboolean has_row = FALSE;
  GBytes *value = NULL;

  if (!statements_row (s, row, &has_row, error))
    return NULL;
  if (has_row)
    value = g_bytes_new (sqlite3_column_blob (row, 0), (gsize) sqlite3_column_bytes (row, 0));
  else
    g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s is missing", key);
  statements_reset (row);

  return value;
}

static gboolean
load_epoch (TptRelayJournalSqlite  *self,
            GError                **error)
{
  g_autoptr (GBytes) epoch = read_meta (self, "epoch", error);

  if (epoch == NULL)
    return FALSE;
  g_free (self->epoch);
  self->epoch = g_strndup (g_bytes_get_data (epoch, NULL), g_bytes_get_size (epoch));

  return TRUE;
}

static gboolean
begin_epoch (TptRelayJournal  *journal,
             GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_BEGIN_EPOCH, "", error), error) &&
         load_epoch (TPT_RELAY_JOURNAL_SQLITE (journal), error);
}

static void
tpt_relay_journal_sqlite_iface_init (TptRelayJournalInterface *iface)
{
  iface->get_epoch = get_epoch;
  iface->get_code_key = get_code_key;
  iface->begin_epoch = begin_epoch;
  iface->begin = begin;
  iface->commit = commit;
  iface->rollback = rollback;
  iface->checkpoint = checkpoint;
  tpt_relay_journal_sqlite_read_init (iface);
  tpt_relay_journal_sqlite_write_init (iface);
  tpt_relay_journal_sqlite_enrol_init (iface);
  tpt_relay_journal_sqlite_audit_init (iface);
}

static void
tpt_relay_journal_sqlite_finalize (GObject *object)
{
  TptRelayJournalSqlite *self = TPT_RELAY_JOURNAL_SQLITE (object);

  statements_clear (&self->statements);
  sqlite3_close (self->statements.db);
  g_free (self->epoch);
  g_clear_pointer (&self->code_key, g_bytes_unref);
  G_OBJECT_CLASS (tpt_relay_journal_sqlite_parent_class)->finalize (object);
}

static void
tpt_relay_journal_sqlite_class_init (TptRelayJournalSqliteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_relay_journal_sqlite_finalize;
}

static void
tpt_relay_journal_sqlite_init (TptRelayJournalSqlite *self)
{
}

static gboolean
open_database (TptRelayJournalSqlite  *self,
               const char             *path,
               gboolean                may_write,
               GError                **error)
{
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
              (may_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);

  if (sqlite3_open_v2 (path, &self->statements.db, flags, NULL) != SQLITE_OK)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal %s: %s", path,
                   sqlite3_errmsg (self->statements.db));
      return FALSE;
    }
  sqlite3_busy_timeout (self->statements.db, BUSY_MILLISECONDS);
  sqlite3_db_config (self->statements.db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->statements.db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (self->statements.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  return tpt_relay_journal_sqlite_schema_prepare (self->statements.db, may_write, error);
}

/* See tpt_relay_journal_open (). */
TptRelayJournal *
tpt_relay_journal_sqlite_open (const char           *path,
                               TptRelayJournalMode   mode,
                               GError              **error)
{
  g_autoptr (TptRelayJournalSqlite) self = g_object_new (TPT_TYPE_RELAY_JOURNAL_SQLITE, NULL);

  if (!open_database (self, path, mode == TPT_RELAY_JOURNAL_WRITER, error) ||
      !load_epoch (self, error))
    return NULL;
  self->code_key = read_meta (self, "code_key", error);
  if (self->code_key == NULL)
    return NULL;

  return TPT_RELAY_JOURNAL (g_steal_pointer (&self));
}
