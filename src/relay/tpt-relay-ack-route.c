/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-relay-message.h"
#include "tpt-relay-routes.h"

typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request;
  TptRelayDevice  *device;
  gint64           seq;
} Acking;

static gboolean
write_ack (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Acking *acking = data;

  return tpt_relay_journal_ack (journal, tpt_relay_device_get_record (acking->device)->id,
                                acking->seq, error);
}

static void
ack_written (gpointer      data,
             const GError *error)
{
  Acking *acking = data;

  if (error != NULL)
    {
      tpt_relay_request_problem (acking->request, 503, "unavailable",
                                 "The journal cannot be written.");
    }
  else
    {
      tpt_relay_context_count (acking->context, TPT_RELAY_METRIC_ACKS);
      tpt_relay_device_set_acked (acking->device, acking->seq);
      tpt_relay_fanout_wake (acking->context->fanout,
                             tpt_relay_device_get_record (acking->device)->id);
      tpt_relay_request_reply (acking->request, 204, "");
    }
  tpt_relay_device_unref (acking->device);
  g_free (acking);
}

static void
ack (TptRelayContext *context,
     TptRelayRequest *request,
     TptRelayDevice  *device,
     gint64           seq)
{
  gint64 acked = tpt_relay_device_get_acked (device);
  /* What has never been on a stream stays, whatever the client believes. */
  gint64 effective = MIN (seq, MAX (tpt_relay_device_get_sent (device), acked));
  Acking *acking;

  if (effective <= acked)
    {
      tpt_relay_request_reply (request, 204, "");
      return;
    }
  acking = g_new0 (Acking, 1);
  acking->context = context;
  acking->request = request;
  acking->device = tpt_relay_device_ref (device);
  acking->seq = effective;
  tpt_relay_queue_push (context->queue, write_ack, ack_written, acking);
}

/* POST /v1/events/ack */
void
tpt_relay_ack_route (TptRelayContext *context,
                     TptRelayRequest *request)
{
  TptRelayDevice *device = request->device;
  TptRelayCursor cursor;
  TptRelayPosition position;
  gsize length;
  const char *body = g_bytes_get_data (request->body, &length);

  if (!tpt_relay_ack_decode (body, (gssize) length, &cursor, NULL))
    {
      tpt_relay_request_problem (request, 400, "bad_cursor",
                                 "The body must be {\"cursor\":\"EPOCH:SEQ\"}.");
      return;
    }
  if (!tpt_relay_journal_get_position (context->reader, tpt_relay_device_get_record (device)->id,
                                       &position, NULL))
    tpt_relay_request_problem (request, 503, "unavailable", "The journal cannot be read.");
  else if (strcmp (cursor.epoch, tpt_relay_journal_get_epoch (context->reader)) != 0)
    tpt_relay_request_problem (request, 409, "foreign_epoch", "The cursor is of another journal.");
  else if (cursor.seq > position.head)
    tpt_relay_request_problem (request, 409, "beyond_head", "No event has that cursor yet.");
  else
    ack (context, request, device, cursor.seq);
}
