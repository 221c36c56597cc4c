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
