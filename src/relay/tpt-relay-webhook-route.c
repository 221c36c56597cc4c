/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdlib.h>

#include "tpt-relay-delivery.h"
#include "tpt-relay-guard.h"
#include "tpt-relay-rooms.h"
#include "tpt-relay-routes.h"
#include "tpt-relay-space.h"
#include "tpt-webhook-signature.h"

#define SIGNATURE_FIELD "calendly-webhook-signature"

static gboolean
verify (TptRelayRequest    *request,
        const char *const  *keys,
        gint64             *time)
{
  gsize length;
  const void *body = g_bytes_get_data (request->body, &length);

  /* Two headers are no signature: which one counts would be a matter of taste. */
  return tpt_relay_head_count (request->head, SIGNATURE_FIELD) == 1 &&
         tpt_webhook_signature_verify (tpt_relay_head_get (request->head, SIGNATURE_FIELD), body,
                                       length, keys, time, NULL);
}

/* Calendly may send a retry with the time of its first try, so an event that is off is kept and
 * marked. */
static gboolean
is_late (TptRelayContext *context,
         gint64           time)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return ABS (now - time) > context->config->tolerance_seconds;
}

static void
deliver (TptRelayContext             *context,
         TptRelayRequest             *request,
         const TptRelayChannelRecord *channel,
         gboolean                     late)
{
  gsize length;
  const void *body = g_bytes_get_data (request->body, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptWebhookPayload) payload = tpt_webhook_payload_parse (body, length, &error);
  g_autoptr (GPtrArray) receivers = NULL;

  /* The company's own key is trusted with as much as it likes. */
  if (!tpt_relay_space_admit (context, request) ||
      (channel != NULL &&
       !tpt_relay_rooms_admit (context->rooms, request, payload != NULL ? channel->user : NULL,
                               tpt_relay_webhook_route)))
    return;
  if (late)
    tpt_relay_context_count (context, TPT_RELAY_METRIC_WEBHOOKS_LATE);
  if (payload == NULL)
    {
      tpt_relay_delivery_bury (context, request, error->message);
      return;
    }
  receivers = tpt_relay_directory_receivers (context->directory,
                                             (const char *const *) payload->hosts,
                                             channel != NULL ? channel->user : NULL,
                                             context->config->organizations[1] == NULL
                                               ? context->config->organizations[0]
                                               : NULL);
  if (receivers->len == 0)
    {
      tpt_relay_context_count (context, TPT_RELAY_METRIC_WEBHOOK_NOBODY);
      tpt_relay_request_reply (request, 200, "{}");
      return;
    }
  tpt_relay_delivery_store (context, request, channel != NULL ? channel->id : 0, payload, receivers,
                            late, 200);
}

/* POST /v1/calendly/webhook and /v1/calendly/webhook/{channel} */
void
tpt_relay_webhook_route (TptRelayContext *context,
                         TptRelayRequest *request)
{
  const TptRelayChannelRecord *channel = NULL;
  const char *channel_keys[2] = { NULL, NULL };
  const char *const *keys = (const char *const *) context->config->webhook_keys;
  gint64 time = 0;

  if (request->argument != NULL)
    {
      channel = tpt_relay_directory_find_channel (context->directory, request->argument);
      if (channel == NULL)
        {
          if (!tpt_relay_guard_tolerate (context, request))
            return;
          tpt_relay_request_problem (request, 404, "not_found", "There is no such channel.");
          return;
        }
      channel_keys[0] = channel->key;
      keys = channel_keys;
    }
  if (!verify (request, keys, &time))
    {
      tpt_relay_context_count (context, TPT_RELAY_METRIC_WEBHOOK_FORGED);
      if (!tpt_relay_guard_tolerate (context, request))
        return;
      tpt_relay_request_problem (request, 401, "unauthorized", "The signature is not right.");
      return;
    }
  tpt_relay_request_authenticated (request);
  deliver (context, request, channel, is_late (context, time));
}
