/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-protocol-error.h"

G_BEGIN_DECLS

/**
 * TptWebhookPayload:
 * @event: such as `invitee.created`
 * @created_at: as sent
 * @created_by: (nullable): URI of the user whose subscription it is; older deliveries lack it
 * @uri: `payload.uri`
 * @no_show_uri: (nullable): `payload.no_show.uri`
 * @hosts: user URIs, each once: the members of the scheduled event, else @created_by, else none
 * @payload: the `payload` object; lives as long as the struct
 *
 * A webhook's envelope.
 */
typedef struct
{
  char *event;
  char *created_at;
  char *created_by;
  char *uri;
  char *no_show_uri;
  char **hosts;
  const TptJsonValue *payload;
  /*< private >*/
  TptJsonTree *root;
} TptWebhookPayload;

TptWebhookPayload *tpt_webhook_payload_parse   (const void               *body,
                                                gsize                     length,
                                                GError                  **error);
char              *tpt_webhook_payload_dup_key (const TptWebhookPayload  *self);
void               tpt_webhook_payload_free    (TptWebhookPayload        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptWebhookPayload, tpt_webhook_payload_free)

G_END_DECLS
