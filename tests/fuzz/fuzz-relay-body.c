/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include <string.h>

#include "tpt-relay-person.h"
#include "tpt-webhook-payload.h"
#include "tpt-webhook-signature.h"

#define KEY "the-app-key"

static gboolean
verify (const char   *header,
        const guint8 *body,
        gsize         length,
        gint64       *time)
{
  static const char *const keys[] = { "another-key", KEY, NULL };

  return tpt_webhook_signature_verify (header, body, length, keys, time, NULL);
}

/* Whatever passes carries the one MAC that the key makes of its time and this body. */
static void
check_signature (const char   *header,
                 const guint8 *body,
                 gsize         length)
{
  g_autofree char *right = tpt_webhook_signature_sign (1790000000, body, length, KEY);
  g_autofree char *of_its_time = NULL;
  gint64 time = -1;

  g_assert_true (verify (right, body, length, &time));
  g_assert_cmpint (time, ==, 1790000000);
  right[strlen (right) - 1] ^= 1;
  g_assert_false (verify (right, body, length, NULL));
  if (!verify (header, body, length, &time))
    return;
  g_assert_cmpint (time, >=, 0);
  of_its_time = tpt_webhook_signature_sign (time, body, length, KEY);
  /* A time may be written with zeros before it, and is signed as written. */
  if (header[2] != '0')
    g_assert_nonnull (strstr (header, strchr (of_its_time, ',')));
}

/* The header up to the first newline, then the body: all that the relay looks at in a webhook. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *newline = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize before = newline != NULL ? (gsize) (newline - data) : 0;
  const guint8 *body = newline != NULL ? newline + 1 : data;
  gsize length = newline != NULL ? size - before - 1 : size;
  g_autofree char *header = g_strndup ((const char *) data, before);
  g_autoptr (TptWebhookPayload) payload = NULL;
  g_autoptr (GBytes) people = NULL;
  g_autofree char *key = NULL;

  check_signature (header, body, length);
  payload = tpt_webhook_payload_parse (body, length, NULL);
  if (payload == NULL)
    return 0;
  g_assert_true (g_utf8_validate (payload->uri, -1, NULL));
  g_assert_true (g_utf8_validate (payload->created_at, -1, NULL));
  key = tpt_webhook_payload_dup_key (payload);
  g_assert_cmpuint (strlen (key), ==, 64);
  people = tpt_relay_person_find_all (payload, "a-secret-of-the-operator");

  return 0;
}
