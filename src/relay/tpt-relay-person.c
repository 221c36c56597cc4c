/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-person.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <sodium.h>
#include <string.h>

/* @hash: (out caller-allocates): what tpt_relay_person_parse_hash () reads of an operator */
void
tpt_relay_person_hash_email (const char *email,
                             guint8     *hash)
{
  g_autofree char *lower = g_utf8_strdown (email, -1);

  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, lower, strlen (lower), hash) < 0)
    g_error ("SHA-256 is not available");
}

/* @hex: 64 hex digits, as `sha256sum` prints them */
gboolean
tpt_relay_person_parse_hash (const char *hex,
                             guint8     *hash)
{
  gsize size = 0;

  return strlen (hex) == 2 * TPT_RELAY_EMAIL_HASH_SIZE &&
         sodium_hex2bin (hash, TPT_RELAY_EMAIL_HASH_SIZE, hex, strlen (hex), NULL, &size,
                         NULL) == 0 && size == TPT_RELAY_EMAIL_HASH_SIZE;
}

/**
 * tpt_relay_person_name:
 * @secret: an admin token
 * @person: (out caller-allocates): TPT_RELAY_PERSON_SIZE bytes
 *
 * By what a person is found among the events that wait. There are few enough e-mail addresses to
 * try them all, so a plain hash beside an event would tell whoever gets hold of the journal whom it
 * is about; the secret is in a file elsewhere.
 */
void
tpt_relay_person_name (const char   *secret,
                       const guint8 *email_hash,
                       guint8       *person)
{
  guint8 whole[32];

  if (gnutls_hmac_fast (GNUTLS_MAC_SHA256, secret, strlen (secret), email_hash,
                        TPT_RELAY_EMAIL_HASH_SIZE, whole) < 0)
    g_error ("HMAC-SHA256 is not available");
  memcpy (person, whole, TPT_RELAY_PERSON_SIZE);
}

static void
add_person (GByteArray         *people,
            const TptJsonValue *holder,
            const char         *name,
            const char         *secret)
{
  const char *email = tpt_json_value_get_text (tpt_json_value_get_member (holder, name));
  guint8 hash[TPT_RELAY_EMAIL_HASH_SIZE];
  guint8 person[TPT_RELAY_PERSON_SIZE];

  if (email == NULL)
    return;
  tpt_relay_person_hash_email (email, hash);
  tpt_relay_person_name (secret, hash, person);
  g_byte_array_append (people, person, sizeof person);
}

static void
add_list (GByteArray         *people,
          const TptJsonValue *meeting,
          const char         *list_name,
          const char         *name,
          const char         *secret)
{
  const TptJsonValue *list =
    tpt_json_value_get_array (tpt_json_value_get_member (meeting, list_name));

  for (const TptJsonValue *element = tpt_json_value_get_first (list); element != NULL;
       element = tpt_json_value_get_next (list, element))
    add_person (people, element, name, secret);
}

/**
 * tpt_relay_person_find_all:
 * @secret: (nullable): an admin token; without an operator nobody can be erased
 *
 * Returns: (transfer full) (nullable): everybody whose e-mail address a webhook has in the places
 *   that Calendly documents: the invitee, the guests, the hosts; no more than a webhook's lists may
 *   have elements
 */
GBytes *
tpt_relay_person_find_all (const TptWebhookPayload *payload,
                           const char              *secret)
{
  g_autoptr (GByteArray) people = NULL;
  const TptJsonValue *meeting;

  if (secret == NULL)
    return NULL;
  people = g_byte_array_new ();
  meeting = tpt_json_value_get_member (payload->payload, "scheduled_event");
  add_person (people, payload->payload, "email", secret);
  add_list (people, meeting, "event_guests", "email", secret);
  add_list (people, meeting, "event_memberships", "user_email", secret);
  if (people->len == 0)
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&people));
}
