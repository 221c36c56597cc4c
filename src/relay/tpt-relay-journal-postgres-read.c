/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-read.h"

#include "tpt-relay-error.h"
#include "tpt-relay-journal-postgres.h"

static TptRelayDeviceRecord *
read_device (PGresult *result,
             int       row)
{
  TptRelayDeviceRecord *device = g_new0 (TptRelayDeviceRecord, 1);

  device->id = link_int (result, row, 0);
  device->name = link_text (result, row, 1);
  device->user = link_text (result, row, 2);
  device->organization = link_text (result, row, 3);
  device->role = link_text (result, row, 4);
  device->has_feed = link_int (result, row, 5) != 0;
  device->feed_proved_at = link_int (result, row, 6);
  device->channel = link_int (result, row, 7);
  link_copy (result, row, 8, device->public_key, sizeof device->public_key);
  link_copy (result, row, 9, device->token_hash, sizeof device->token_hash);
  device->acked = link_int (result, row, 10);

  return device;
}

static GPtrArray *
list_devices (TptRelayJournal  *journal,
              GError          **error)
{
  g_autoptr (GPtrArray) devices =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_device_record_free);
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) result = NULL;

  if (link == NULL)
    return NULL;
  result = link_ask (link, "SELECT id, name, owner, organization, role, has_feed, feed_proved_at,"
                           " channel, public_key, token_hash, acked FROM devices ORDER BY id", "",
                     error);
  if (result == NULL)
    return NULL;
  for (int row = 0; row < PQntuples (result); row++)
    g_ptr_array_add (devices, read_device (result, row));

  return g_steal_pointer (&devices);
}

static GPtrArray *
list_channels (TptRelayJournal  *journal,
               GError          **error)
{
  g_autoptr (GPtrArray) channels =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_channel_record_free);
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) result = NULL;

  if (link == NULL)
    return NULL;
  result = link_ask (link, "SELECT id, name, owner, key FROM channels ORDER BY id", "", error);
  if (result == NULL)
    return NULL;
  for (int row = 0; row < PQntuples (result); row++)
    {
      TptRelayChannelRecord *channel = g_new0 (TptRelayChannelRecord, 1);

      channel->id = link_int (result, row, 0);
      channel->name = link_text (result, row, 1);
      channel->user = link_text (result, row, 2);
      channel->key = link_text (result, row, 3);
      g_ptr_array_add (channels, channel);
    }

  return g_steal_pointer (&channels);
}

static gboolean
get_position (TptRelayJournal   *journal,
              gint64             device,
              TptRelayPosition  *position,
              GError           **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) row = NULL;

  if (link == NULL)
    return FALSE;
  row = link_ask (link, "SELECT coalesce (acked, 0), coalesce (purged, 0), head,"
                        " coalesce ((SELECT min (seq) FROM events WHERE device = $1), head),"
                        " coalesce (sent, 0)"
                        " FROM state LEFT JOIN devices ON id = $1", "i", error, device);
  if (row == NULL)
    return FALSE;
  position->acked = link_int (row, 0, 0);
  position->purged = link_int (row, 0, 1);
  position->head = link_int (row, 0, 2);
  position->oldest = link_int (row, 0, 3);
  position->sent = link_int (row, 0, 4);

  return TRUE;
}

static gboolean
get_counts (TptRelayJournal        *journal,
            TptRelayJournalCounts  *counts,
            GError                **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) row = NULL;

  if (link == NULL)
    return FALSE;
  row = link_ask (link, "SELECT head, (SELECT count (*) FROM events),"
                        " (SELECT received_at FROM events ORDER BY seq LIMIT 1),"
                        " (SELECT count (*) FROM devices), (SELECT count (*) FROM dead_letters),"
                        " pg_total_relation_size ('events') FROM state", "", error);
  if (row == NULL)
    return FALSE;
  counts->head = link_int (row, 0, 0);
  counts->events = link_int (row, 0, 1);
  counts->oldest_received_at = link_int (row, 0, 2);
  counts->devices = link_int (row, 0, 3);
  counts->dead_letters = link_int (row, 0, 4);
  counts->bytes = link_int (row, 0, 5);

  return TRUE;
}

static gboolean
get_clock (TptRelayJournal  *journal,
           gint64           *clock,
           GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) row = NULL;

  if (link == NULL)
    return FALSE;
  row = link_ask (link, "SELECT clock FROM state", "", error);
  if (row == NULL)
    return FALSE;
  *clock = link_int (row, 0, 0);

  return TRUE;
}

static TptRelayEventRecord *
read_event (PGresult *result,
            int       row,
            gint64    device)
{
  TptRelayEventRecord *event = g_new0 (TptRelayEventRecord, 1);

  event->seq = link_int (result, row, 1);
  event->device = device;
  event->received_at = link_int (result, row, 2);
  event->late = link_int (result, row, 3) != 0;
  link_copy (result, row, 4, event->relay_key, sizeof event->relay_key);
  link_copy (result, row, 5, event->nonce, sizeof event->nonce);
  event->box = link_bytes (result, row, 6);

  return event;
}

