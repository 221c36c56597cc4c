/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-read.h"

#include <string.h>

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

char *
statements_dup_column (sqlite3_stmt *statement,
                       int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

GPtrArray *
statements_list_devices (Statements  *self,
                         GError     **error)
{
  g_autoptr (GPtrArray) devices =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_device_record_free);
  sqlite3_stmt *row = statements_get (self, STATEMENT_LIST_DEVICES, "", error);
  gboolean has_row;

  while (TRUE)
    {
      TptRelayDeviceRecord *device;

      if (!statements_row (self, row, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&devices);
      device = g_new0 (TptRelayDeviceRecord, 1);
      device->id = sqlite3_column_int64 (row, 0);
      device->name = statements_dup_column (row, 1);
      device->user = statements_dup_column (row, 2);
      device->organization = statements_dup_column (row, 3);
      device->role = statements_dup_column (row, 4);
      device->has_feed = sqlite3_column_int (row, 5) != 0;
      device->channel = sqlite3_column_int64 (row, 6);
      copy_column (row, 7, device->public_key, TPT_RELAY_KEY_SIZE);
      copy_column (row, 8, device->token_hash, TPT_RELAY_HASH_SIZE);
      device->acked = sqlite3_column_int64 (row, 9);
      g_ptr_array_add (devices, device);
    }
}

GPtrArray *
statements_list_channels (Statements  *self,
                          GError     **error)
{
  g_autoptr (GPtrArray) channels =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_channel_record_free);
  sqlite3_stmt *row = statements_get (self, STATEMENT_LIST_CHANNELS, "", error);
  gboolean has_row;

  while (TRUE)
    {
      TptRelayChannelRecord *channel;

      if (!statements_row (self, row, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&channels);
      channel = g_new0 (TptRelayChannelRecord, 1);
      channel->id = sqlite3_column_int64 (row, 0);
      channel->name = statements_dup_column (row, 1);
      channel->user = statements_dup_column (row, 2);
      channel->key = statements_dup_column (row, 3);
      g_ptr_array_add (channels, channel);
    }
}

gboolean
statements_get_position (Statements        *self,
                         gint64             device,
                         TptRelayPosition  *position,
                         GError           **error)
{
  sqlite3_stmt *row = statements_get (self, STATEMENT_POSITION, "i", error, device);
  gboolean has_row = FALSE;

  if (!statements_row (self, row, &has_row, error))
    return FALSE;
  position->acked = sqlite3_column_int64 (row, 0);
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

GPtrArray *
statements_list_events (Statements  *self,
                        gint64       device,
                        gint64       after,
                        guint        limit,
                        gsize        bytes,
                        GError     **error)
{
  g_autoptr (GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_event_record_free);
  sqlite3_stmt *row = statements_get (self, STATEMENT_LIST_EVENTS, "iii", error, device, after,
                                      (gint64) limit);
  gboolean has_row = TRUE;
  gsize size = 0;

  while (has_row && size < bytes)
    {
      if (!statements_row (self, row, &has_row, error))
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
