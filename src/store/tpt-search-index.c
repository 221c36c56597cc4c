/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-index.h"

#include "tpt-search-pool.h"
#include "tpt-search-text.h"

/* So many places wait for their place in the order, and a quarter of those that have one. */
#define MIN_FRESH 4096

typedef struct
{
  gint64 customer;
  guint32 text;
} Part;

/* A document, with numbers of the pool instead of texts. */
typedef struct
{
  gint64 row;              /* of a meeting; less than 0: of a customer */
  TptTime start;
  guint32 title;
  guint32 count;
  gboolean is_gone;
  Part parts[];
} Place;

struct _TptSearchIndex
{
  TptSearchPool *pool;
  GHashTable *places;      /* of Place, without those that are gone */
  GPtrArray *order;        /* (element-type Place) (owned) */
  GPtrArray *fresh;        /* (element-type Place) (owned) not in the order yet */
  guint gone;
};

static guint
place_hash (gconstpointer place)
{
  return g_int64_hash (&((const Place *) place)->row);
}

static gboolean
place_equal (gconstpointer a,
             gconstpointer b)
{
  return ((const Place *) a)->row == ((const Place *) b)->row;
}

static Place *
place_new (TptSearchPool           *pool,
           const TptSearchDocument *document)
{
  guint count = document->entries->len;
  Place *self = g_malloc0 (sizeof *self + count * sizeof (Part));

  self->row = document->meeting != 0 ? document->meeting : -document->customer;
  self->start = document->start;
  self->title = tpt_search_pool_take (pool, document->title != NULL ? document->title : "");
  self->count = count;
  for (guint i = 0; i < count; i++)
    {
      const TptSearchEntry *entry = &g_array_index (document->entries, TptSearchEntry, i);

      self->parts[i].customer = entry->customer;
      self->parts[i].text = tpt_search_pool_take (pool, entry->text);
    }

  return self;
}

static int
compare_places (const Place *a,
                const Place *b)
{
  if ((a->row < 0) != (b->row < 0))
    return a->row < 0 ? -1 : 1;
  if (a->start != b->start)
    return a->start > b->start ? -1 : 1;

  return ABS (a->row) < ABS (b->row) ? -1 : ABS (a->row) > ABS (b->row);
}

static int
sort_places (gconstpointer a,
             gconstpointer b)
{
  return compare_places (*(Place *const *) a, *(Place *const *) b);
}

/* The next of both, of which at least one goes on. */
static Place *
take_next (GPtrArray *first,
           guint     *i,
           GPtrArray *second,
           guint     *j)
{
  Place *a = *i < first->len ? g_ptr_array_index (first, *i) : NULL;
  Place *b = *j < second->len ? g_ptr_array_index (second, *j) : NULL;

  if (b == NULL || (a != NULL && compare_places (a, b) <= 0))
    {
      (*i)++;
      return a;
    }
  (*j)++;

  return b;
}

/* Brings what is new into the order, and forgets what is gone. */
static void
settle (TptSearchIndex *self)
{
  GPtrArray *order;
  guint i = 0, j = 0;

  if (self->fresh->len == 0 && self->gone == 0)
    return;
  g_ptr_array_sort (self->fresh, sort_places);
  order = g_ptr_array_new_full (g_hash_table_size (self->places), g_free);
  while (i < self->order->len || j < self->fresh->len)
    {
      Place *place = take_next (self->order, &i, self->fresh, &j);

      if (place->is_gone)
        g_free (place);
      else
        g_ptr_array_add (order, place);
    }
  g_free (g_ptr_array_steal (self->fresh, NULL));
  g_free (g_ptr_array_steal (self->order, NULL));
  g_ptr_array_unref (self->order);
  self->order = order;
  self->gone = 0;
}

static void
remove_place (TptSearchIndex *self,
              gint64          row)
{
  const Place wanted = { .row = row };
  Place *place = g_hash_table_lookup (self->places, &wanted);

  if (place == NULL)
    return;
  g_hash_table_remove (self->places, place);
  tpt_search_pool_give (self->pool, place->title);
  for (guint i = 0; i < place->count; i++)
    tpt_search_pool_give (self->pool, place->parts[i].text);
  place->is_gone = TRUE;
  self->gone++;
}

/* Folded, each with a space before it. */
static GStrv
make_words (const char *text)
{
  g_auto (GStrv) words = tpt_search_text_split (text, TPT_SEARCH_MAX_WORDS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_strconcat (" ", words[i], NULL);

      g_strv_builder_add (builder, word);
    }

  return g_strv_builder_end (builder);
}

/* Where all of the words are, in the title and the texts of one customer together. */
static void
add_hits (const Place   *place,
          const guint16 *found,
          guint          all,
          GArray        *hits)
{
  gint64 meeting = place->row > 0 ? place->row : 0;
  guint seen = 0;

  for (guint i = 0; i < place->count; i++)
    {
      gint64 customer = place->parts[i].customer;
      TptSearchHit hit = { customer, meeting };

      seen |= found[place->parts[i].text];
      if (i + 1 < place->count && place->parts[i + 1].customer == customer)
        continue;
      if ((seen | found[place->title]) == all)
        g_array_append_val (hits, hit);
      seen = 0;
    }
}

TptSearchIndex *
tpt_search_index_new (void)
{
  TptSearchIndex *self = g_new0 (TptSearchIndex, 1);

  self->pool = tpt_search_pool_new ();
  self->places = g_hash_table_new (place_hash, place_equal);
  self->order = g_ptr_array_new_with_free_func (g_free);
  self->fresh = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
tpt_search_index_free (TptSearchIndex *self)
{
  g_ptr_array_unref (self->order);
  g_ptr_array_unref (self->fresh);
  g_hash_table_unref (self->places);
  tpt_search_pool_free (self->pool);
  g_free (self);
}

/** tpt_search_index_put: in place of what was known of the same meeting or customer */
void
tpt_search_index_put (TptSearchIndex          *self,
                      const TptSearchDocument *document)
{
  Place *place = place_new (self->pool, document);

  remove_place (self, place->row);
  if (place->count > 0)
    {
      g_hash_table_add (self->places, place);
      g_ptr_array_add (self->fresh, place);
    }
  else
    {
      tpt_search_pool_give (self->pool, place->title);
      g_free (place);
    }
  if (self->fresh->len > MIN_FRESH + self->order->len / 4)
    settle (self);
}

/**
 * tpt_search_index_find:
 * @text: words, of each of which a word that is looked for begins like it
 * @limit: 0 for no limit
 *
 * Returns: (transfer full) (element-type TptSearchHit): nothing where @text has no word
 */
GArray *
tpt_search_index_find (TptSearchIndex *self,
                       const char     *text,
                       guint           limit)
{
  g_auto (GStrv) words = make_words (text);
  guint all = (1u << g_strv_length (words)) - 1;
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (TptSearchHit));
  const guint16 *found;

  if (all == 0)
    return hits;
  settle (self);
  found = tpt_search_pool_look (self->pool, (const char *const *) words);
  for (guint i = 0; i < self->order->len && (limit == 0 || hits->len < limit); i++)
    add_hits (g_ptr_array_index (self->order, i), found, all, hits);
  if (limit != 0 && hits->len > limit)
    g_array_set_size (hits, limit);

  return hits;
}