/* One step: whether the stream is still this relay's, what comes next, and that it has been sent.
 * Where nothing comes next, nothing is left of which it was in doubt whether it had been. One row
 * always comes, without an event where there is none. */
static GPtrArray *
list_events (TptRelayJournal  *journal,
             gint64            device,
             gint64            after,
             guint             limit,
             gsize             bytes,
             GError          **error)
{
  g_autoptr (GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_event_record_free);
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) result = NULL;

  if (link == NULL)
    return NULL;
  result =
    link_ask (link, "WITH mine AS (SELECT streamed_by IS NOT DISTINCT FROM NULL OR streamed_by = $5"
                    " AS is_mine FROM devices WHERE id = $1),"
                    " near AS (SELECT seq, received_at, late, relay_key, nonce, box FROM events"
                    " WHERE device = $1 AND seq > $2 AND (SELECT is_mine FROM mine)"
                    " ORDER BY seq LIMIT $3),"
                    " page AS MATERIALIZED (SELECT * FROM (SELECT *, sum (octet_length (box))"
                    " OVER (ORDER BY seq) - octet_length (box) AS before FROM near) AS summed"
                    " WHERE before < $4),"
                    " reached AS (SELECT coalesce ((SELECT max (seq) FROM page), doubt) AS seq"
                    " FROM state WHERE (SELECT is_mine FROM mine)),"
                    " raised AS (UPDATE devices SET sent = reached.seq FROM reached"
                    " WHERE id = $1 AND sent < reached.seq)"
                    " SELECT is_mine::int::int8, seq, received_at, late, relay_key, nonce, box"
                    " FROM mine LEFT JOIN page ON true ORDER BY seq", "iiiis", error, device,
              after, (gint64) limit, (gint64) MIN (bytes, G_MAXINT32),
              tpt_relay_journal_postgres_get_name ());
  if (result == NULL)
    return NULL;
  if (PQntuples (result) > 0 && link_int (result, 0, 0) == 0)
    {
      g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_TAKEN,
                           "Another relay streams to this device");
      return NULL;
    }
  for (int row = 0; row < PQntuples (result); row++)
    {
      if (!PQgetisnull (result, row, 1))
        g_ptr_array_add (events, read_event (result, row, device));
    }

  return g_steal_pointer (&events);
}

static gboolean
take_stream (TptRelayJournal  *journal,
             gint64            device,
             GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) done = NULL;

  if (link == NULL)
    return FALSE;
  done = link_ask (link, "WITH taken AS (UPDATE devices SET streamed_by = $2 WHERE id = $1"
                         " AND streamed_by IS DISTINCT FROM $2 RETURNING id)"
                         " SELECT pg_notify ('touchpoint_relay', id::text) FROM taken", "is", error,
                   device, tpt_relay_journal_postgres_get_name ());

  return done != NULL;
}

static gboolean
get_held (TptRelayJournal  *journal,
          const char       *user,
          gint64            most,
          gint64           *bytes,
          GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  gint64 events_most = most / TPT_RELAY_EVENT_ROW_BYTES + 1;
  gint64 deliveries_most = most / TPT_RELAY_DELIVERY_ROW_BYTES + 1;
  g_autoptr (PGresult) row = NULL;

  if (link == NULL)
    return FALSE;
  if (user == NULL)
    row = link_ask (link, "SELECT coalesce (sum ($1::int8 + coalesce (octet_length (box), 0)),"
                          " 0)::int8 FROM (SELECT box FROM dead_letters LIMIT $2) AS kept", "ii",
                    error, (gint64) TPT_RELAY_EVENT_ROW_BYTES, events_most);
  else
    row = link_ask (link, "SELECT coalesce ((SELECT sum ($2::int8 + octet_length (box)) FROM"
                          " (SELECT box FROM events WHERE device IN"
                          " (SELECT id FROM devices WHERE owner = $1) LIMIT $3) AS kept), 0)::int8"
                          " + $4 * (SELECT count (*) FROM (SELECT 1 FROM deliveries WHERE channel ="
                          " (SELECT id FROM channels WHERE owner = $1) LIMIT $5) AS more)",
                    "siiii", error, user, (gint64) TPT_RELAY_EVENT_ROW_BYTES, events_most,
                    (gint64) TPT_RELAY_DELIVERY_ROW_BYTES, deliveries_most);
  if (row == NULL)
    return FALSE;
  *bytes = link_int (row, 0, 0);

  return TRUE;
}

/* Fills in what only reads, but for how far a device's stream has come. */
void
tpt_relay_journal_postgres_read_init (TptRelayJournalInterface *iface)
{
  iface->list_devices = list_devices;
  iface->list_channels = list_channels;
  iface->get_position = get_position;
  iface->get_counts = get_counts;
  iface->get_held = get_held;
  iface->get_clock = get_clock;
  iface->list_events = list_events;
  iface->take_stream = take_stream;
}
