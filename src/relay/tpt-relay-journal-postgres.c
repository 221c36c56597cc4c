/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres.h"

#include <sodium.h>
#include <string.h>

#include "tpt-relay-error.h"
#include "tpt-relay-journal-postgres-audit.h"
#include "tpt-relay-journal-postgres-enrol.h"
#include "tpt-relay-journal-postgres-read.h"
#include "tpt-relay-journal-postgres-schema.h"
#include "tpt-relay-journal-postgres-watch.h"
#include "tpt-relay-journal-postgres-write.h"

/* A reader whose server has gone tries again by itself, but not for everyone that asks. */
#define ATTEMPT_MICROSECONDS G_TIME_SPAN_SECOND

static void tpt_relay_journal_postgres_iface_init (TptRelayJournalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptRelayJournalPostgres, tpt_relay_journal_postgres, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_RELAY_JOURNAL,
                                                      tpt_relay_journal_postgres_iface_init))

/* The transaction of this journal, for the files that fill in its parts. */
Batch *
batch_of (TptRelayJournal *journal)
{
  return &TPT_RELAY_JOURNAL_POSTGRES (journal)->batch;
}

static gpointer
make_name (gpointer user_data)
{
  guint8 bytes[8];
  char *text = g_malloc (2 * sizeof bytes + 1);

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (text, 2 * sizeof bytes + 1, bytes, sizeof bytes);

  return text;
}

/* What tells this relay from others on the same journal, as long as it runs. */
const char *
tpt_relay_journal_postgres_get_name (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_name, NULL);
}

static gboolean
connect_link (TptRelayJournalPostgres  *self,
              GError                  **error)
{
  if (link_connect (&self->link, self->conninfo, error) &&
      tpt_relay_journal_postgres_schema_prepare (&self->link,
                                                 self->mode == TPT_RELAY_JOURNAL_WRITER, error))
    return TRUE;
  link_close (&self->link);
  self->next_attempt = g_get_monotonic_time () + ATTEMPT_MICROSECONDS;

  return FALSE;
}

/**
 * tpt_relay_journal_postgres_get_link:
 *
 * For the files that fill in this journal's parts. A reader connects again where it has to, also
 * after an error: it has no transaction that could be torn in two.
 *
 * Returns: (nullable): NULL with TPT_RELAY_ERROR_JOURNAL
 */
Link *
tpt_relay_journal_postgres_get_link (TptRelayJournal  *journal,
                                     GError          **error)
{
  TptRelayJournalPostgres *self = TPT_RELAY_JOURNAL_POSTGRES (journal);

  if (self->mode == TPT_RELAY_JOURNAL_WRITER ||
      (!self->link.has_failed && link_is_alive (&self->link)))
    return &self->link;
  link_close (&self->link);
  if (g_get_monotonic_time () < self->next_attempt)
    {
      g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL,
                           "Journal: the server has gone");
      return NULL;
    }

  return connect_link (self, error) ? &self->link : NULL;
}

static const char *
get_epoch (TptRelayJournal *journal)
{
  return TPT_RELAY_JOURNAL_POSTGRES (journal)->epoch;
}

static GBytes *
get_code_key (TptRelayJournal *journal)
{
  return TPT_RELAY_JOURNAL_POSTGRES (journal)->code_key;
}

static void
end_batch (Batch *batch)
{
  batch->has_acked = batch->has_changed_directory = batch->has_news = FALSE;
  batch->event_count = 0;
  for (guint i = 0; i < COLUMN_COUNT; i++)
    array_clear (batch->columns[i]);
}

/* The row that is locked here is every writer's first: batches of several relays follow one
 * another, so that numbers become visible in their order and nobody waits for somebody who waits
 * for him. */
static gboolean
begin (TptRelayJournal  *journal,
       GError          **error)
{
  TptRelayJournalPostgres *self = TPT_RELAY_JOURNAL_POSTGRES (journal);
  Batch *batch = &self->batch;
  g_autoptr (PGresult) state = NULL;

  end_batch (batch);
  self->link.has_warned = FALSE;
  if (!link_send (&self->link, "BEGIN", "", error))
    return FALSE;
  state = link_ask (&self->link, "SELECT head, revision, acks, doubt FROM state FOR UPDATE", "",
                    error);
  if (state == NULL)
    return FALSE;
  batch->head = link_int (state, 0, 0);
  batch->revision = link_int (state, 0, 1);
  batch->acks = link_int (state, 0, 2);
  batch->doubt = link_int (state, 0, 3);

  return TRUE;
}

static gboolean
send_state (TptRelayJournalPostgres  *self,
            GError                  **error)
{
  Batch *batch = &self->batch;

  if (!batch->has_news && !batch->has_acked && !batch->has_changed_directory)
    return TRUE;

  return link_send (&self->link, "UPDATE state SET head = $1, revision = $2, acks = $3", "iii",
                    error, batch->head, batch->revision + batch->has_changed_directory,
                    batch->acks + batch->has_acked) &&
         link_send (&self->link, "NOTIFY touchpoint_relay", "", error);
}

/* Where a standby is waited for and the wait ends before it is there, the server warns and says
 * that it is done. It is not, by what a 200 means. */
static gboolean
commit (TptRelayJournal  *journal,
        GError          **error)
{
  TptRelayJournalPostgres *self = TPT_RELAY_JOURNAL_POSTGRES (journal);
  g_autoptr (PGresult) done = NULL;

  if (!tpt_relay_journal_postgres_send_events (journal, error) || !send_state (self, error))
    return FALSE;
  done = link_ask (&self->link, "COMMIT", "", error);
  if (done == NULL)
    return FALSE;
  if (strcmp (PQcmdStatus (done), "COMMIT") != 0 || self->link.has_warned)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s",
                   self->link.has_warned ? "the standby did not confirm" : "nothing was committed");
      return FALSE;
    }
  end_batch (&self->batch);

  return TRUE;
}

