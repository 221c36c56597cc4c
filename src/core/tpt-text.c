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

/* What is copied from a web page or a table brings along what nobody sees: blanks that do not
 * break, marks of the byte order and of the direction. */
static gboolean
is_invisible (gunichar letter)
{
  return g_unichar_isspace (letter) || g_unichar_iscntrl (letter) || letter == 0x00ad
         || letter == 0x061c || (letter >= 0x200b && letter <= 0x200f)
         || (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2060 && letter <= 0x206f)
         || letter == 0xfeff;
}

/** tpt_text_is_blank: whether @text (nullable) shows nothing: it is empty, or of blanks only */
gboolean
tpt_text_is_blank (const char *text)
{
  for (const char *next = text; next != NULL && *next != '\0'; next = g_utf8_next_char (next))
    {
      if (!is_invisible (g_utf8_get_char_validated (next, -1)))
        return FALSE;
    }

  return TRUE;
}

/** tpt_text_trim: (transfer full): @text without what is invisible at its beginning and end */
char *
tpt_text_trim (const char *text)
{
  const char *end, *last;

  g_return_val_if_fail (text != NULL, NULL);

  while (*text != '\0' && is_invisible (g_utf8_get_char_validated (text, -1)))
    text = g_utf8_next_char (text);
  end = text + strlen (text);
  while ((last = g_utf8_find_prev_char (text, end)) != NULL
         && is_invisible (g_utf8_get_char_validated (last, end - last)))
    end = last;

  return g_strndup (text, (gsize) (end - text));
}

/* That people type a plain blank for: the end of a line, a tab, a blank that does not break. */
static gboolean
is_special_blank (gunichar letter)
{
  return letter != ' ' && g_unichar_isspace (letter)
         && (g_unichar_iscntrl (letter) || g_unichar_type (letter) != G_UNICODE_SPACE_SEPARATOR
             || letter == 0x00a0 || letter == 0x2007 || letter == 0x202f);
}

/**
 * tpt_text_line:
 * @text: from anybody
 *
 * Returns: (transfer full): @text as somebody would type it into a field of one line: trimmed, and
 *   with a plain blank for blanks among which one is special
 */
char *
tpt_text_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *valid = NULL;
  g_autofree char *trimmed = NULL;
  const char *next;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  trimmed = tpt_text_trim (valid);
  for (const char *rest = trimmed; *rest != '\0'; rest = next)
    {
      gboolean is_special = FALSE;

      for (next = rest; g_unichar_isspace (g_utf8_get_char (next)); next = g_utf8_next_char (next))
        is_special |= is_special_blank (g_utf8_get_char (next));
      if (is_special)
        g_string_append_c (line, ' ');
      else
        {
          next = next == rest ? g_utf8_next_char (rest) : next;
          g_string_append_len (line, rest, next - rest);
        }
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/** tpt_text_fold: (transfer full): one form for all ways to write the same, whatever the case */
char *
tpt_text_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *normal = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  /* Nearly every e-mail address, for which the rest would make no difference. */
  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  valid = g_utf8_make_valid (text, -1);
  normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal, -1);
}
