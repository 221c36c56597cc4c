/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-context.h"
#include "tpt-webhook-payload.h"

G_BEGIN_DECLS

/* In the place of a channel: nobody remembers that it was here, for it cannot come again. */
#define TPT_RELAY_DELIVERY_UNCLAIMED -1

void tpt_relay_delivery_store (TptRelayContext          *context,
                               TptRelayRequest          *request,
                               gint64                    channel,
                               const TptWebhookPayload  *payload,
                               GPtrArray                *receivers,
                               gboolean                  late,
                               guint                     status);
void tpt_relay_delivery_bury  (TptRelayContext          *context,
                               TptRelayRequest          *request,
                               const char               *reason);

G_END_DECLS
