/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-write.h"

#include <string.h>

#include "tpt-relay-journal-postgres.h"

#define PURGE_WINDOW 2000
#define DAY_MILLISECONDS G_GINT64_CONSTANT (86400000)
/* What is kept of a batch before it is sent on. */
#define EVENT_BYTES_MAX (4 * 1024 * 1024)

static guint
delivery_hash (gconstpointer pointer)
{
  const TptRelayDelivery *delivery = pointer;
  guint hash;

  memcpy (&hash, delivery->hash, sizeof hash);

  return hash ^ (guint) delivery->channel;
}

static gboolean
delivery_equal (gconstpointer a,
                gconstpointer b)
{
  const TptRelayDelivery *one = a;
  const TptRelayDelivery *other = b;

  return one->channel == other->channel && one->created_at == other->created_at &&
         memcmp (one->hash, other->hash, sizeof one->hash) == 0;
}

/* The first of equal ones is who a row that was inserted stands for. */
static GHashTable *
index_deliveries (TptRelayDelivery *const *deliveries,
                  guint                    count)
{
  GHashTable *by_key = g_hash_table_new (delivery_hash, delivery_equal);

  for (guint i = 0; i < count; i++)
    {
      deliveries[i]->is_new = FALSE;
      if (!g_hash_table_contains (by_key, deliveries[i]))
        g_hash_table_add (by_key, deliveries[i]);
    }

  return by_key;
}

static void
mark_new (PGresult   *inserted,
          GHashTable *by_key)
{
  for (int row = 0; row < PQntuples (inserted); row++)
    {
      TptRelayDelivery key = { .channel = link_int (inserted, row, 0),
                               .created_at = link_int (inserted, row, 1) };
      TptRelayDelivery *delivery;

      link_copy (inserted, row, 2, key.hash, sizeof key.hash);
      delivery = g_hash_table_lookup (by_key, &key);
      if (delivery != NULL)
        delivery->is_new = TRUE;
    }
}

static gboolean
claim_deliveries (TptRelayJournal          *journal,
                  TptRelayDelivery  *const *deliveries,
                  guint                     count,
                  GError                  **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (GHashTable) by_key = index_deliveries (deliveries, count);
  g_autoptr (Array) channels = array_new_ints ();
  g_autoptr (Array) creations = array_new_ints ();
  g_autoptr (Array) hashes = array_new_bytes ();
  g_autoptr (Array) times = array_new_ints ();
  g_autoptr (PGresult) inserted = NULL;

  for (guint i = 0; i < count; i++)
    {
      array_add_int (channels, deliveries[i]->channel);
      array_add_int (creations, deliveries[i]->created_at);
      array_add_bytes (hashes, deliveries[i]->hash, sizeof deliveries[i]->hash);
      array_add_int (times, deliveries[i]->received_at);
    }
  inserted = link_ask (link, "INSERT INTO deliveries (channel, created_at, hash, received_at)"
                             " SELECT * FROM unnest ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
                             " RETURNING channel, created_at, hash", "aaaa", error, channels,
                       creations, hashes, times);
  if (inserted == NULL)
    return FALSE;
  mark_new (inserted, by_key);

  return TRUE;
}

/* Sends what has been gathered, in one statement. A device may have ended after the event was
 * sealed for it. */
gboolean
tpt_relay_journal_postgres_send_events (TptRelayJournal  *journal,
                                        GError          **error)
{
  Batch *batch = batch_of (journal);
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  Array **columns = batch->columns;

  if (batch->event_count == 0)
    return TRUE;
  if (!link_send (link, "INSERT INTO events (seq, device, received_at, late, relay_key, nonce,"
                        " people, box) SELECT $1 + number, device, received_at, late, relay_key,"
                        " nonce, people, box FROM unnest ($2, $3, $4, $5, $6, $7, $8)"
                        " WITH ORDINALITY AS new (device, received_at, late, relay_key, nonce,"
                        " people, box, number)"
                        " WHERE EXISTS (SELECT 1 FROM devices WHERE id = new.device)", "iaaaaaaa",
                  error, batch->head, columns[COLUMN_DEVICE], columns[COLUMN_RECEIVED_AT],
                  columns[COLUMN_LATE], columns[COLUMN_RELAY_KEY], columns[COLUMN_NONCE],
                  columns[COLUMN_PEOPLE], columns[COLUMN_BOX]))
    return FALSE;
  batch->head += batch->event_count;
  batch->event_count = 0;
  batch->has_news = TRUE;
  for (guint i = 0; i < COLUMN_COUNT; i++)
    array_clear (columns[i]);

  return TRUE;
}

static void
gather (Array  *column,
        GBytes *bytes)
{
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    {
      array_add_null (column);
      return;
    }
  data = g_bytes_get_data (bytes, &length);
  array_add_bytes (column, data, length);
}

static gboolean
add_event (TptRelayJournal            *journal,
           const TptRelayEventRecord  *event,
           GError                    **error)
{
  Batch *batch = batch_of (journal);
  Array **columns = batch->columns;

  array_add_int (columns[COLUMN_DEVICE], event->device);
  array_add_int (columns[COLUMN_RECEIVED_AT], event->received_at);
  array_add_int (columns[COLUMN_LATE], event->late);
  array_add_bytes (columns[COLUMN_RELAY_KEY], event->relay_key, sizeof event->relay_key);
  array_add_bytes (columns[COLUMN_NONCE], event->nonce, sizeof event->nonce);
  gather (columns[COLUMN_PEOPLE], event->people);
  gather (columns[COLUMN_BOX], event->box);
  batch->event_count++;

  return array_get_size (columns[COLUMN_BOX]) < EVENT_BYTES_MAX ||
         tpt_relay_journal_postgres_send_events (journal, error);
}

