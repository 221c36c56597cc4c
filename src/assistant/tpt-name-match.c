/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-name-match.h"

#include "tpt-text.h"

#include <string.h>

/* How well a name fits, worst first. Twice as fine as needed, so that a preference can break a
 * tie. */
enum
{
  SCORE_NONE = 0,
  SCORE_TYPO = 20,
  SCORE_PART = 40,
  SCORE_WORDS = 60,
  SCORE_START = 70,
  SCORE_EXACT = 100,
};

#define LONGEST_NAME 200
#define LONGEST_TYPO 40
/* What stands between two words of a name. */
#define SEPARATORS " -.,@\"'()<>/&"

/* Lower case without accents, so that “Zoe” finds “Zoë”. */
static char *
fold (const char *text)
{
  g_autofree char *head = tpt_text_cut (text, LONGEST_NAME);
  g_autofree char *apart = g_utf8_normalize (head, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (apart, -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *next = lower; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);

      if (!g_unichar_ismark (letter))
        g_string_append_unichar (plain, letter);
    }

  return g_strstrip (g_string_free (g_steal_pointer (&plain), FALSE));
}

/* Insertions, deletions and changes of letters (Levenshtein). */
static guint
count_edits (const gunichar *a,
             glong           length_a,
             const gunichar *b,
             glong           length_b)
{
  guint row[LONGEST_TYPO + 1];

  for (glong j = 0; j <= length_b; j++)
    row[j] = (guint) j;
  for (glong i = 1; i <= length_a; i++)
    {
      guint corner = row[0];

      row[0] = (guint) i;
      for (glong j = 1; j <= length_b; j++)
        {
          guint above = row[j];
          guint changed = corner + (a[i - 1] != b[j - 1]);

          row[j] = MIN (changed, MIN (above, row[j - 1]) + 1);
          corner = above;
        }
    }

  return row[length_b];
}

/* One slip in a word of four letters, two in one of eight. */
static gboolean
is_typo (const char *text,
         const char *wanted)
{
  glong length, length_wanted;
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (text, -1, &length);
  g_autofree gunichar *wanted_letters = g_utf8_to_ucs4_fast (wanted, -1, &length_wanted);
  guint allowed = length_wanted >= 8 ? 2 : length_wanted >= 4 ? 1 : 0;

  if (length > LONGEST_TYPO || length_wanted > LONGEST_TYPO || allowed == 0)
    return FALSE;

  return count_edits (letters, length, wanted_letters, length_wanted) <= allowed;
}

/* Whether every word of @wanted begins a word of @text. */
static gboolean
has_words (const char *text,
           const char *wanted)
{
  g_auto (GStrv) words = g_strsplit_set (wanted, SEPARATORS, -1);
  g_auto (GStrv) of_text = g_strsplit_set (text, SEPARATORS, -1);

  for (char **word = words; *word != NULL; word++)
    {
      gboolean found = **word == '\0';

      for (char **other = of_text; *other != NULL && !found; other++)
        found = g_str_has_prefix (*other, *word);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_typo (const char *text,
          const char *wanted)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  if (is_typo (text, wanted))
    return TRUE;
  for (char **word = words; *word != NULL; word++)
    {
      if (is_typo (*word, wanted))
        return TRUE;
    }

  return FALSE;
}

static int
score_text (const char *text,
            const char *wanted)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return SCORE_NONE;

  folded = fold (text);
  if (strcmp (folded, wanted) == 0)
    return SCORE_EXACT;
  if (g_str_has_prefix (folded, wanted))
    return SCORE_START;
  if (has_words (folded, wanted))
    return SCORE_WORDS;
  if (strlen (wanted) >= 3 && strstr (folded, wanted) != NULL)
    return SCORE_PART;

  return has_typo (folded, wanted) ? SCORE_TYPO : SCORE_NONE;
}

static int
score_customer (TptCustomer *customer,
                const char  *wanted)
{
  int score = score_text (customer->name, wanted);

  for (char **domain = customer->domains; *domain != NULL && score < SCORE_EXACT; domain++)
    {
      if (strcmp (*domain, wanted) == 0)
        score = SCORE_EXACT;
    }

  return score;
}

