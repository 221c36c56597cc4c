/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-enrol.h"

#include <string.h>

#include "tpt-relay-error.h"
#include "tpt-relay-journal-postgres.h"

static gboolean
roll_code_key (TptRelayJournal  *journal,
               GBytes           *key,
               GError          **error)
{
  batch_of (journal)->has_changed_directory = TRUE;

  return link_send (tpt_relay_journal_postgres_get_link (journal, error),
                    "UPDATE meta SET value = $1 WHERE key = 'code_key'", "b", error, key);
}

static gboolean
use_code (TptRelayJournal  *journal,
          const guint8     *hash,
          gint64            expires_at,
          gboolean         *was_free,
          GError          **error)
{
  g_autoptr (PGresult) done =
    link_ask (tpt_relay_journal_postgres_get_link (journal, error),
              "INSERT INTO codes (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING"
              " RETURNING 1", "hi", error, hash, expires_at);

  if (done == NULL)
    return FALSE;
  *was_free = PQntuples (done) > 0;

  return TRUE;
}

static gboolean
is_code_used (TptRelayJournal  *journal,
              const guint8     *hash,
              gboolean         *is_used,
              GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) found = NULL;

  if (link == NULL)
    return FALSE;
  found = link_ask (link, "SELECT 1 FROM codes WHERE hash = $1", "h", error, hash);
  if (found == NULL)
    return FALSE;
  *is_used = PQntuples (found) > 0;

  return TRUE;
}

static gboolean
add_flow (TptRelayJournal           *journal,
          const TptRelayFlowRecord  *flow,
          gint64                     now,
          gboolean                  *was_free,
          GError                   **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) done = NULL;

  if (!link_send (link, "DELETE FROM flows WHERE expires_at <= $1", "i", error, now))
    return FALSE;
  done = link_ask (link, "INSERT INTO flows (state_hash, port, path, expires_at)"
                         " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1", "hisi",
                   error, flow->state_hash, (gint64) flow->port, flow->path, flow->expires_at);
  if (done == NULL)
    return FALSE;
  *was_free = PQntuples (done) > 0;

  return TRUE;
}

static gboolean
take_flow (TptRelayJournal     *journal,
           const guint8        *state_hash,
           gint64               now,
           TptRelayFlowRecord **flow,
           GError             **error)
{
  g_autoptr (PGresult) row =
    link_ask (tpt_relay_journal_postgres_get_link (journal, error),
              "DELETE FROM flows WHERE state_hash = $1 AND expires_at > $2"
              " RETURNING port, path, expires_at", "hi", error, state_hash, now);

  *flow = NULL;
  if (row == NULL)
    return FALSE;
  if (PQntuples (row) == 0)
    return TRUE;
  *flow = g_new0 (TptRelayFlowRecord, 1);
  memcpy ((*flow)->state_hash, state_hash, sizeof (*flow)->state_hash);
  (*flow)->port = (guint) link_int (row, 0, 0);
  (*flow)->path = link_text (row, 0, 1);
  (*flow)->expires_at = link_int (row, 0, 2);

  return TRUE;
}

static gboolean
add_channel (TptRelayJournal        *journal,
             TptRelayChannelRecord  *channel,
             GError                **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) row = NULL;

  if (!link_send (link, "INSERT INTO channels (name, owner, key) VALUES ($1, $2, $3)"
                        " ON CONFLICT DO NOTHING", "sss", error, channel->name, channel->user,
                  channel->key))
    return FALSE;
  row = link_ask (link, "SELECT id, name, key FROM channels WHERE owner = $1", "s", error,
                  channel->user);
  if (row == NULL)
    return FALSE;
  g_assert (PQntuples (row) == 1);
  batch_of (journal)->has_changed_directory = TRUE;
  channel->id = link_int (row, 0, 0);
  g_free (channel->name);
  channel->name = link_text (row, 0, 1);
  g_free (channel->key);
  channel->key = link_text (row, 0, 2);

  return TRUE;
}

static gboolean
add_device (TptRelayJournal       *journal,
            TptRelayDeviceRecord  *device,
            GError               **error)
{
  g_autoptr (GBytes) public_key = g_bytes_new (device->public_key, sizeof device->public_key);
  g_autoptr (PGresult) row =
    link_ask (tpt_relay_journal_postgres_get_link (journal, error),
              "INSERT INTO devices (name, owner, organization, role, has_feed, feed_proved_at,"
              " channel, public_key, token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
              " RETURNING id", "ssssiiibh", error, device->name, device->user,
              device->organization, device->role, (gint64) device->has_feed,
              device->feed_proved_at, device->channel, public_key, device->token_hash);

  if (row == NULL)
    return FALSE;
  batch_of (journal)->has_changed_directory = TRUE;
  device->id = link_int (row, 0, 0);

  return TRUE;
}

static gboolean
set_device_feed (TptRelayJournal  *journal,
                 gint64            device,
                 const char       *role,
                 gint64            proved_at,
                 GError          **error)
{
  batch_of (journal)->has_changed_directory = TRUE;

  return link_send (tpt_relay_journal_postgres_get_link (journal, error),
                    "UPDATE devices SET role = $2, feed_proved_at = $3 WHERE id = $1", "isi",
                    error, device, role, proved_at);
}

static gboolean
end_device (TptRelayJournal  *journal,
            gint64            device,
            gboolean         *was_there,
            GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) done = NULL;

  batch_of (journal)->has_changed_directory = TRUE;
  if (!link_send (link, "DELETE FROM events WHERE device = $1", "i", error, device))
    return FALSE;
  done = link_ask (link, "DELETE FROM devices WHERE id = $1", "i", error, device);
  if (done == NULL)
    return FALSE;
  *was_there = strcmp (PQcmdTuples (done), "1") == 0;

  return TRUE;
}

/* Fills in what changes who is enrolled. */
void
tpt_relay_journal_postgres_enrol_init (TptRelayJournalInterface *iface)
{
  iface->roll_code_key = roll_code_key;
  iface->use_code = use_code;
  iface->is_code_used = is_code_used;
  iface->add_flow = add_flow;
  iface->take_flow = take_flow;
  iface->add_channel = add_channel;
  iface->add_device = add_device;
  iface->set_device_feed = set_device_feed;
  iface->end_device = end_device;
}