/* A connection that cannot even do this is found broken by whoever begins next. */
static void
rollback (TptRelayJournal *journal)
{
  TptRelayJournalPostgres *self = TPT_RELAY_JOURNAL_POSTGRES (journal);
  g_autoptr (PGresult) settled = NULL;
  g_autoptr (PGresult) done = NULL;

  end_batch (&self->batch);
  if (self->link.pending > 0)
    settled = link_settle (&self->link, NULL);
  if (link_is_good (&self->link))
    done = link_ask (&self->link, "ROLLBACK", "", NULL);
}

/* The server moves its log by itself. */
static gboolean
checkpoint (TptRelayJournal  *journal,
            GError          **error)
{
  return TRUE;
}

static gboolean
is_shared (TptRelayJournal *journal)
{
  return TRUE;
}

static void
tpt_relay_journal_postgres_iface_init (TptRelayJournalInterface *iface)
{
  iface->get_epoch = get_epoch;
  iface->get_code_key = get_code_key;
  iface->is_shared = is_shared;
  iface->begin = begin;
  iface->commit = commit;
  iface->rollback = rollback;
  iface->checkpoint = checkpoint;
  tpt_relay_journal_postgres_read_init (iface);
  tpt_relay_journal_postgres_write_init (iface);
  tpt_relay_journal_postgres_enrol_init (iface);
  tpt_relay_journal_postgres_audit_init (iface);
  tpt_relay_journal_postgres_watch_init (iface);
}

static void
tpt_relay_journal_postgres_finalize (GObject *object)
{
  TptRelayJournalPostgres *self = TPT_RELAY_JOURNAL_POSTGRES (object);

  link_close (&self->link);
  for (guint i = 0; i < COLUMN_COUNT; i++)
    array_free (self->batch.columns[i]);
  g_free (self->conninfo);
  g_free (self->epoch);
  g_clear_pointer (&self->code_key, g_bytes_unref);
  G_OBJECT_CLASS (tpt_relay_journal_postgres_parent_class)->finalize (object);
}

static void
tpt_relay_journal_postgres_class_init (TptRelayJournalPostgresClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_relay_journal_postgres_finalize;
}

static void
tpt_relay_journal_postgres_init (TptRelayJournalPostgres *self)
{
  for (guint i = 0; i < COLUMN_COUNT; i++)
    self->batch.columns[i] = i < COLUMN_RELAY_KEY ? array_new_ints () : array_new_bytes ();
}

/* Returns: (nullable): a value that belongs to the journal as a whole; NULL with
 * TPT_RELAY_ERROR_JOURNAL */
GBytes *
tpt_relay_journal_postgres_read_meta (TptRelayJournal  *journal,
                                      const char       *key,
                                      GError          **error)
{
  TptRelayJournalPostgres *self = TPT_RELAY_JOURNAL_POSTGRES (journal);
  g_autoptr (PGresult) row = link_ask (&self->link, "SELECT value FROM meta WHERE key = $1", "s",
                                       error, key);

  if (row == NULL)
    return NULL;
  if (PQntuples (row) == 1)
    return link_bytes (row, 0, 0);
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s is missing", key);

  return NULL;
}

/* Whether libpq can read it; it says what is wrong without repeating values. */
gboolean
tpt_relay_journal_postgres_check (const char  *conninfo,
                                  GError     **error)
{
  char *problem = NULL;
  PQconninfoOption *options = PQconninfoParse (conninfo, &problem);
  gboolean good = options != NULL;

  if (problem != NULL)
    tpt_relay_error_config (error, "journal=postgres: %s", g_strchomp (problem));
  else if (!good)
    tpt_relay_error_config (error, "journal=postgres: cannot be read");
  PQconninfoFree (options);
  PQfreemem (problem);

  return good;
}

/* See tpt_relay_journal_open (). */
TptRelayJournal *
tpt_relay_journal_postgres_open (const char           *conninfo,
                                 TptRelayJournalMode   mode,
                                 GError              **error)
{
  g_autoptr (TptRelayJournalPostgres) self = g_object_new (TPT_TYPE_RELAY_JOURNAL_POSTGRES, NULL);
  g_autoptr (GBytes) epoch = NULL;

  self->conninfo = g_strdup (conninfo);
  self->mode = mode;
  if (!connect_link (self, error))
    return NULL;
  epoch = tpt_relay_journal_postgres_read_meta (TPT_RELAY_JOURNAL (self), "epoch", error);
  if (epoch == NULL)
    return NULL;
  self->epoch = g_strndup (g_bytes_get_data (epoch, NULL), g_bytes_get_size (epoch));
  self->code_key = tpt_relay_journal_postgres_read_meta (TPT_RELAY_JOURNAL (self), "code_key",
                                                         error);
  if (self->code_key == NULL)
    return NULL;

  return TPT_RELAY_JOURNAL (g_steal_pointer (&self));
}

/* Returns: (transfer full): which libpq is loaded. Its number is 10000 times the first part and the
 *   second (PostgreSQL's documentation, PQlibVersion) */
char *
tpt_relay_journal_postgres_dup_library_version (void)
{
  return g_strdup_printf ("%d.%d", PQlibVersion () / 10000, PQlibVersion () % 10000);
}
