/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-read.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

#include "tpt-relay-error.h"
#include "tpt-relay-journal-sqlite.h"

/* Also where the stored bytes are shorter: a damaged row is zeros then, never a read past its
 * end. */
static void
copy_column (sqlite3_stmt *statement,
             int           column,
             guint8       *bytes,
             gsize         length)
{
  if ((gsize) sqlite3_column_bytes (statement, column) == length)
    memcpy (bytes, sqlite3_column_blob (statement, column), length);
  else
    memset (bytes, 0, length);
}

static char *
dup_column (sqlite3_stmt *statement,
            int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static GPtrArray *
list_devices (TptRelayJournal  *journal,
              GError          **error)
{
  Statements *s = statements_of (journal);
  g_autoptr (GPtrArray) devices =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_device_record_free);
  sqlite3_stmt *row = statements_get (s, STATEMENT_LIST_DEVICES, "", error);
  gboolean has_row;

  while (TRUE)
    {
      TptRelayDeviceRecord *device;

      if (!statements_row (s, row, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&devices);
      device = g_new0 (TptRelayDeviceRecord, 1);
      device->id = sqlite3_column_int64 (row, 0);
      device->name = dup_column (row, 1);
      device->user = dup_column (row, 2);
      device->organization = dup_column (row, 3);
      device->role = dup_column (row, 4);
      device->has_feed = sqlite3_column_int (row, 5) != 0;
      device->feed_proved_at = sqlite3_column_int64 (row, 6);
      device->channel = sqlite3_column_int64 (row, 7);
      copy_column (row, 8, device->public_key, TPT_RELAY_KEY_SIZE);
      copy_column (row, 9, device->token_hash, TPT_RELAY_HASH_SIZE);
      device->acked = sqlite3_column_int64 (row, 10);
      g_ptr_array_add (devices, device);
    }
}

static GPtrArray *
list_channels (TptRelayJournal  *journal,
               GError          **error)
{
  Statements *s = statements_of (journal);
  g_autoptr (GPtrArray) channels =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_channel_record_free);
  sqlite3_stmt *row = statements_get (s, STATEMENT_LIST_CHANNELS, "", error);
  gboolean has_row;

  while (TRUE)
    {
      TptRelayChannelRecord *channel;

      if (!statements_row (s, row, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&channels);
      channel = g_new0 (TptRelayChannelRecord, 1);
      channel->id = sqlite3_column_int64 (row, 0);
      channel->name = dup_column (row, 1);
      channel->user = dup_column (row, 2);
      channel->key = dup_column (row, 3);
      g_ptr_array_add (channels, channel);
    }
}

static gboolean
get_position (TptRelayJournal   *journal,
              gint64             device,
              TptRelayPosition  *position,
              GError           **error)
{
  Statements *s = statements_of (journal);
  sqlite3_stmt *row = statements_get (s, STATEMENT_POSITION, "i", error, device);
  gboolean has_row = FALSE;

  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  position->acked = sqlite3_column_int64 (row, 0);
  position->sent = 0;
  position->purged = sqlite3_column_int64 (row, 1);
  position->head = sqlite3_column_int64 (row, 3);
  position->oldest = sqlite3_column_type (row, 2) == SQLITE_NULL ? position->head
                                                                 : sqlite3_column_int64 (row, 2);
  statements_reset (row);

  return TRUE;
}

static TptRelayEventRecord *
read_event (sqlite3_stmt *row,
            gint64        device)
{
  TptRelayEventRecord *event = g_new0 (TptRelayEventRecord, 1);

  event->seq = sqlite3_column_int64 (row, 0);
  event->device = device;
  event->received_at = sqlite3_column_int64 (row, 1);
  event->late = sqlite3_column_int (row, 2) != 0;
  copy_column (row, 3, event->relay_key, TPT_RELAY_KEY_SIZE);
  copy_column (row, 4, event->nonce, TPT_RELAY_NONCE_SIZE);
  event->box = g_bytes_new (sqlite3_column_blob (row, 5), (gsize) sqlite3_column_bytes (row, 5));

  return event;
}

static GPtrArray *
list_events (TptRelayJournal  *journal,
             gint64            device,
             gint64            after,
             guint             limit,
             gsize             bytes,
             GError          **error)
{
  Statements *s = statements_of (journal);
  g_autoptr (GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_event_record_free);
  sqlite3_stmt *row = statements_get (s, STATEMENT_LIST_EVENTS, "iii", error, device, after,
                                      (gint64) limit);
  gboolean has_row = TRUE;
  gsize size = 0;

  while (has_row && size < bytes)
    {
      if (!statements_row (s, row, &has_row, error))
        return NULL;
      if (has_row)
        {
          TptRelayEventRecord *event = read_event (row, device);

          size += g_bytes_get_size (event->box);
          g_ptr_array_add (events, event);
        }
    }
  statements_reset (row);

  return g_steal_pointer (&events);
}

static gboolean
get_number (Statements   *s,
            StatementId   id,
            gint64       *number,
            GError      **error)
{
  sqlite3_stmt *row = statements_get (s, id, "", error);
  gboolean has_row = FALSE;

  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  *number = has_row ? sqlite3_column_int64 (row, 0) : 0;
  statements_reset (row);

  return TRUE;
}

static gboolean
get_clock (TptRelayJournal  *journal,
           gint64           *clock,
           GError          **error)
{
  return get_number (statements_of (journal), STATEMENT_CLOCK, clock, error);
}

static gboolean
get_counts (TptRelayJournal        *journal,
            TptRelayJournalCounts  *counts,
            GError                **error)
{
  Statements *s = statements_of (journal);
  sqlite3_stmt *row = statements_get (s, STATEMENT_COUNTS, "", error);
  gboolean has_row = FALSE;

  if (!statements_row (s, row, &has_row, error))
    return FALSE;
  counts->head = sqlite3_column_int64 (row, 0);
  counts->events = sqlite3_column_int64 (row, 1);
  counts->oldest_received_at = sqlite3_column_int64 (row, 2);
  counts->devices = sqlite3_column_int64 (row, 3);
  counts->dead_letters = sqlite3_column_int64 (row, 4);
  counts->bytes = sqlite3_column_int64 (row, 5);
  statements_reset (row);

  return TRUE;
}

/* Adds a row's number and @each for each row, until there are @most. */
static gboolean
add_rows (Statements    *s,
          sqlite3_stmt  *row,
          gint64         each,
          gint64         most,
          gint64        *bytes,
          GError       **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    {
      if (!statements_row (s, row, &has_row, error))
        return FALSE;
      if (has_row)
        *bytes += each + sqlite3_column_int64 (row, 0);
      if (*bytes < most)
        continue;
      statements_reset (row);
      return TRUE;
    }

  return TRUE;
}

static gboolean
get_held (TptRelayJournal  *journal,
          const char       *user,
          gint64            most,
          gint64           *bytes,
          GError          **error)
{
  Statements *s = statements_of (journal);

  *bytes = 0;
  if (user == NULL)
    return add_rows (s, statements_get (s, STATEMENT_HELD_DEAD_LETTERS, "", error),
                     TPT_RELAY_EVENT_ROW_BYTES, most, bytes, error);

  return add_rows (s, statements_get (s, STATEMENT_HELD_EVENTS, "s", error, user),
                   TPT_RELAY_EVENT_ROW_BYTES, most, bytes, error) &&
         add_rows (s, statements_get (s, STATEMENT_HELD_DELIVERIES, "s", error, user),
                   TPT_RELAY_DELIVERY_ROW_BYTES, most, bytes, error);
}

/* Pages that are free in the file are as good as those that are free on the disk: the file never
 * shrinks. */
static gboolean
get_space (TptRelayJournal  *journal,
           gint64           *outside,
           gint64           *inside,
           GError          **error)
{
  Statements *s = statements_of (journal);
  const char *path = sqlite3_db_filename (s->db, NULL);
  struct statvfs disk;

  if (statvfs (path, &disk) < 0)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal %s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  *outside = (gint64) disk.f_bavail * (gint64) disk.f_frsize;

  return get_number (s, STATEMENT_FREE_BYTES, inside, error);
}

/* Fills in what only reads. */
void
tpt_relay_journal_sqlite_read_init (TptRelayJournalInterface *iface)
{
  iface->list_devices = list_devices;
  iface->list_channels = list_channels;
  iface->get_position = get_position;
  iface->get_counts = get_counts;
  iface->get_held = get_held;
  iface->get_space = get_space;
  iface->get_clock = get_clock;
  iface->list_events = list_events;
}
