/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-apply.h"
#include "tpt-webhook-fact.h"
#include "tpt-webhook-payload.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (TptWebhookPayload) payload = tpt_webhook_payload_parse (data, size, NULL);
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (TptWebhookFact) fact = tpt_webhook_fact_parse (body, NULL);
  g_autoptr (GPtrArray) meetings = g_ptr_array_new ();

  if (payload != NULL)
    g_free (tpt_webhook_payload_dup_key (payload));
  if (fact == NULL || fact->meeting == NULL)
    return 0;
  tpt_apply_stamp (fact->meeting, TPT_SOURCE_WEBHOOK, fact->created_at);
  g_ptr_array_add (meetings, fact->meeting);
  tpt_fuzz_apply_twice (meetings);

  return 0;
}
