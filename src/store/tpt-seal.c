/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-seal.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "tpt-store.h"

/* A sealed field: format, key id, nonce, ciphertext with its tag. */
#define FORMAT 1
#define KEY_ID 1
#define HEADER_BYTES (2 + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
#define OVERHEAD_BYTES (HEADER_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define KDF_CONTEXT "tptstore"

/* So many nonces are drawn at once: a system call for each field takes as long as to seal it. */
#define NONCES 64

G_STATIC_ASSERT (TPT_STORE_KEY_BYTES == crypto_kdf_KEYBYTES);

typedef enum
{
  SUBKEY_FIELDS = 1,
  SUBKEY_INDEX = 2,
} Subkey;

/* Lives in memory that is locked, guarded and wiped by libsodium. */
struct _TptSeal
{
  guint8 fields[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  guint8 index[crypto_generichash_KEYBYTES];
};

/* Nonces that no field has yet. */
typedef struct
{
  guint8 bytes[NONCES * crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
  gsize left;              /* at the beginning of @bytes */
} Nonces;

typedef struct
{
  char text[160];
  gsize length;
} Place;

/* Of each thread its own, and none that a fork has given to two processes. */
static _Thread_local Nonces nonces;

static void
forget_nonces (void)
{
  nonces.left = 0;
}

static void
take_nonce (guint8 *nonce)
{
  const gsize size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

  if (nonces.left == 0)
    {
      randombytes_buf (nonces.bytes, sizeof nonces.bytes);
      nonces.left = NONCES;
    }
  nonces.left--;
  memcpy (nonce, nonces.bytes + nonces.left * size, size);
}

static void
place_add (Place      *self,
           const char *text)
{
  gsize length = strlen (text);

  g_assert (self->length + length < sizeof self->text);
  memcpy (self->text + self->length, text, length);
  self->length += length;
}

static void
place_add_number (Place  *self,
                  gint64  number)
{
  char digits[24];
  char *start = digits + sizeof digits - 1;
  guint64 rest = number < 0 ? -(guint64) number : (guint64) number;

  *start = '\0';
  do
    {
      *--start = (char) ('0' + rest % 10);
      rest /= 10;
    }
  while (rest > 0);
  if (number < 0)
    *--start = '-';
  place_add (self, start);
}

/* Ties a field to its place, so that it cannot be moved to another row, column or table. */
static void
place_init (Place      *self,
            const char *table,
            const char *column,
            gint64      row,
            guint8      key_id)
{
  self->length = 0;
  place_add (self, table);
  place_add (self, "|");
  place_add (self, column);
  place_add (self, "|");
  place_add_number (self, row);
  place_add (self, "|");
  place_add_number (self, key_id);
}

/**
 * tpt_seal_new:
 * @key: the master key, %TPT_STORE_KEY_BYTES long; only keys derived from it are used and kept
 */
TptSeal *
tpt_seal_new (GBytes *key)
{
  static gsize ready = 0;
  TptSeal *self;
  const guint8 *master;

  g_return_val_if_fail (g_bytes_get_size (key) == TPT_STORE_KEY_BYTES, NULL);

  if (g_once_init_enter (&ready))
    {
      if (sodium_init () < 0)
        g_error ("libsodium cannot be used on this system");
      pthread_atfork (NULL, NULL, forget_nonces);
      g_once_init_leave (&ready, 1);
    }
  self = sodium_malloc (sizeof *self);
  if (self == NULL)
    g_error ("No memory for a key");
  master = g_bytes_get_data (key, NULL);
  crypto_kdf_derive_from_key (self->fields, sizeof self->fields, SUBKEY_FIELDS, KDF_CONTEXT,
                              master);
  crypto_kdf_derive_from_key (self->index, sizeof self->index, SUBKEY_INDEX, KDF_CONTEXT, master);
  sodium_mprotect_readonly (self);

  return self;
}

void
tpt_seal_free (TptSeal *self)
{
  sodium_free (self);
}

/**
 * tpt_seal_close:
 *
 * Writes into @sealed what tpt_seal_open() makes @plain of at the same place only.
 */
void
tpt_seal_close (TptSeal    *self,
                const char *table,
                const char *column,
                gint64      row,
                GByteArray *plain,
                GByteArray *sealed)
{
  Place place;
  guint8 *nonce;

  place_init (&place, table, column, row, KEY_ID);
  g_byte_array_set_size (sealed, (guint) (plain->len + OVERHEAD_BYTES));
  sealed->data[0] = FORMAT;
  sealed->data[1] = KEY_ID;
  nonce = sealed->data + 2;
  take_nonce (nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed->data + HEADER_BYTES, NULL, plain->data,
                                              plain->len, (const guint8 *) place.text,
                                              place.length, NULL, nonce, self->fields);
}

/**
 * tpt_seal_open:
 *
 * Returns: %FALSE with %TPT_STORE_ERROR_CORRUPT when the field was changed, moved, or sealed with
 *   another key
 */
gboolean
tpt_seal_open (TptSeal       *self,
               const char    *table,
               const char    *column,
               gint64         row,
               const guint8  *sealed,
               gsize          length,
               GByteArray    *plain,
               GError       **error)
{
  Place place;

  place_init (&place, table, column, row, KEY_ID);
  if (length >= OVERHEAD_BYTES && sealed[0] == FORMAT && sealed[1] == KEY_ID)
    {
      g_byte_array_set_size (plain, (guint) (length - OVERHEAD_BYTES));
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain->data, NULL, NULL,
                                                      sealed + HEADER_BYTES, length - HEADER_BYTES,
                                                      (const guint8 *) place.text, place.length,
                                                      sealed + 2, self->fields) == 0)
        return TRUE;
    }
  g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
               "Field “%s” of row %" G_GINT64_FORMAT " in “%s” is damaged", column, row, table);

  return FALSE;
}

static gint64
hash (TptSeal      *self,
      const char   *purpose,
      const guint8 *bytes,
      gsize         length)
{
  crypto_generichash_state state;
  guint8 result[crypto_generichash_BYTES_MIN];
  gint64 number;

  crypto_generichash_init (&state, self->index, sizeof self->index, sizeof result);
  crypto_generichash_update (&state, (const guint8 *) purpose, strlen (purpose) + 1);
  crypto_generichash_update (&state, bytes, length);
  crypto_generichash_final (&state, result, sizeof result);
  memcpy (&number, result, sizeof number);

  return number != 0 ? GINT64_FROM_LE (number) : 1;
}

/**
 * tpt_seal_index:
 * @purpose: what is looked up, so that the same text gives another number elsewhere
 * @text: (nullable): the normalised text
 *
 * Returns: 64 bits of a keyed hash, never 0; 0 for no text
 */
gint64
tpt_seal_index (TptSeal    *self,
                const char *purpose,
                const char *text)
{
  if (text == NULL || *text == '\0')
    return 0;

  return hash (self, purpose, (const guint8 *) text, strlen (text));
}

/** tpt_seal_digest: as tpt_seal_index(), of any @bytes */
gint64
tpt_seal_digest (TptSeal    *self,
                 const char *purpose,
                 GByteArray *bytes)
{
  return hash (self, purpose, bytes->data, bytes->len);
}
