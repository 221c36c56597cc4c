/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-cursor.h"

#include <string.h>

#define EPOCH_CHARACTERS                                                                           \
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

/* Digits in the one way to write them, within gint64. */
static gboolean
parse_seq (const char *text,
           gint64     *seq)
{
  guint64 value;

  if (text[0] == '\0' || strspn (text, "0123456789") != strlen (text))
    return FALSE;
  if (text[0] == '0' && text[1] != '\0')
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *seq = (gint64) value;

  return TRUE;
}

/**
 * tpt_relay_cursor_parse:
 * @text: (nullable): `EPOCH:SEQ`
 * @cursor: (out caller-allocates): untouched on failure
 *
 * Returns: FALSE with TPT_PROTOCOL_ERROR_CURSOR
 */
gboolean
tpt_relay_cursor_parse (const char      *text,
                        TptRelayCursor  *cursor,
                        GError         **error)
{
  gsize length = text != NULL ? strspn (text, EPOCH_CHARACTERS) : 0;
  gint64 seq = 0;

  g_return_val_if_fail (cursor != NULL, FALSE);

  if (length == 0 || length > TPT_RELAY_EPOCH_MAX || text[length] != ':' ||
      !parse_seq (text + length + 1, &seq))
    {
      g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_CURSOR,
                           "A cursor has the form EPOCH:SEQ");
      return FALSE;
    }

  memcpy (cursor->epoch, text, length);
  cursor->epoch[length] = '\0';
  cursor->seq = seq;

  return TRUE;
}

/* Returns: (transfer full): `EPOCH:SEQ` */
char *
tpt_relay_cursor_format (const TptRelayCursor *cursor)
{
  g_return_val_if_fail (cursor != NULL && cursor->epoch[0] != '\0', NULL);

  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, cursor->epoch, cursor->seq);
}
