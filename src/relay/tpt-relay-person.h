/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-record.h"
#include "tpt-webhook-payload.h"

G_BEGIN_DECLS

/* SHA-256 of an e-mail address in lower case: what an operator names a person by. */
#define TPT_RELAY_EMAIL_HASH_SIZE 32

void     tpt_relay_person_hash_email (const char   *email,
                                      guint8       *hash);
gboolean tpt_relay_person_parse_hash (const char   *hex,
                                      guint8       *hash);
void     tpt_relay_person_name       (const char   *secret,
                                      const guint8 *email_hash,
                                      guint8       *person);
GBytes  *tpt_relay_person_find_all    (const TptWebhookPayload *payload,
                                       const char              *secret);

G_END_DECLS
