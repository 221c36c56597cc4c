/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-pool.h"

#include <string.h>

#include "tpt-search-text.h"

typedef struct
{
  guint32 number;
  guint32 users;
  char text[];             /* folded, with a space before its first word */
} Text;

struct _TptSearchPool
{
  GPtrArray *texts;        /* (element-type Text) by number; NULL: the number is free */
  GHashTable *known;       /* of Text */
  GArray *free_numbers;    /* guint32 */
  GArray *found;           /* guint16, by number: the words that begin in the text */
};

static guint
text_hash (gconstpointer text)
{
  return g_str_hash (((const Text *) text)->text);
}

static gboolean
text_equal (gconstpointer a,
            gconstpointer b)
{
  return strcmp (((const Text *) a)->text, ((const Text *) b)->text) == 0;
}

/* Not known yet, and without a number. */
static Text *
text_new (const char *text)
{
  g_autofree char *folded = tpt_search_text_fold (text);
  gsize length = strlen (folded);
  Text *self = g_malloc (sizeof *self + length + 2);

  self->number = self->users = 0;
  self->text[0] = ' ';
  memcpy (self->text + 1, folded, length + 1);

  return self;
}

static guint32
take_number (TptSearchPool *self)
{
  guint32 number;

  if (self->free_numbers->len == 0)
    {
      g_ptr_array_add (self->texts, NULL);
      return self->texts->len - 1;
    }
  number = g_array_index (self->free_numbers, guint32, self->free_numbers->len - 1);
  g_array_set_size (self->free_numbers, self->free_numbers->len - 1);

  return number;
}

TptSearchPool *
tpt_search_pool_new (void)
{
  TptSearchPool *self = g_new0 (TptSearchPool, 1);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new (text_hash, text_equal);
  self->free_numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->found = g_array_new (FALSE, TRUE, sizeof (guint16));
  tpt_search_pool_take (self, "");

  return self;
}

void
tpt_search_pool_free (TptSearchPool *self)
{
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->free_numbers);
  g_array_unref (self->found);
  g_free (self);
}

/** tpt_search_pool_take: the number of @text, which stays until it is given back as often */
guint32
tpt_search_pool_take (TptSearchPool *self,
                      const char    *text)
{
  g_autofree Text *made = text_new (text);
  Text *known = g_hash_table_lookup (self->known, made);

  if (known == NULL)
    {
      known = g_steal_pointer (&made);
      known->number = take_number (self);
      g_ptr_array_index (self->texts, known->number) = known;
      g_hash_table_add (self->known, known);
    }
  known->users++;

  return known->number;
}

void
tpt_search_pool_give (TptSearchPool *self,
                      guint32        number)
{
  Text *text = g_ptr_array_index (self->texts, number);

  g_assert (text != NULL && text->users > 0);
  text->users--;
  if (text->users > 0)
    return;
  g_hash_table_remove (self->known, text);
  g_ptr_array_index (self->texts, number) = NULL;
  g_array_append_val (self->free_numbers, number);
  g_free (text);
}

static guint16
look_at (const Text        *text,
         const char *const *words)
{
  guint16 found = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (text->text, words[i]) != NULL)
        found |= (guint16) (1u << i);
    }

  return found;
}

/**
 * tpt_search_pool_look:
 * @words: at most %TPT_SEARCH_MAX_WORDS, folded, each with a space before it
 *
 * A plain look through all texts: with each of them here only once, that takes less than any index
 * of words would for the first letters of one.
 *
 * Returns: (transfer none): by the number of a text, a bit for each of @words that one of its words
 *   begins with; valid until the next look
 */
const guint16 *
tpt_search_pool_look (TptSearchPool     *self,
                      const char *const *words)
{
  g_assert (g_strv_length ((char **) words) <= TPT_SEARCH_MAX_WORDS);

  g_array_set_size (self->found, self->texts->len);
  for (guint i = 0; i < self->texts->len; i++)
    {
      const Text *text = g_ptr_array_index (self->texts, i);

      g_array_index (self->found, guint16, i) = text != NULL ? look_at (text, words) : 0;
    }

  return (const guint16 *) self->found->data;
}

/** tpt_search_pool_get_size: how many texts there are, without the empty one */
guint
tpt_search_pool_get_size (TptSearchPool *self)
{
  return g_hash_table_size (self->known) - 1;
}
