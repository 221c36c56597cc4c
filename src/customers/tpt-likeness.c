/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-likeness.h"

#include <string.h>

/* Longer names are cut: what is alike up to here is alike. */
#define MOST_LETTERS 48

/* Where one is the beginning of the other, such as “acme” and “acmelabs”. */
#define LEAST_PREFIX 4
#define SCORE_PREFIX 60

/* Words of a company's name that say what it is and not which one. */
static const char *const company_words[] = {
  "ab", "ag", "and", "aps", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "group",
  "holding", "holdings", "inc", "incorporated", "kg", "kk", "limited", "llc", "llp", "ltd", "nv",
  "oy", "oyj", "plc", "pte", "pty", "pvt", "sa", "sarl", "sas", "se", "sl", "spa", "srl", "the",
  "und", NULL,
};

static gboolean
is_mark (gunichar letter)
{
  GUnicodeType type = g_unichar_type (letter);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

/* Words of letters and digits only, without case and accents. */
static GPtrArray *
split_words (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *plain = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (plain, -1);
  g_autoptr (GString) word = g_string_new (NULL);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (const char *next = folded;; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);

      if (is_mark (letter))
        continue;
      if (g_unichar_isalnum (letter))
        g_string_append_unichar (word, letter);
      else if (word->len > 0)
        {
          g_ptr_array_add (words, g_strndup (word->str, word->len));
          g_string_truncate (word, 0);
        }
      if (letter == 0)
        return words;
    }
}

static char *
join_words (const GPtrArray *words,
            const char      *between,
            gboolean         all)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      if (!all && g_strv_contains (company_words, word))
        continue;
      if (joined->len > 0)
        g_string_append (joined, between);
      g_string_append (joined, word);
    }

  return g_string_free (joined, FALSE);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * tpt_likeness_fold_company:
 *
 * Returns: (transfer full): the letters that tell a company from others, such as `acmelabs` for
 *   “The ACMÉ-Labs GmbH & Co. KG”; empty where there are none
 */
char *
tpt_likeness_fold_company (const char *name)
{
  g_autoptr (GPtrArray) words = split_words (name != NULL ? name : "");
  char *folded = join_words (words, "", FALSE);

  if (*folded != '\0')
    return folded;
  g_free (folded);

  return join_words (words, "", TRUE);
}

/**
 * tpt_likeness_fold_person:
 * @name: a name, or what stands before the @ of an address
 *
 * Returns: (transfer full): the same for “Ada Lovelace”, “Lovelace, Ada” and “ada.lovelace”; empty
 *   where it is less than two words and so may be anybody
 */
char *
tpt_likeness_fold_person (const char *name)
{
  g_autoptr (GPtrArray) words = split_words (name != NULL ? name : "");

  if (words->len < 2)
    return g_strdup ("");
  g_ptr_array_sort (words, compare_words);

  return join_words (words, " ", TRUE);
}

static gsize
take_letters (const char *text,
              gunichar   *letters)
{
  gsize length = 0;

  for (; *text != '\0' && length < MOST_LETTERS; text = g_utf8_next_char (text))
    letters[length++] = g_utf8_get_char (text);

  return length;
}

/* How many letters have to be changed, put in, left out or swapped with their neighbour. */
static int
count_edits (const gunichar *a,
             gsize           a_length,
             const gunichar *b,
             gsize           b_length)
{
  int rows[3][MOST_LETTERS + 1];
  int *last = rows[0], *row = rows[1], *before_last = rows[2];

  for (gsize j = 0; j <= b_length; j++)
    last[j] = (int) j;

  for (gsize i = 1; i <= a_length; i++)
    {
      int *spare = before_last;

      row[0] = (int) i;
      for (gsize j = 1; j <= b_length; j++)
        {
          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before_last[j - 2] + 1);
        }
      before_last = last;
      last = row;
      row = spare;
    }

  return last[b_length];
}

/**
 * tpt_likeness_compare:
 * @a: a folded text
 * @b: another
 *
 * Returns: 100 for the same, 0 for texts that have nothing in common
 */
int
tpt_likeness_compare (const char *a,
                      const char *b)
{
  gunichar first[MOST_LETTERS], second[MOST_LETTERS];
  gsize a_length = take_letters (a, first), b_length = take_letters (b, second);
  gsize least = MIN (a_length, b_length), most = MAX (a_length, b_length);
  int score;

  if (least == 0)
    return 0;

  score = 100 - (int) (100 * (gsize) count_edits (first, a_length, second, b_length) / most);
  if (least >= LEAST_PREFIX && memcmp (first, second, least * sizeof *first) == 0)
    score = MAX (score, SCORE_PREFIX + (int) ((100 - SCORE_PREFIX) * least / most));

  return score;
}
