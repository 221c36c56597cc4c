/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-context.h"

#include <string.h>
#include <unistd.h>

#include "tpt-relay-audit.h"
#include "tpt-relay-cluster.h"
#include "tpt-relay-error.h"
#include "tpt-relay-log.h"
#include "tpt-relay-rooms.h"
#include "tpt-relay-space.h"

#define FLUSH_SECONDS 60
#define ANCHOR_SECONDS 3600
#define FAILED_ENROLMENTS_PER_MINUTE 30

typedef struct
{
  TptRelayContext *context;
  guint            counts[TPT_RELAY_METRIC_COUNT];
} Counts;

static gboolean
flush_cb (gpointer user_data)
{
  TptRelayContext *self = user_data;

  self->flush = 0;
  tpt_relay_context_write_counts (self);

  return G_SOURCE_REMOVE;
}

static gboolean
write_counts (TptRelayJournal  *journal,
              gpointer          data,
              GError          **error)
{
  const Counts *counts = data;
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < TPT_RELAY_METRIC_COUNT; i++)
    {
      if (counts->counts[i] > 0 &&
          !tpt_relay_journal_add_audit (journal, now, tpt_relay_metrics_get_audit_word (i),
                                        counts->counts[i], error))
        return FALSE;
    }

  return TRUE;
}

/* What could not be written is written with what comes next. */
static void
counts_written (gpointer      data,
                const GError *error)
{
  Counts *counts = data;

  for (guint i = 0; error != NULL && i < TPT_RELAY_METRIC_COUNT; i++)
    counts->context->counts[i] += counts->counts[i];
  g_free (counts);
}

/* What was counted goes into the audit log in one piece: a flood of forged requests costs a row a
 * while. */
void
tpt_relay_context_write_counts (TptRelayContext *self)
{
  Counts *counts = g_new0 (Counts, 1);

  G_STATIC_ASSERT (sizeof counts->counts == sizeof self->counts);
  counts->context = self;
  memcpy (counts->counts, self->counts, sizeof self->counts);
  memset (self->counts, 0, sizeof self->counts);
  tpt_relay_queue_push (self->queue, write_counts, counts_written, counts);
}

/* For the metrics, and for the audit log where it has a word for it. */
void
tpt_relay_context_count (TptRelayContext *self,
                         TptRelayMetric   metric)
{
  tpt_relay_metrics_add (metric, 1);
  if (tpt_relay_metrics_get_audit_word (metric) == NULL)
    return;
  self->counts[metric]++;
  if (self->flush == 0)
    self->flush = g_timeout_add_seconds (FLUSH_SECONDS, flush_cb, self);
}

/* Of a device that is no more. With it went its subscription at Calendly, which others may have
 * heard by, and would go on waiting for: their streams end, too, so that they come back and look
 * after it. */
void
tpt_relay_context_end_streams (TptRelayContext *self,
                               TptRelayDevice  *device)
{
  g_autoptr (GPtrArray) beside = tpt_relay_directory_list_beside (self->directory, device);

  tpt_relay_fanout_end (self->fanout, tpt_relay_device_get_record (device)->id);
  for (guint i = 0; i < beside->len; i++)
    tpt_relay_fanout_renew (self->fanout, tpt_relay_device_get_record (beside->pdata[i])->id);
}

/* An older copy of the journal was put in its place. The desktops notice by another epoch, and read
 * from Calendly what it does not have. */
static gboolean
begin_epoch (TptRelayJournal  *journal,
             GError          **error)
{
  if (!tpt_relay_journal_begin (journal, error))
    return FALSE;
  if (tpt_relay_journal_begin_epoch (journal, error) &&
      tpt_relay_journal_write_audit (journal, g_get_real_time () / 1000, "epoch-begun", 1, NULL,
                                     error) &&
      tpt_relay_journal_commit (journal, error))
    {
      tpt_relay_log_event ("epoch-begun", "epoch", tpt_relay_journal_get_epoch (journal), NULL);
      return TRUE;
    }
  tpt_relay_journal_rollback (journal);

  return FALSE;
}

/* Before anybody else opens the journal: it may get another name. */
static gboolean
open_sent (TptRelayContext  *self,
           TptRelayJournal  *journal,
           GError          **error)
{
  g_autofree char *path = tpt_relay_journal_dup_sent_path (self->config->journal);
  TptRelayPosition position;

  if (path == NULL)
    return TRUE;
  if (!tpt_relay_journal_get_position (journal, 0, &position, error) ||
      (!tpt_relay_sent_fits (path, tpt_relay_journal_get_epoch (journal), position.head) &&
       !begin_epoch (journal, error)))
    return FALSE;
  self->sent = tpt_relay_sent_open (path, tpt_relay_journal_get_epoch (journal), position.head,
                                    error);

  return self->sent != NULL;
}

/* What is known from the start, read before anybody waits for an answer. */
static gboolean
read_journal (TptRelayContext  *self,
              TptRelayJournal  *journal,
              GError          **error)
{
  self->epoch = g_strdup (tpt_relay_journal_get_epoch (journal));
  self->code_key = g_bytes_ref (tpt_relay_journal_get_code_key (journal));
  self->directory = tpt_relay_directory_new (journal, self->sent, error);
  if (self->directory == NULL)
    return FALSE;
  if (tpt_relay_journal_is_shared (journal))
    self->cluster = tpt_relay_cluster_new (self, journal, error);

  return self->cluster != NULL || !tpt_relay_journal_is_shared (journal);
}

/**
 * tpt_relay_context_new:
 * @config: (transfer full):
 *
 * Opens the journal and starts the threads that work with it.
 */
