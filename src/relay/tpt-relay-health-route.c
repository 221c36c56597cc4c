/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-routes.h"

static gboolean
write_nothing (TptRelayJournal  *journal,
               gpointer          data,
               GError          **error)
{
  return TRUE;
}

static void
nothing_written (gpointer      data,
                 const GError *error)
{
  if (error == NULL)
    tpt_relay_request_reply (data, 200, "{\"status\":\"ok\",\"checks\":{\"journal\":\"ok\"}}");
  else
    tpt_relay_request_reply (data, 503,
                             "{\"status\":\"failing\",\"checks\":{\"journal\":\"failing\"}}");
}

/* GET /healthz and /readyz: an empty transaction, through the same thread and queue as every
 * webhook. */
void
tpt_relay_health_route (TptRelayContext *context,
                        TptRelayRequest *request)
{
  tpt_relay_queue_push (context->queue, write_nothing, nothing_written, request);
}
