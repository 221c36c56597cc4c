/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-webhook-signature.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define MAC_SIZE 32
#define TIME_DIGITS 15
/* Far above what is sent; keeps the number of MACs to compare small. */
#define HEADER_MAX 8192

typedef struct
{
  char       time[TIME_DIGITS + 1];
  GByteArray *macs; /* MAC_SIZE bytes each */
} Header;

static void
header_clear (Header *header)
{
  g_clear_pointer (&header->macs, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Header, header_clear)

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_SIGNATURE, why);
  return FALSE;
}

static gboolean
parse_time (Header     *header,
            const char *value)
{
  gsize length = strspn (value, "0123456789");

  if (length == 0 || length > TIME_DIGITS || value[length] != '\0')
    return FALSE;
  memcpy (header->time, value, length + 1);

  return TRUE;
}

/* Lower-case hex of exactly one MAC: nothing that merely means the same. */
static gboolean
parse_mac (Header     *header,
           const char *value)
{
  guint8 mac[MAC_SIZE];

  if (strlen (value) != 2 * MAC_SIZE || strspn (value, "0123456789abcdef") != 2 * MAC_SIZE)
    return FALSE;
  for (guint i = 0; i < MAC_SIZE; i++)
    mac[i] = (guint8) (g_ascii_xdigit_value (value[2 * i]) << 4 |
                       g_ascii_xdigit_value (value[2 * i + 1]));
  g_byte_array_append (header->macs, mac, MAC_SIZE);

  return TRUE;
}

static gboolean
parse_pair (Header *header,
            char   *pair,
            guint   index)
{
  char *value = strchr (pair, '=');

  if (value == NULL || value == pair || value[1] == '\0')
    return FALSE;
  *value++ = '\0';

  if (index == 0)
    return strcmp (pair, "t") == 0 && parse_time (header, value);
  if (strcmp (pair, "t") == 0)
    return FALSE;
  if (strcmp (pair, "v1") == 0)
    return parse_mac (header, value);

  return TRUE;
}

static gboolean
parse_header (Header     *header,
              const char *text)
{
  g_auto (GStrv) pairs = NULL;
  gsize length = strlen (text);

  if (length > HEADER_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (text[i]))
        return FALSE;
    }

  header->macs = g_byte_array_new ();
  pairs = g_strsplit (text, ",", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      if (!parse_pair (header, pairs[i], i))
        return FALSE;
    }

  return header->macs->len > 0;
}

/* HMAC-SHA256 of `time.body`. */
static void
compute (const char *time,
         const void *body,
         gsize       length,
         const char *key,
         guint8      mac[MAC_SIZE])
{
  gnutls_hmac_hd_t hmac;

  if (gnutls_hmac_init (&hmac, GNUTLS_MAC_SHA256, key, strlen (key)) < 0 ||
      gnutls_hmac (hmac, time, strlen (time)) < 0 || gnutls_hmac (hmac, ".", 1) < 0 ||
      (length > 0 && gnutls_hmac (hmac, body, length) < 0))
    g_error ("HMAC-SHA256 is not available");
  gnutls_hmac_deinit (hmac, mac);
}

/**
 * tpt_webhook_signature_verify:
 * @header: the one Calendly-Webhook-Signature header, `t=DIGITS(,NAME=VALUE)+`
 * @body: the raw bytes as they came
 * @keys: every key that is valid now, NULL-terminated; an empty key opens nothing
 * @time: (out) (optional): `t`, in seconds since 1970, as signed; whether it is fresh is for the
 *   caller to say
 *
 * Every key is tried against every `v1`, without stopping at the first that fits, so that the time
 * taken tells nothing. See "Webhook signatures" in Calendly's docs; grammar stricter on purpose.
 *
 * Returns: FALSE with TPT_PROTOCOL_ERROR_SIGNATURE
 */
gboolean
tpt_webhook_signature_verify (const char         *header,
                              const void         *body,
                              gsize               length,
                              const char *const  *keys,
                              gint64             *time,
                              GError            **error)
{
  g_auto (Header) parsed = { "", NULL };
  guint right = 0;

  g_return_val_if_fail (body != NULL || length == 0, FALSE);
  g_return_val_if_fail (keys != NULL, FALSE);

  if (header == NULL)
    return refuse (error, "No signature");
  if (!parse_header (&parsed, header))
    return refuse (error, "Malformed signature");

  for (guint k = 0; keys[k] != NULL; k++)
    {
      guint8 mac[MAC_SIZE];

      if (keys[k][0] == '\0')
        continue;
      compute (parsed.time, body, length, keys[k], mac);
      for (guint i = 0; i < parsed.macs->len; i += MAC_SIZE)
        right |= (guint) (gnutls_memcmp (mac, parsed.macs->data + i, MAC_SIZE) == 0);
    }
  if (right == 0)
    return refuse (error, "Wrong signature");
  if (time != NULL)
    *time = g_ascii_strtoll (parsed.time, NULL, 10);

  return TRUE;
}

/**
 * tpt_webhook_signature_sign:
 * @time: seconds since 1970
 *
 * Returns: (transfer full): the header's value as Calendly would send it
 */
char *
tpt_webhook_signature_sign (gint64      time,
                            const void *body,
                            gsize       length,
                            const char *key)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, time);
  g_autoptr (GString) header = g_string_new (NULL);
  guint8 mac[MAC_SIZE];

  g_return_val_if_fail (time >= 0, NULL);
  g_return_val_if_fail (key != NULL && key[0] != '\0', NULL);

  compute (digits, body, length, key, mac);
  g_string_printf (header, "t=%s,v1=", digits);
  for (guint i = 0; i < MAC_SIZE; i++)
    g_string_append_printf (header, "%02x", mac[i]);

  return g_string_free (g_steal_pointer (&header), FALSE);
}