static gboolean
add_dead_letter (TptRelayJournal  *journal,
                 gint64            received_at,
                 const char       *reason,
                 GBytes           *box,
                 GError          **error)
{
  return link_send (tpt_relay_journal_postgres_get_link (journal, error),
                    "INSERT INTO dead_letters (received_at, reason, box) VALUES ($1, $2, $3)",
                    "isb", error, received_at, reason, box);
}

/* Whoever streams to the device looks what comes next and tells so how far he is. */
static gboolean
wake_stream (Link    *link,
             gint64   device,
             GError **error)
{
  return link_send (link, "SELECT pg_notify ('touchpoint_relay', $1::text)", "i", error, device);
}

static gboolean
was_sent (Link      *link,
          gint64     device,
          gint64     seq,
          gboolean  *was,
          GError   **error)
{
  g_autoptr (PGresult) row = link_ask (link, "SELECT sent FROM devices WHERE id = $1", "i", error,
                                       device);

  if (row == NULL)
    return FALSE;
  *was = PQntuples (row) == 0 || seq <= link_int (row, 0, 0);

  return TRUE;
}

/* What was sent stands in the journal, since another relay may have sent it. */
static gboolean
ack (TptRelayJournal  *journal,
     gint64            device,
     gint64            seq,
     gboolean         *is_known,
     GError          **error)
{
  Batch *batch = batch_of (journal);
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);

  if (seq <= batch->doubt && !was_sent (link, device, seq, is_known, error))
    return FALSE;
  if (!*is_known)
    return wake_stream (link, device, error);
  batch->has_acked = TRUE;

  return link_send (link, "UPDATE devices SET acked = least ($2, sent), ack_number = $3"
                          " WHERE id = $1 AND acked < least ($2, sent)", "iii", error, device,
                    seq, batch->acks + 1) &&
         link_send (link, "DELETE FROM events WHERE device = $1"
                          " AND seq <= (SELECT acked FROM devices WHERE id = $1)", "i", error,
                    device);
}

static gboolean
erase_person (TptRelayJournal  *journal,
              const guint8     *person,
              gint64           *count,
              GError          **error)
{
  g_autoptr (PGresult) done = NULL;

  if (!tpt_relay_journal_postgres_send_events (journal, error))
    return FALSE;
  done = link_ask (tpt_relay_journal_postgres_get_link (journal, error),
                   "DELETE FROM events WHERE people IS NOT NULL"
                   " AND position ($1 IN people) % 16 = 1", "p", error, person);
  if (done == NULL)
    return FALSE;
  *count = g_ascii_strtoll (PQcmdTuples (done), NULL, 10);

  return TRUE;
}

static gboolean
set_clock (TptRelayJournal  *journal,
           gint64            clock,
           GError          **error)
{
  return link_send (tpt_relay_journal_postgres_get_link (journal, error),
                    "UPDATE state SET clock = $1", "i", error, clock);
}

/* What a clock that ran ahead has dated into the future does not stop the search. */
static gboolean
find_old (Link    *link,
          gint64   before,
          gint64   now,
          gint64  *after,
          gint64  *last,
          GError **error)
{
  g_autoptr (PGresult) row =
    link_ask (link, "SELECT max (seq) FILTER (WHERE received_at < $1), max (seq),"
                    " min (received_at) FROM (SELECT seq, received_at FROM events WHERE seq > $2"
                    " ORDER BY seq LIMIT $3) AS next", "iii", error, before, *after,
              (gint64) PURGE_WINDOW);

  if (row == NULL)
    return FALSE;
  *last = link_int (row, 0, 0);
  if (*last > 0 || link_int (row, 0, 2) > now + DAY_MILLISECONDS)
    *after = link_int (row, 0, 1);
  else
    *after = -1;

  return TRUE;
}

static gboolean
purge_events (TptRelayJournal  *journal,
              gint64            before,
              gint64            now,
              gint64           *after,
              gint64           *count,
              GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) done = NULL;
  gint64 first = *after;
  gint64 last = 0;

  if (!find_old (link, before, now, after, &last, error))
    return FALSE;
  if (last == 0)
    return TRUE;
  if (!link_send (link, "UPDATE devices SET purged = greatest (purged, old.last)"
                        " FROM (SELECT device, max (seq) AS last FROM events WHERE seq > $1"
                        " AND seq <= $2 AND received_at < $3 GROUP BY device) AS old"
                        " WHERE id = old.device", "iii", error, first, last, before))
    return FALSE;
  done = link_ask (link, "DELETE FROM events WHERE seq > $1 AND seq <= $2 AND received_at < $3",
                   "iii", error, first, last, before);
  if (done == NULL)
    return FALSE;
  *count += g_ascii_strtoll (PQcmdTuples (done), NULL, 10);

  return TRUE;
}

static gboolean
purge_rest (TptRelayJournal  *journal,
            gint64            before,
            gint64            now,
            GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);

  return link_send (link, "DELETE FROM deliveries WHERE received_at < $1", "i", error, before) &&
         link_send (link, "DELETE FROM dead_letters WHERE received_at < $1", "i", error, before) &&
         link_send (link, "DELETE FROM flows WHERE expires_at <= $1", "i", error, now) &&
         link_send (link, "DELETE FROM codes WHERE expires_at < $1", "i", error, now);
}

/* Fills in what changes events. */
void
tpt_relay_journal_postgres_write_init (TptRelayJournalInterface *iface)
{
  iface->claim_deliveries = claim_deliveries;
  iface->add_event = add_event;
  iface->add_dead_letter = add_dead_letter;
  iface->ack = ack;
  iface->erase_person = erase_person;
  iface->set_clock = set_clock;
  iface->purge_events = purge_events;
  iface->purge_rest = purge_rest;
}
