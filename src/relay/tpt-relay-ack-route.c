/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-relay-cluster.h"
#include "tpt-relay-message.h"
#include "tpt-relay-routes.h"

typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request;
  TptRelayDevice  *device;
  gint64           seq;
  gint64           head; /* of the journal, as far as this relay knows */
  gboolean         is_beyond;
} Acking;

static void
refuse_beyond (TptRelayRequest *request)
{
  tpt_relay_request_problem (request, 409, "beyond_head", "No event has that cursor yet.");
}

static gboolean
write_ack (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Acking *acking = data;
  gint64 device = tpt_relay_device_get_record (acking->device)->id;
  TptRelayPosition position;

  if (acking->seq > acking->head)
    {
      if (!tpt_relay_journal_get_position (journal, device, &position, error))
        return FALSE;
      acking->is_beyond = acking->seq > position.head;
    }

  return acking->is_beyond || tpt_relay_journal_ack (journal, device, acking->seq, error);
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
  else if (acking->is_beyond)
    {
      refuse_beyond (acking->request);
    }
  else if (acking->context->cluster != NULL)
    {
      /* How much of it the journal took, it tells to all relays. */
      tpt_relay_context_count (acking->context, TPT_RELAY_METRIC_ACKS);
      tpt_relay_request_reply (acking->request, 204, "");
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
     gint64           seq,
     gint64           head)
{
  Acking *acking = g_new0 (Acking, 1);

  acking->context = context;
  acking->request = request;
  acking->device = tpt_relay_device_ref (request->device);
  acking->seq = seq;
  acking->head = head;
  tpt_relay_queue_push (context->queue, write_ack, ack_written, acking);
}

/* Only this relay streams, so it knows what was sent. */
static void
ack_alone (TptRelayContext *context,
           TptRelayRequest *request,
           gint64           seq)
{
  TptRelayDevice *device = request->device;
  gint64 acked = tpt_relay_device_get_acked (device);
  /* What has never been on a stream stays, whatever the client believes. */
  gint64 effective = MIN (seq, MAX (tpt_relay_device_get_sent (device), acked));
  TptRelayPosition position;

  if (!tpt_relay_journal_get_position (context->reader, tpt_relay_device_get_record (device)->id,
                                       &position, NULL))
    tpt_relay_request_problem (request, 503, "unavailable", "The journal cannot be read.");
  else if (seq > position.head)
    refuse_beyond (request);
  else if (effective <= acked)
    tpt_relay_request_reply (request, 204, "");
  else
    ack (context, request, effective, position.head);
}

/* POST /v1/events/ack */
void
tpt_relay_ack_route (TptRelayContext *context,
                     TptRelayRequest *request)
{
  TptRelayCursor cursor;
  gsize length;
  const char *body = g_bytes_get_data (request->body, &length);

  if (!tpt_relay_ack_decode (body, (gssize) length, &cursor, NULL))
    {
      tpt_relay_request_problem (request, 400, "bad_cursor",
                                 "The body must be {\"cursor\":\"EPOCH:SEQ\"}.");
      return;
    }
  if (strcmp (cursor.epoch, tpt_relay_journal_get_epoch (context->reader)) != 0)
    tpt_relay_request_problem (request, 409, "foreign_epoch", "The cursor is of another journal.");
  else if (context->cluster == NULL)
    ack_alone (context, request, cursor.seq);
  else if (cursor.seq <= tpt_relay_device_get_acked (request->device))
    tpt_relay_request_reply (request, 204, "");
  else
    ack (context, request, cursor.seq, tpt_relay_cluster_get_head (context->cluster));
}
