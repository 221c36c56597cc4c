/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-delivery.h"

#include <sodium.h>

#include "tpt-relay-person.h"

/* One request that is answered when its rows are on the disk. */
typedef struct
{
  TptRelayContext  *context;
  TptRelayRequest  *request;
  guint             status;
  TptRelayDelivery  delivery;
  GArray           *events;  /* TptRelayEventRecord */
  char             *reason;  /* of a dead letter */
  GBytes           *box;
} Storing;

static void
event_clear (gpointer data)
{
  TptRelayEventRecord *event = data;

  g_clear_pointer (&event->people, g_bytes_unref);
  g_clear_pointer (&event->box, g_bytes_unref);
}

static Storing *
storing_new (TptRelayContext *context,
             TptRelayRequest *request,
             guint            status)
{
  Storing *storing = g_new0 (Storing, 1);

  storing->context = context;
  storing->request = request;
  storing->status = status;
  storing->delivery.received_at = g_get_real_time () / 1000;
  storing->events = g_array_new (FALSE, TRUE, sizeof (TptRelayEventRecord));
  g_array_set_clear_func (storing->events, event_clear);

  return storing;
}

static void
storing_free (Storing *storing)
{
  g_array_unref (storing->events);
  g_clear_pointer (&storing->box, g_bytes_unref);
  g_free (storing->reason);
  g_free (storing);
}

/* One answer for both: what was stored before is stored. */
static void
answer (Storing      *storing,
        const GError *error)
{
  if (error != NULL)
    tpt_relay_request_problem (storing->request, 503, "unavailable",
                               "The journal cannot be written.");
  else
    tpt_relay_request_reply (storing->request, storing->status, "{}");
}

static gboolean
write_events (TptRelayJournal  *journal,
              gpointer          data,
              GError          **error)
{
  Storing *storing = data;

  for (guint i = 0; storing->delivery.is_new && i < storing->events->len; i++)
    {
      if (!tpt_relay_journal_add_event (journal,
                                        &g_array_index (storing->events, TptRelayEventRecord, i),
                                        error))
        return FALSE;
    }

  return TRUE;
}

static void
events_written (gpointer      data,
                const GError *error)
{
  Storing *storing = data;

  if (error != NULL)
    tpt_relay_context_count (storing->context, TPT_RELAY_METRIC_WEBHOOK_FAILED);
  if (error == NULL && storing->delivery.is_new)
    {
      tpt_relay_context_count (storing->context, TPT_RELAY_METRIC_WEBHOOK_STORED);
      tpt_relay_metrics_add (TPT_RELAY_METRIC_EVENTS_STORED, storing->events->len);
      /* Where others share the journal, its word comes to all of them, and to this one. */
      for (guint i = 0; storing->context->cluster == NULL && i < storing->events->len; i++)
        tpt_relay_fanout_wake (storing->context->fanout,
                               g_array_index (storing->events, TptRelayEventRecord, i).device);
    }
  if (error == NULL && !storing->delivery.is_new)
    tpt_relay_context_count (storing->context, TPT_RELAY_METRIC_WEBHOOK_DUPLICATE);
  answer (storing, error);
  storing_free (storing);
}

static void
name_delivery (TptRelayDelivery        *delivery,
               gint64                   channel,
               const TptWebhookPayload *payload)
{
  g_autofree char *key = tpt_webhook_payload_dup_key (payload);
  g_autoptr (GDateTime) created_at = g_date_time_new_from_iso8601 (payload->created_at, NULL);

  delivery->channel = channel;
  if (created_at != NULL)
    delivery->created_at = g_date_time_to_unix (created_at) * G_USEC_PER_SEC
                           + g_date_time_get_microsecond (created_at);
  sodium_hex2bin (delivery->hash, sizeof delivery->hash, key, 2 * sizeof delivery->hash, NULL, NULL,
                  NULL);
}

/**
 * tpt_relay_delivery_store:
 * @request: (transfer full): answered with @status and `{}` after the commit, or with 503
 * @channel: 0 for the main route; UNCLAIMED for what nobody else could send a second time
 * @receivers: (element-type TptRelayDevice): one sealed copy for each
 */
void
tpt_relay_delivery_store (TptRelayContext         *context,
                          TptRelayRequest         *request,
                          gint64                   channel,
                          const TptWebhookPayload *payload,
                          GPtrArray               *receivers,
                          gboolean                 late,
                          guint                    status)
{
  Storing *storing = storing_new (context, request, status);
  char **secrets = context->config->admin_tokens;
  g_autoptr (GBytes) people = tpt_relay_person_find_all (payload,
                                                         secrets != NULL ? secrets[0] : NULL);

  name_delivery (&storing->delivery, channel, payload);
  g_array_set_size (storing->events, receivers->len);
  for (guint i = 0; i < receivers->len; i++)
    {
      TptRelayEventRecord *event = &g_array_index (storing->events, TptRelayEventRecord, i);

      tpt_relay_device_seal (receivers->pdata[i], request->body, storing->delivery.received_at,
                             event);
      event->received_at = storing->delivery.received_at;
      event->people = people != NULL ? g_bytes_ref (people) : NULL;
      event->late = late;
    }
  storing->delivery.is_new = channel == TPT_RELAY_DELIVERY_UNCLAIMED;
  tpt_relay_queue_push_delivery (context->queue,
                                 storing->delivery.is_new ? NULL : &storing->delivery, write_events,
                                 events_written, storing);
}

static gboolean
write_dead_letter (TptRelayJournal  *journal,
                   gpointer          data,
                   GError          **error)
{
  Storing *storing = data;

  return tpt_relay_journal_add_dead_letter (journal, storing->delivery.received_at, storing->reason,
                                            storing->box, error);
}

static void
dead_letter_written (gpointer      data,
                     const GError *error)
{
  Storing *storing = data;

  tpt_relay_context_count (storing->context, error == NULL ? TPT_RELAY_METRIC_WEBHOOK_DEAD_LETTER
                                                           : TPT_RELAY_METRIC_WEBHOOK_FAILED);
  answer (storing, error);
  storing_free (storing);
}

static GBytes *
seal_for_operator (TptRelayContext *context,
                   GBytes          *body)
{
  guint8 key[TPT_RELAY_KEY_SIZE];
  gsize length;
  const void *bytes = g_bytes_get_data (body, &length);
  g_autofree guint8 *box = g_malloc (length + crypto_box_SEALBYTES);

  if (context->config->operator_key == NULL ||
      !tpt_relay_box_decode_fixed (context->config->operator_key, key, sizeof key) ||
      crypto_box_seal (box, bytes != NULL ? bytes : (const void *) "", length, key) != 0)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&box), length + crypto_box_SEALBYTES);
}

/**
 * tpt_relay_delivery_bury:
 * @request: (transfer full): answered with 200 after the commit, or with 503
 * @reason: without anything of the body
 *
 * Keeps an authentic body that nobody can read, sealed for the operator; without an operator's key
 * only that there was one.
 */
void
tpt_relay_delivery_bury (TptRelayContext *context,
                         TptRelayRequest *request,
                         const char      *reason)
{
  Storing *storing = storing_new (context, request, 200);

  storing->reason = g_strdup (reason);
  storing->box = seal_for_operator (context, request->body);
  tpt_relay_queue_push (context->queue, write_dead_letter, dead_letter_written, storing);
}
