/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-text.h"

#include <string.h>

/* Letters that Unicode does not take apart, though people type them without their stroke. */
static const struct
{
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" }, { 0x0111, "d" },
  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0142, "l" }, { 0x0153, "oe" },
};

static void
append_letter (GString  *folded,
               gunichar  letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    {
      if (plain_letters[i].letter == letter)
        {
          g_string_append (folded, plain_letters[i].plain);
          return;
        }
    }
  g_string_append_unichar (folded, letter);
}

/* Scripts without spaces between the words: every sign is a word. */
static gboolean
is_ideograph (gunichar letter)
{
  return g_unichar_iswide (letter) && g_unichar_get_script (letter) != G_UNICODE_SCRIPT_HANGUL;
}

static gboolean
is_invisible (gunichar letter)
{
  return g_unichar_ismark (letter) || g_unichar_type (letter) == G_UNICODE_FORMAT;
}

/* The same as below of text without accents and other scripts, in a fraction of the time. */
static char *
fold_ascii (const char *text)
{
  char *folded = g_strdup (text);

  for (char *p = folded; *p != '\0'; p++)
    *p = g_ascii_isalnum (*p) ? g_ascii_tolower (*p) : ' ';

  return folded;
}

/**
 * tpt_search_text_fold:
 *
 * Returns: (transfer full): the words of @text, with a space between them: lower case, without
 *   marks and punctuation. What is found and what is asked for go through here alike, so that a
 *   word begins after a space.
 */
char *
tpt_search_text_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *normal = NULL;
  g_autofree char *lower = NULL;
  GString *folded;

  if (g_str_is_ascii (text))
    return fold_ascii (text);
  valid = g_utf8_make_valid (text, -1);
  normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  lower = g_utf8_casefold (normal, -1);
  folded = g_string_sized_new (strlen (lower) + 1);
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (is_invisible (letter))
        continue;
      if (!g_unichar_isalnum (letter))
        g_string_append_c (folded, ' ');
      else if (is_ideograph (letter))
        {
          g_string_append_c (folded, ' ');
          g_string_append_unichar (folded, letter);
          g_string_append_c (folded, ' ');
        }
      else
        append_letter (folded, letter);
    }

  return g_string_free (folded, FALSE);
}

/**
 * tpt_search_text_split:
 * @most: more words than that are left out
 *
 * Returns: (transfer full): the words of @text, folded; none of it is ever taken for an expression
 */
GStrv
tpt_search_text_split (const char *text,
                       guint       most)
{
  g_autofree char *folded = tpt_search_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint count = 0;

  for (guint i = 0; words[i] != NULL && count < most; i++)
    {
      if (*words[i] == '\0')
        continue;
      g_strv_builder_add (builder, words[i]);
      count++;
    }

  return g_strv_builder_end (builder);
}
