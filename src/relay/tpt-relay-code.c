/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-code.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <sodium.h>
#include <string.h>

#define LIFE_SECONDS (24 * 60 * 60)
#define TIME_SIZE    4
#define RANDOM_SIZE  8
#define MAC_SIZE     12
#define SIGNED_SIZE  (TIME_SIZE + RANDOM_SIZE)
#define CODE_SIZE    (SIGNED_SIZE + MAC_SIZE)
#define TEXT_SIZE    32 /* CODE_SIZE bytes in base64 without rest */

/* A code says itself when it ends and that this relay made it: `enrol-code` needs nothing but the
 * key, so it never writes beside a running relay. That it is used once is the relay's to
 * remember. */
static void
compute_mac (GBytes       *key,
             const guint8 *code,
             guint8       *mac)
{
  guint8 whole[32];

  if (gnutls_hmac_fast (GNUTLS_MAC_SHA256, g_bytes_get_data (key, NULL), g_bytes_get_size (key),
                        code, SIGNED_SIZE, whole) < 0)
    g_error ("HMAC-SHA256 is not available");
  memcpy (mac, whole, MAC_SIZE);
}

/* Returns: (transfer full): a new secret; codes that were made with another are good no more */
GBytes *
tpt_relay_code_make_key (void)
{
  guint8 key[TPT_RELAY_HASH_SIZE];

  randombytes_buf (key, sizeof key);

  return g_bytes_new (key, sizeof key);
}

/**
 * tpt_relay_code_make:
 * @key: of the journal
 * @now: seconds since 1970
 *
 * Returns: (transfer full): 32 characters of base64url, good for 24 hours
 */
char *
tpt_relay_code_make (GBytes *key,
                     gint64  now)
{
  guint8 code[CODE_SIZE];
  char text[TEXT_SIZE + 1];
  guint32 expires_at = GUINT32_TO_BE ((guint32) (now + LIFE_SECONDS));

  memcpy (code, &expires_at, TIME_SIZE);
  randombytes_buf (code + TIME_SIZE, RANDOM_SIZE);
  compute_mac (key, code, code + SIGNED_SIZE);
  sodium_bin2base64 (text, sizeof text, code, sizeof code,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  return g_strdup (text);
}

/**
 * tpt_relay_code_check:
 * @expires_at: (out): seconds since 1970
 * @hash: (out caller-allocates): names the code among the used ones
 *
 * Returns: whether the code is of this relay and its time not over
 */
gboolean
tpt_relay_code_check (GBytes     *key,
                      const char *code,
                      gint64      now,
                      gint64     *expires_at,
                      guint8     *hash)
{
  guint8 bytes[CODE_SIZE];
  guint8 mac[MAC_SIZE];
  guint32 time;
  gsize size = 0;

  if (strlen (code) != TEXT_SIZE ||
      sodium_base642bin (bytes, sizeof bytes, code, TEXT_SIZE, NULL, &size, NULL,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 || size != CODE_SIZE)
    return FALSE;
  compute_mac (key, bytes, mac);
  if (gnutls_memcmp (mac, bytes + SIGNED_SIZE, MAC_SIZE) != 0)
    return FALSE;
  memcpy (&time, bytes, TIME_SIZE);
  *expires_at = GUINT32_FROM_BE (time);
  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, bytes, sizeof bytes, hash) < 0)
    g_error ("SHA-256 is not available");

  return *expires_at > now;
}
