/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-text.h"

#include <string.h>

/**
 * tpt_text_cut:
 * @text: (nullable): from anybody
 *
 * A precision of printf() counts bytes and cuts through a character; what shows such a text, or
 * sends it on, wants UTF-8.
 *
 * Returns: (transfer full): at most @max_chars characters of @text, valid in any case; “” for %NULL
 */
char *
tpt_text_cut (const char *text,
              guint       max_chars)
{
  const char *given = text != NULL ? text : "";
  g_autofree char *valid = NULL;

  /* Cut before it is checked: a megabyte costs no more than a line. */
  valid = g_utf8_make_valid (given, (gssize) strnlen (given, (gsize) max_chars * 4));

  return g_utf8_strlen (valid, -1) <= (glong) max_chars ? g_steal_pointer (&valid)
                                                        : g_utf8_substring (valid, 0, max_chars);
}

/** tpt_text_is_blank: whether @text (nullable) shows nothing: it is empty, or of blanks only */
gboolean
tpt_text_is_blank (const char *text)
{
  for (const char *next = text; next != NULL && *next != '\0'; next = g_utf8_next_char (next))
    {
      if (!g_unichar_isspace (g_utf8_get_char_validated (next, -1)))
        return FALSE;
    }

  return TRUE;
}
