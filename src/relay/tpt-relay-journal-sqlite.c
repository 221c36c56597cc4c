/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite.h"

#include "tpt-relay-error.h"
#include "tpt-relay-journal-sqlite-read.h"
#include "tpt-relay-journal-sqlite-schema.h"
#include "tpt-relay-journal-sqlite-statement.h"

/* A webhook's sender waits 15 s; somebody else's lock may cost it two. */
#define BUSY_MILLISECONDS 2000
#define PURGE_BATCH 2000

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

static Statements *
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
add_delivery (TptRelayJournal         *journal,
              const TptRelayDelivery  *delivery,
              gboolean                *is_new,
              GError                 **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_ADD_DELIVERY, "iihi", error,
                                          delivery->channel, delivery->hour, delivery->hash,
                                          delivery->received_at), error))
    return FALSE;
  *is_new = sqlite3_changes (s->db) > 0;

  return TRUE;
}

static gboolean
add_event (TptRelayJournal            *journal,
           const TptRelayEventRecord  *event,
           GError                    **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ADD_EVENT, "iiihnb", error, event->device,
                                            event->received_at, (gint64) event->late,
                                            event->relay_key, event->nonce, event->box), error);
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
add_audit (TptRelayJournal  *journal,
           gint64            at,
           const char       *what,
           gint64            count,
           GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ADD_AUDIT, "isi", error, at, what, count),
                         error);
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
  channel->name = statements_dup_column (statement, 1);
  g_free (channel->key);
  channel->key = statements_dup_column (statement, 3);
  statements_reset (statement);

  return TRUE;
}

static gboolean
add_device (TptRelayJournal       *journal,
            TptRelayDeviceRecord  *device,
            GError               **error)
{
  Statements *s = statements_of (journal);

  if (!statements_run (s, statements_get (s, STATEMENT_ADD_DEVICE, "ssssiihh", error, device->name,
                                          device->user, device->organization, device->role,
                                          (gint64) device->has_feed, device->channel,
                                          device->public_key, device->token_hash), error))
    return FALSE;
  device->id = sqlite3_last_insert_rowid (s->db);

  return TRUE;
}

static gboolean
end_device (TptRelayJournal  *journal,
            gint64            device,
            GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_END_EVENTS, "i", error, device), error) &&
         statements_run (s, statements_get (s, STATEMENT_END_DEVICE, "i", error, device), error);
}

static gboolean
ack (TptRelayJournal  *journal,
     gint64            device,
     gint64            seq,
     GError          **error)
{
  Statements *s = statements_of (journal);

  return statements_run (s, statements_get (s, STATEMENT_ACK_DEVICE, "ii", error, device, seq),
                         error) &&
         statements_run (s, statements_get (s, STATEMENT_ACK_EVENTS, "ii", error, device, seq),
                         error);
}

static GPtrArray *
list_devices (TptRelayJournal  *journal,
              GError          **error)
{
  return statements_list_devices (statements_of (journal), error);
}

static GPtrArray *
list_channels (TptRelayJournal  *journal,
               GError          **error)
{
  return statements_list_channels (statements_of (journal), error);
}

static gboolean
get_position (TptRelayJournal   *journal,
              gint64             device,
              TptRelayPosition  *position,
              GError           **error)
{
  return statements_get_position (statements_of (journal), device, position, error);
}

static GPtrArray *
list_events (TptRelayJournal  *journal,
             gint64            device,
             gint64            after,
             guint             limit,
             gsize             bytes,
             GError          **error)
{
  return statements_list_events (statements_of (journal), device, after, limit, bytes, error);
}

static gboolean
find_purge_limit (Statements  *s,
                  gint64       before,
                  gint64      *limit,
                  GError     **error)
{
  sqlite3_stmt *row = statements_get (s, STATEMENT_PURGE_LIMIT, "ii", error, before,
                                      (gint64) PURGE_BATCH);
  gboolean has_row = FALSE;

  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  *limit = sqlite3_column_int64 (row, 0);
  statements_reset (row);

  return TRUE;
}

static gboolean
purge_events (Statements  *s,
              gint64       before,
              gint64      *limit,
              GError     **error)
{
  if (!find_purge_limit (s, before, limit, error))
    return FALSE;
  if (*limit == 0)
    return TRUE;

  return statements_run (s, statements_get (s, STATEMENT_PURGE_MARK, "i", error, *limit), error) &&
         statements_run (s, statements_get (s, STATEMENT_PURGE_EVENTS, "ii", error, *limit, before),
                         error);
}

static gboolean
purge_rest (Statements  *s,
            gint64       before,
            gint64       now,
            GError     **error)
{
  return statements_run (s, statements_get (s, STATEMENT_PURGE_DELIVERIES, "i", error, before),
                         error) &&
         statements_run (s, statements_get (s, STATEMENT_PURGE_DEAD_LETTERS, "i", error, before),
                         error) &&
         statements_run (s, statements_get (s, STATEMENT_PURGE_AUDIT, "i", error, before), error) &&
         statements_run (s, statements_get (s, STATEMENT_PURGE_CODES, "i", error, now), error);
}

/* In small transactions, so that no webhook waits long. */
static gboolean
purge (TptRelayJournal  *journal,
       gint64            before,
       gint64            now,
       GError          **error)
{
  Statements *s = statements_of (journal);
  gint64 limit = 1;
  gboolean rest_done = FALSE;

  while (limit > 0 || !rest_done)
    {
      gboolean good;

      if (!begin (journal, error))
        return FALSE;
      if (limit > 0)
        good = purge_events (s, before, &limit, error);
      else
        good = rest_done = purge_rest (s, before, now, error);
      if (!good || !commit (journal, error))
        {
          rollback (journal);
          return FALSE;
        }
    }

  return TRUE;
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

static void
tpt_relay_journal_sqlite_iface_init (TptRelayJournalInterface *iface)
{
  iface->get_epoch = get_epoch;
  iface->get_code_key = get_code_key;
  iface->begin = begin;
  iface->commit = commit;
  iface->rollback = rollback;
  iface->add_delivery = add_delivery;
  iface->add_event = add_event;
  iface->add_dead_letter = add_dead_letter;
  iface->add_audit = add_audit;
  iface->use_code = use_code;
  iface->is_code_used = is_code_used;
  iface->add_channel = add_channel;
  iface->add_device = add_device;
  iface->end_device = end_device;
  iface->ack = ack;
  iface->list_devices = list_devices;
  iface->list_channels = list_channels;
  iface->get_position = get_position;
  iface->list_events = list_events;
  iface->purge = purge;
  iface->checkpoint = checkpoint;
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
  g_autoptr (GBytes) epoch = NULL;

  if (!open_database (self, path, mode == TPT_RELAY_JOURNAL_WRITER, error))
    return NULL;
  epoch = read_meta (self, "epoch", error);
  if (epoch == NULL)
    return NULL;
  self->epoch = g_strndup (g_bytes_get_data (epoch, NULL), g_bytes_get_size (epoch));
  self->code_key = read_meta (self, "code_key", error);
  if (self->code_key == NULL)
    return NULL;

  return TPT_RELAY_JOURNAL (g_steal_pointer (&self));
}
