/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-box.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (TPT_RELAY_KEY_SIZE == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (TPT_RELAY_KEY_SIZE == crypto_box_SECRETKEYBYTES);
G_STATIC_ASSERT (TPT_RELAY_KEY_SIZE == crypto_box_BEFORENMBYTES);
G_STATIC_ASSERT (TPT_RELAY_NONCE_SIZE == crypto_box_NONCEBYTES);

static void
ensure_sodium (void)
{
  /* Safe to call from any thread, any number of times. */
  if (sodium_init () < 0)
    g_error ("libsodium finds no source of random numbers");
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_BOX, why);
  return FALSE;
}

/**
 * tpt_relay_box_make_keys:
 * @public_key: (out caller-allocates): what the relay is told
 * @secret_key: (out caller-allocates): stays with the device
 *
 * Makes a device's X25519 key pair.
 */
void
tpt_relay_box_make_keys (guint8 public_key[TPT_RELAY_KEY_SIZE],
                         guint8 secret_key[TPT_RELAY_KEY_SIZE])
{
  ensure_sodium ();
  crypto_box_keypair (public_key, secret_key);
}

/**
 * tpt_relay_box_begin:
 * @device_key: the device's public key
 * @relay_key: (out caller-allocates): the public half of a fresh key pair; the secret half is
 *   forgotten here
 * @shared: (out caller-allocates): seals for the device as long as the caller keeps it
 *
 * Returns: FALSE with TPT_PROTOCOL_ERROR_BOX for a key of low order, which would open to anybody
 */
gboolean
tpt_relay_box_begin (const guint8   device_key[TPT_RELAY_KEY_SIZE],
                     guint8         relay_key[TPT_RELAY_KEY_SIZE],
                     guint8         shared[TPT_RELAY_KEY_SIZE],
                     GError       **error)
{
  guint8 secret[TPT_RELAY_KEY_SIZE];
  int result;

  ensure_sodium ();
  crypto_box_keypair (relay_key, secret);
  result = crypto_box_beforenm (shared, device_key, secret);
  sodium_memzero (secret, sizeof secret);
  if (result != 0)
    return refuse (error, "Not a usable X25519 public key");

  return TRUE;
}

/**
 * tpt_relay_box_seal:
 * @nonce: (out caller-allocates): random
 *
 * Returns: (transfer full): the box
 */
GBytes *
tpt_relay_box_seal (const guint8  shared[TPT_RELAY_KEY_SIZE],
                    const void   *body,
                    gsize         length,
                    guint8        nonce[TPT_RELAY_NONCE_SIZE])
{
  guint8 *box = g_malloc (length + crypto_box_MACBYTES);

  ensure_sodium ();
  randombytes_buf (nonce, TPT_RELAY_NONCE_SIZE);
  if (crypto_box_easy_afternm (box, body, length, nonce, shared) != 0)
    g_error ("A body of %" G_GSIZE_FORMAT " bytes could not be sealed", length);

  return g_bytes_new_take (box, length + crypto_box_MACBYTES);
}

/**
 * tpt_relay_box_open:
 *
 * Returns: (transfer full): the body, with a NUL after its last byte that its size does not count;
 *   NULL with TPT_PROTOCOL_ERROR_BOX where the box is not for this key or was changed
 */
GBytes *
tpt_relay_box_open (const guint8   relay_key[TPT_RELAY_KEY_SIZE],
                    const guint8   secret_key[TPT_RELAY_KEY_SIZE],
                    const guint8   nonce[TPT_RELAY_NONCE_SIZE],
                    GBytes        *box,
                    GError       **error)
{
  g_autofree guint8 *body = NULL;
  gsize size;
  const guint8 *bytes;

  g_return_val_if_fail (box != NULL, NULL);

  ensure_sodium ();
  bytes = g_bytes_get_data (box, &size);
  if (size < crypto_box_MACBYTES)
    {
      refuse (error, "Too short for a box");
      return NULL;
    }
  body = g_malloc0 (size - crypto_box_MACBYTES + 1);
  if (crypto_box_open_easy (body, bytes, size, nonce, relay_key, secret_key) != 0)
    {
      refuse (error, "The box does not open with this device's key");
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&body), size - crypto_box_MACBYTES);
}

/* Returns: (transfer full): base64 (RFC 4648 section 4) with padding */
char *
tpt_relay_box_encode (const void *bytes,
                      gsize       length)
{
  return g_base64_encode (bytes, length);
}

/**
 * tpt_relay_box_decode:
 * @base64: (nullable):
 *
 * Strict where g_base64_decode () takes anything.
 *
 * Returns: (transfer full) (nullable): NULL where it is not base64 with padding
 */
GBytes *
tpt_relay_box_decode (const char *base64)
{
  g_autofree guint8 *bytes = NULL;
  gsize length = base64 != NULL ? strlen (base64) : 0;
  gsize size = 0;

  if (base64 == NULL)
    return NULL;
  ensure_sodium ();
  bytes = g_malloc (length / 4 * 3 + 3);
  if (sodium_base642bin (bytes, length / 4 * 3 + 3, base64, length, NULL, &size, NULL,
                         sodium_base64_VARIANT_ORIGINAL) != 0)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

/* As tpt_relay_box_decode () into exactly @length bytes; FALSE where they are more or fewer. */
gboolean
tpt_relay_box_decode_fixed (const char *base64,
                            guint8     *bytes,
                            gsize       length)
{
  g_autoptr (GBytes) decoded = tpt_relay_box_decode (base64);

  if (decoded == NULL || g_bytes_get_size (decoded) != length)
    return FALSE;
  memcpy (bytes, g_bytes_get_data (decoded, NULL), length);

  return TRUE;
}