/* By the name or the address that fits best. */
static int
score_stakeholder (TptStakeholder *stakeholder,
                   const char     *wanted)
{
  int score = score_text (stakeholder->name, wanted);

  for (char **email = stakeholder->emails; *email != NULL && score < SCORE_EXACT; email++)
    score = MAX (score, score_text (*email, wanted));

  return score;
}

static void
add_hit (GArray         *hits,
         TptCustomer    *customer,
         TptStakeholder *stakeholder,
         int             score)
{
  TptNameHit hit = { customer, stakeholder, score };

  if (score > SCORE_NONE + 1)
    g_array_append_val (hits, hit);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const TptNameHit *first = a;
  const TptNameHit *second = b;

  if (first->score != second->score)
    return second->score - first->score;

  return g_strcmp0 (first->customer->name, second->customer->name);
}

/* “Ana at Acme”: where the name of the company stands, or %NULL. */
static char *
split_company (char *wanted)
{
  static const char *const joints[] = { " (", " at ", " from ", " of " };

  for (gsize i = 0; i < G_N_ELEMENTS (joints); i++)
    {
      char *joint = strstr (wanted, joints[i]);
      char *company;

      if (joint == NULL || joint == wanted)
        continue;
      company = joint + strlen (joints[i]);
      *joint = '\0';
      company[strcspn (company, ")")] = '\0';
      return company;
    }

  return NULL;
}

static void
match_all (GArray            *hits,
           const GPtrArray   *customers,
           const char        *wanted,
           const char        *company,
           TptNamePreference  preference)
{
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);

      if (company != NULL && score_customer (customer, company) == SCORE_NONE)
        continue;
      if (company == NULL)
        add_hit (hits, customer, NULL,
                 score_customer (customer, wanted) + (preference == TPT_NAME_PREFER_CUSTOMER));
      for (guint j = 0; j < customer->stakeholders->len; j++)
        {
          TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, j);

          add_hit (hits, customer, stakeholder,
                   score_stakeholder (stakeholder, wanted)
                     + (preference == TPT_NAME_PREFER_STAKEHOLDER));
        }
    }
}

/**
 * tpt_name_match:
 * @customers: (element-type TptCustomer)
 * @name: a name as a person writes it: part of it, with a slip, an e-mail address, or “Ana at Acme”
 *
 * Returns: (transfer full) (element-type TptNameHit): those who fit best and equally well: none,
 *   the one meant, or several to choose from
 */
GArray *
tpt_name_match (const GPtrArray   *customers,
                const char        *name,
                TptNamePreference  preference)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (TptNameHit));
  g_autofree char *wanted = NULL;
  g_autofree char *person = NULL;
  const char *company;
  guint best = 0;

  g_return_val_if_fail (customers != NULL && name != NULL, hits);

  wanted = fold (name);
  if (*wanted == '\0')
    return hits;

  match_all (hits, customers, wanted, NULL, preference);
  person = g_strdup (wanted);
  company = hits->len == 0 ? split_company (person) : NULL;
  if (company != NULL)
    match_all (hits, customers, person, company, preference);

  g_array_sort (hits, compare_hits);
  while (best < hits->len
         && g_array_index (hits, TptNameHit, best).score
         == g_array_index (hits, TptNameHit, 0).score)
    best++;
  g_array_set_size (hits, best);

  return hits;
}

/** tpt_name_hit_to_text: “Acme”, or “Ana Silva (Acme)” */
char *
tpt_name_hit_to_text (const TptNameHit *hit)
{
  const char *customer;

  g_return_val_if_fail (hit != NULL, NULL);

  customer = hit->customer->name != NULL ? hit->customer->name : "";
  if (hit->stakeholder == NULL)
    return g_strdup (customer);

  return g_strdup_printf ("%s (%s)", tpt_stakeholder_get_label (hit->stakeholder), customer);
}
