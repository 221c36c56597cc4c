/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-context.h"

#include <unistd.h>

#define FLUSH_SECONDS 10

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
  GHashTableIter iter;
  gpointer what, count;

  g_hash_table_iter_init (&iter, data);
  while (g_hash_table_iter_next (&iter, &what, &count))
    {
      if (!tpt_relay_journal_add_audit (journal, g_get_real_time () / 1000, what,
                                        GPOINTER_TO_SIZE (count), error))
        return FALSE;
    }

  return TRUE;
}

/* A failed batch has been logged; the count is in that log's neighbourhood only, which is less bad
 * than a relay that stops for it. */
static void
counts_written (gpointer      data,
                const GError *error)
{
  if (error != NULL)
    g_message ("%u counts were not written down", g_hash_table_size (data));
  g_hash_table_unref (data);
}

/* What was counted goes into the audit table in one piece: a flood of forged requests costs a row a
 * while. */
void
tpt_relay_context_write_counts (TptRelayContext *self)
{
  if (g_hash_table_size (self->counts) == 0)
    return;
  tpt_relay_queue_push (self->queue, write_counts, counts_written, self->counts);
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
}

/* @what: a literal without personal data */
void
tpt_relay_context_count (TptRelayContext *self,
                         const char      *what)
{
  gsize count = GPOINTER_TO_SIZE (g_hash_table_lookup (self->counts, what));

  g_hash_table_insert (self->counts, (gpointer) what, GSIZE_TO_POINTER (count + 1));
  if (self->flush == 0)
    self->flush = g_timeout_add_seconds (FLUSH_SECONDS, flush_cb, self);
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

  self->config = config;
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  self->claim = tpt_relay_journal_claim (config->journal, error);
  if (self->claim < 0)
    return NULL;
  journal = tpt_relay_journal_open (config->journal, TPT_RELAY_JOURNAL_WRITER, error);
  if (journal == NULL)
    return NULL;
  self->reader = tpt_relay_journal_open (config->journal, TPT_RELAY_JOURNAL_READER, error);
  if (self->reader == NULL)
    return NULL;
  self->directory = tpt_relay_directory_new (self->reader, error);
  if (self->directory == NULL)
    return NULL;
  self->fanout = tpt_relay_fanout_new (config->journal, error);
  if (self->fanout == NULL)
    return NULL;
  self->queue = tpt_relay_queue_new (config->journal, g_steal_pointer (&journal));

  return g_steal_pointer (&self);
}

/* What was pushed into the queue is written and its answers given before anything goes. */
void
tpt_relay_context_free (TptRelayContext *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->flush, g_source_remove);
  if (self->queue != NULL)
    tpt_relay_context_write_counts (self);
  g_clear_pointer (&self->queue, tpt_relay_queue_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&self->fanout, tpt_relay_fanout_free);
  g_clear_pointer (&self->directory, tpt_relay_directory_free);
  g_clear_object (&self->reader);
  if (self->claim >= 0)
    close (self->claim);
  g_hash_table_unref (self->counts);
  tpt_relay_config_free (self->config);
  g_free (self);
}
