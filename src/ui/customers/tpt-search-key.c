/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-key.h"

#include <string.h>

/* Nobody types more than this to find somebody, and a hostile name shall not cost more on each
 * keystroke. */
#define MAX_BYTES 1024

static gboolean
is_ascii (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_search_key_fold:
 * @text: (nullable): a name, as it was written
 *
 * Returns: (transfer full): @text without case and without accents, cut at a bounded length
 */
char *
tpt_search_key_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *decomposed = NULL;
  GString *folded;
  gsize length = text != NULL ? strnlen (text, MAX_BYTES) : 0;

  /* Most names, and all addresses: nothing to take apart. */
  if (length > 0 && is_ascii (text, length))
    return g_ascii_strdown (text, (gssize) length);

  valid = g_utf8_make_valid (text != NULL ? text : "", (gssize) length);
  decomposed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  folded = g_string_sized_new (strlen (decomposed));
  for (const char *next = decomposed; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar character = g_utf8_get_char (next);

      if (!g_unichar_ismark (character))
        g_string_append_unichar (folded, g_unichar_tolower (character));
    }

  return g_string_free (folded, FALSE);
}

/** tpt_search_key_append: adds a field to a key; a word never matches across two fields */
void
tpt_search_key_append (GString    *key,
                       const char *text)
{
  g_autofree char *folded = tpt_search_key_fold (text);

  if (key->len > 0)
    g_string_append_c (key, '\n');
  g_string_append (key, folded);
}

/**
 * tpt_search_key_split:
 *
 * (transfer full): the words of a search, folded like the keys; never %NULL
 */
char **
tpt_search_key_split (const char *text)
{
  g_autofree char *folded = tpt_search_key_fold (text);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] != '\0')
        g_strv_builder_add (words, parts[i]);
    }

  return g_strv_builder_end (words);
}
