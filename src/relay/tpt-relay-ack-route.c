/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-relay-cluster.h"
#include "tpt-relay-message.h"
#include "tpt-relay-rooms.h"
#include "tpt-relay-routes.h"

typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request;
  TptRelayDevice  *device;
  gint64           seq;
  gint64           most; /* of it that may go, as far as this relay has a say in that */
  gint64           head; /* of the journal, as far as this relay knows */
  gboolean         is_beyond;
  gboolean         is_known; /* whether all of it was sent */
} Acking;

static gboolean
write_ack (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Acking *acking = data;
  gint64 device = tpt_relay_device_get_record (acking->device)->id;
  gint64 seq = MIN (acking->seq, acking->most);
  TptRelayPosition position;

  if (acking->seq > acking->head)
    {
      if (!tpt_relay_journal_get_position (journal, device, &position, error))
        return FALSE;
      acking->is_beyond = acking->seq > position.head;
    }

  return acking->is_beyond || !acking->is_known ||
         seq <= tpt_relay_device_get_acked (acking->device) ||
         tpt_relay_journal_ack (journal, device, seq, &acking->is_known, error);
}

/* Where relays share a journal, that tells all of them how much of it went. */
static void
answer_written (Acking *acking)
{
  TptRelayContext *context = acking->context;

  tpt_relay_context_count (context, TPT_RELAY_METRIC_ACKS);
  tpt_relay_rooms_note_read (context->rooms, tpt_relay_device_get_record (acking->device)->user);
  if (context->cluster == NULL)
    {
      tpt_relay_device_set_acked (acking->device, MIN (acking->seq, acking->most));
      tpt_relay_fanout_wake (context->fanout, tpt_relay_device_get_record (acking->device)->id);
    }
  tpt_relay_request_reply (acking->request, 204, "");
}

static void
ack_written (gpointer      data,
             const GError *error)
{
  Acking *acking = data;

  if (error != NULL)
    tpt_relay_request_problem (acking->request, 503, "unavailable",
                               "The journal cannot be written.");
  else if (acking->is_beyond)
    tpt_relay_request_problem (acking->request, 409, "beyond_head",
                               "No event has that cursor yet.");
  else if (!acking->is_known)
    tpt_relay_request_problem (acking->request, 503, "in_doubt",
                               "It is not known whether this was sent; it is sent again.");
  else
    answer_written (acking);
  tpt_relay_device_unref (acking->device);
  g_free (acking);
}

/* A relay that is alone knows what was sent: what has never been on a stream stays, whatever the
 * client believes. Where its machine went down it may not know; then nothing is dropped that might
 * not have been sent, and no ack is accepted of what will come again. */
static void
ack (TptRelayContext *context,
     TptRelayRequest *request,
     gint64           seq)
{
  Acking *acking = g_new0 (Acking, 1);
  gint64 sent = tpt_relay_device_get_sent (request->device);

  acking->context = context;
  acking->request = request;
  acking->device = tpt_relay_device_ref (request->device);
  acking->seq = seq;
  acking->is_known = seq <= sent || seq > tpt_relay_device_get_doubt (request->device);
  acking->most = context->cluster == NULL ? sent : G_MAXINT64;
  acking->head = context->cluster == NULL ? sent : tpt_relay_cluster_get_head (context->cluster);
  tpt_relay_queue_push (context->queue, write_ack, ack_written, acking);
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
  if (strcmp (cursor.epoch, context->epoch) != 0)
    tpt_relay_request_problem (request, 409, "foreign_epoch", "The cursor is of another journal.");
  else if (cursor.seq <= tpt_relay_device_get_acked (request->device))
    tpt_relay_request_reply (request, 204, "");
  else
    ack (context, request, cursor.seq);
}
