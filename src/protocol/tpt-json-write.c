/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-write.h"

#include <string.h>

/* The one control character that JSON-GLib 1.6 leaves as it is in a string (RFC 8259, section 7: no
 * control character may be). */
#define UNIT_SEPARATOR '\x1f'

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
  GString *escaped;

  if (strchr (text, UNIT_SEPARATOR) == NULL)
    return g_steal_pointer (&text);

  escaped = g_string_new (text);
  g_string_replace (escaped, "\x1f", "\\u001f", 0);

  return g_string_free (escaped, FALSE);
}
