/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-write.h"

#include <string.h>

/* What JSON-GLib 1.6 puts behind each number without a point, so that it stays no integer. Behind
 * an exponent it makes no number of it: "1e+92.0" (RFC 8259, section 6). */
#define NO_INTEGER ".0"

/* The one control character that JSON-GLib 1.6 leaves as it is in a string (RFC 8259, section 7: no
 * control character may be). */
#define UNIT_SEPARATOR '\x1f'

/* @point: at a point in @text, also inside of a string */
static gboolean
follows_exponent (const char *text,
                  const char *point)
{
  const char *at = point;

  while (at > text && g_ascii_isdigit (at[-1]))
    at--;

  return at < point && at - text >= 2 && (at[-1] == '+' || at[-1] == '-') && at[-2] == 'e';
}

static gboolean
has_flaw (const char *text)
{
  if (strchr (text, UNIT_SEPARATOR) != NULL)
    return TRUE;
  for (const char *at = strstr (text, NO_INTEGER); at != NULL; at = strstr (at + 1, NO_INTEGER))
    {
      if (follows_exponent (text, at))
        return TRUE;
    }

  return FALSE;
}

static char *
mend (const char *text)
{
  GString *mended = g_string_sized_new (strlen (text) + 16);
  gboolean is_string = FALSE;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (is_string && *at == UNIT_SEPARATOR)
        {
          g_string_append (mended, "\\u001f");
          continue;
        }
      if (!is_string && g_str_has_prefix (at, NO_INTEGER) && follows_exponent (text, at))
        {
          at += strlen (NO_INTEGER) - 1;
          continue;
        }
      g_string_append_c (mended, *at);
      if (*at == '"')
        is_string = !is_string;
      else if (is_string && *at == '\\' && at[1] != '\0')
        g_string_append_c (mended, *++at);
    }

  return g_string_free (mended, FALSE);
}

/**
 * tpt_json_write:
 * @is_pretty: whether people read it
 *
 * The one way out for JSON: what strangers wrote is in it.
 *
 * Returns: (transfer full): JSON that every parser takes
 */
char *
tpt_json_write (JsonNode *root,
                gboolean  is_pretty)
{
  g_autofree char *text = json_to_string (root, is_pretty);

  return has_flaw (text) ? mend (text) : g_steal_pointer (&text);
}
