/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-secret.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include <gnutls/gnutls.h>

/* RFC 4648, section 5, without padding. */
static char *
to_base64url (const guint8 *data,
              gsize         length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

/**
 * tpt_secret_make_random:
 *
 * (returns: transfer full) @bytes random bytes as text that can stand in a URI
 */
char *
tpt_secret_make_random (gsize bytes)
{
  g_autofree guint8 *data = g_malloc (bytes);
  char *text;
  gsize done = 0;

  while (done < bytes)
    {
      ssize_t got = getrandom (data + done, bytes - done, 0);

      g_assert (got > 0 || errno == EINTR);
      done += got > 0 ? (gsize) got : 0;
    }
  text = to_base64url (data, bytes);
  explicit_bzero (data, bytes);

  return text;
}

/**
 * tpt_secret_make_challenge:
 *
 * (returns: transfer full) the S256 challenge of RFC 7636, section 4.2
 */
char *
tpt_secret_make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);

  return to_base64url (digest, length);
}

/** tpt_secret_equal: compares in a time that tells nothing but the length */
gboolean
tpt_secret_equal (const char *a,
                  const char *b)
{
  if (a == NULL || b == NULL || strlen (a) != strlen (b))
    return FALSE;

  return gnutls_memcmp (a, b, strlen (a)) == 0;
}

/** tpt_secret_free: wipes before it frees; %NULL is fine */
void
tpt_secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