TptRelayContext *
tpt_relay_context_new (TptRelayConfig  *config,
                       GError         **error)
{
  g_autoptr (TptRelayContext) self = g_new0 (TptRelayContext, 1);
  g_autoptr (TptRelayJournal) journal = NULL;

  /* GLib keeps its number in a variable that is written when it is asked for first: now, while
   * there is one thread. */
  tpt_relay_error_quark ();
  self->config = config;
  self->stopping = g_cancellable_new ();
  self->calendly = tpt_relay_calendly_new (config->calendly_api_url,
                                           (const char *const *) config->organizations,
                                           self->stopping);
  tpt_relay_space_reserve (config->disk_reserve_bytes);
  self->strangers = tpt_relay_limit_new (config->limit_per_address);
  self->enrolments = tpt_relay_limit_new (
      config->limit_per_address > 0 ? FAILED_ENROLMENTS_PER_MINUTE : 0);
  if (!tpt_relay_journal_claim (config->journal, &self->claim, error))
    return NULL;
  journal = tpt_relay_journal_open (config->journal, TPT_RELAY_JOURNAL_WRITER, error);
  if (journal == NULL || !open_sent (self, journal, error))
    return NULL;
  self->fanout = tpt_relay_fanout_new (config->journal, error);
  if (self->fanout == NULL || !read_journal (self, journal, error))
    return NULL;
  self->queue = tpt_relay_queue_new (config->journal, g_steal_pointer (&journal));
  self->keeper = tpt_relay_keeper_new (config->journal, config->retention_days);
  self->rooms = tpt_relay_rooms_new (self);

  return g_steal_pointer (&self);
}

static gboolean
write_reload (TptRelayJournal  *journal,
              gpointer          data,
              GError          **error)
{
  return tpt_relay_journal_write_audit (journal, g_get_real_time () / 1000, "keys-reloaded", 1,
                                        data, error);
}

static void
reload_written (gpointer      data,
                const GError *error)
{
  g_free (data);
}

static gboolean
read_end (TptRelayJournal  *journal,
          gpointer          data,
          GError          **error)
{
  TptRelayAuditRecord **last = data;

  return tpt_relay_journal_find_last_audit (journal, last, error);
}

static void
end_read (gpointer      data,
          const GError *error)
{
  TptRelayAuditRecord **place = data;
  g_autoptr (TptRelayAuditRecord) last = *place;
  g_autofree char *id = NULL;
  g_autofree char *hash = NULL;

  g_free (place);
  if (error != NULL || last == NULL)
    return;
  id = g_strdup_printf ("%" G_GINT64_FORMAT, last->id);
  hash = tpt_relay_audit_dup_hash (last);
  tpt_relay_log_event ("audit-head", "id", id, "hash", hash, NULL);
}

static gboolean
anchor_cb (gpointer user_data)
{
  TptRelayContext *self = user_data;

  tpt_relay_queue_push (self->queue, read_end, end_read, g_new0 (TptRelayAuditRecord *, 1));

  return G_SOURCE_CONTINUE;
}

/* Puts the end of the audit chain into the system's log now and every hour: whoever changes the
 * journal would have to change that, too. */
void
tpt_relay_context_anchor (TptRelayContext *self)
{
  anchor_cb (self);
  self->anchor = g_timeout_add_seconds (ANCHOR_SECONDS, anchor_cb, self);
}

/* The operator has changed the file with the signing keys. What is wrong with it is said, and the
 * keys of before stay. */
gboolean
tpt_relay_context_reload_keys (TptRelayContext  *self,
                               GError          **error)
{
  g_autofree char *count = NULL;

  if (!tpt_relay_config_load_keys (self->config, error))
    return FALSE;
  count = g_strdup_printf ("%u", g_strv_length (self->config->webhook_keys));
  tpt_relay_log_event ("keys-reloaded", "keys", count, NULL);
  tpt_relay_queue_push (self->queue, write_reload, reload_written,
                        tpt_relay_audit_describe ("keys", count, NULL));

  return TRUE;
}

/* After the journal has it. */
void
tpt_relay_context_set_code_key (TptRelayContext *self,
                                GBytes          *key)
{
  g_bytes_ref (key);
  g_clear_pointer (&self->code_key, g_bytes_unref);
  self->code_key = key;
}

/* What was pushed into the queue is written and its answers given before anything goes. */
void
tpt_relay_context_free (TptRelayContext *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->stopping);
  g_clear_handle_id (&self->flush, g_source_remove);
  if (self->queue != NULL)
    tpt_relay_context_write_counts (self);
  if (self->anchor != 0)
    anchor_cb (self);
  g_clear_handle_id (&self->anchor, g_source_remove);
  g_clear_pointer (&self->keeper, tpt_relay_keeper_free);
  g_clear_pointer (&self->queue, tpt_relay_queue_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&self->cluster, tpt_relay_cluster_free);
  g_clear_pointer (&self->rooms, tpt_relay_rooms_free);
  g_clear_pointer (&self->fanout, tpt_relay_fanout_free);
  g_clear_pointer (&self->directory, tpt_relay_directory_free);
  g_clear_pointer (&self->sent, tpt_relay_sent_free);
  g_clear_pointer (&self->code_key, g_bytes_unref);
  g_free (self->epoch);
  if (self->claim >= 0)
    close (self->claim);
  tpt_relay_limit_free (self->strangers);
  tpt_relay_limit_free (self->enrolments);
  tpt_relay_config_free (self->config);
  tpt_relay_calendly_free (self->calendly);
  g_object_unref (self->stopping);
  g_free (self);
}
