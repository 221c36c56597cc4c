/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-index.h"
#include "tpt-search-pool.h"
#include "tpt-test.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

/* So many that the order is made anew more than once on the way. */
#define STEPS 30000
#define ROWS 9000

static const char *const first_words[] = { "anna", "anton", "berta", "bert", "emil" };
static const char *const second_words[] = { "acme", "annex", "zeta" };

/* What the index ought to know of one row. */
typedef struct
{
  gboolean is_there;
  TptTime start;
  guint title;
  guint words[2];
} Known;

static void
put_meeting (TptSearchIndex *index,
             gint64          row,
             TptTime         start,
             const char     *title,
             const char     *text)
{
  g_autoptr (TptSearchDocument) document = tpt_search_document_new (0, row);

  document->start = start;
  document->title = g_strdup (title);
  if (text != NULL)
    tpt_search_document_add (document, 7, text);
  tpt_search_index_put (index, document);
}

static void
assert_hits (TptSearchIndex *index,
             const char     *text,
             guint           limit,
             const char     *expected)
{
  g_autoptr (GArray) hits = tpt_search_index_find (index, text, limit);
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const TptSearchHit *hit = &g_array_index (hits, TptSearchHit, i);

      g_string_append_printf (told, "%s%d:%d", i > 0 ? " " : "", (int) hit->customer,
                              (int) hit->meeting);
    }
  g_assert_cmpstr (told->str, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (TptSearchIndex) index = tpt_search_index_new ();
  g_autoptr (TptSearchDocument) customer = tpt_search_document_new (3, 0);

  put_meeting (index, 1, START, "Call", "one");
  put_meeting (index, 2, START + 5, "Call", "two");
  put_meeting (index, 4, START, "Call", "four");
  put_meeting (index, 3, START, "Call", "three");
  tpt_search_document_add (customer, 3, "Callisto");
  tpt_search_index_put (index, customer);

  assert_hits (index, "call", 0, "3:0 7:2 7:1 7:3 7:4");
  assert_hits (index, "call", 2, "3:0 7:2");
  assert_hits (index, "call o", 0, "7:1");
  assert_hits (index, "callo", 0, "");
  assert_hits (index, "", 0, "");
}

/* Words may stand in the title and in any text of one customer, not in those of two. */
static void
test_customers (void)
{
  g_autoptr (TptSearchIndex) index = tpt_search_index_new ();
  g_autoptr (TptSearchDocument) meeting = tpt_search_document_new (0, 1);

  meeting->title = g_strdup ("Review");
  tpt_search_document_add (meeting, 5, "anna");
  tpt_search_document_add (meeting, 0, "clara");
  tpt_search_document_add (meeting, 5, "berta");
  tpt_search_index_put (index, meeting);

  assert_hits (index, "review", 0, "5:1 0:1");
  assert_hits (index, "review", 1, "5:1");
  assert_hits (index, "berta rev anna", 0, "5:1");
  assert_hits (index, "anna clara", 0, "");
  assert_hits (index, "clara", 0, "0:1");
}

static void
test_replaced (void)
{
  g_autoptr (TptSearchIndex) index = tpt_search_index_new ();

  put_meeting (index, 1, START, "Call", "one");
  put_meeting (index, 2, START + 1, "Call", "one");
  assert_hits (index, "one", 0, "7:2 7:1");
  put_meeting (index, 1, START + 2, "Visit", "one");
  assert_hits (index, "one", 0, "7:1 7:2");
  assert_hits (index, "call", 0, "7:2");
  put_meeting (index, 2, START, NULL, NULL);
  put_meeting (index, 9, START, NULL, NULL);
  assert_hits (index, "one", 0, "7:1");
  assert_hits (index, "call", 0, "");
}

/* A text is there once, as long as anybody needs it. */
static void
test_pool (void)
{
  g_autoptr (TptSearchPool) pool = tpt_search_pool_new ();
  const char *const words[] = { " an", " be", NULL };
  guint32 first = tpt_search_pool_take (pool, "Anna Berta");
  guint32 second = tpt_search_pool_take (pool, "hannah");

  g_assert_cmpuint (tpt_search_pool_take (pool, "anna-berta"), ==, first);
  g_assert_cmpuint (tpt_search_pool_take (pool, ""), ==, 0);
  g_assert_cmpuint (tpt_search_pool_get_size (pool), ==, 2);
  g_assert_cmpuint (tpt_search_pool_look (pool, words)[first], ==, 3);
  g_assert_cmpuint (tpt_search_pool_look (pool, words)[second], ==, 0);
  tpt_search_pool_give (pool, first);
  g_assert_cmpuint (tpt_search_pool_get_size (pool), ==, 2);
  tpt_search_pool_give (pool, first);
  g_assert_cmpuint (tpt_search_pool_get_size (pool), ==, 1);
  g_assert_cmpuint (tpt_search_pool_take (pool, "Bernd"), ==, first);
  g_assert_cmpuint (tpt_search_pool_look (pool, words)[first], ==, 2);
}

static void
change_one (TptSearchIndex *index,
            Known          *known)
{
  gint64 row = g_test_rand_int_range (1, ROWS);
  Known *one = &known[row];
  g_autofree char *text = NULL;

  one->is_there = g_test_rand_int_range (0, 4) > 0;
  one->start = START + g_test_rand_int_range (0, 500);
  one->title = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (first_words));
  one->words[0] = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (first_words));
  one->words[1] = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (second_words));
  text = g_strdup_printf ("%s %s", first_words[one->words[0]], second_words[one->words[1]]);
  put_meeting (index, row, one->start, first_words[one->title], one->is_there ? text : NULL);
}

static gboolean
has_word (const Known *known,
          const char  *word)
{
  return g_str_has_prefix (first_words[known->title], word)
         || g_str_has_prefix (first_words[known->words[0]], word)
         || g_str_has_prefix (second_words[known->words[1]], word);
}

static void
compare (TptSearchIndex *index,
         const Known    *known,
         const char     *first,
         const char     *second)
{
  g_autofree char *text = g_strdup_printf ("%s %s", first, second);
  g_autoptr (GArray) hits = tpt_search_index_find (index, text, 0);
  guint expected = 0;

  for (guint i = 0; i < ROWS; i++)
    expected += known[i].is_there && has_word (&known[i], first) && has_word (&known[i], second);
  g_assert_cmpuint (hits->len, ==, expected);
  for (guint i = 0; i < hits->len; i++)
    {
      gint64 row = g_array_index (hits, TptSearchHit, i).meeting;
      gint64 before = i > 0 ? g_array_index (hits, TptSearchHit, i - 1).meeting : row;

      g_assert_true (known[row].is_there);
      g_assert_true (has_word (&known[row], first) && has_word (&known[row], second));
      g_assert_cmpint (known[row].start, <=, known[before].start);
      g_assert_true (i == 0 || known[row].start < known[before].start || row > before);
    }
}

/* Whatever was put and taken away, and whenever it was asked: it finds what a look through
 * everything would find, in the order that it promises. */
static void
test_any_changes (void)
{
  static const char *const words[] = { "a", "an", "anna", "b", "bert", "berta", "z", "e", "acme" };
  g_autoptr (TptSearchIndex) index = tpt_search_index_new ();
  g_autofree Known *known = g_new0 (Known, ROWS);

  for (guint i = 1; i <= STEPS; i++)
    {
      change_one (index, known);
      if (i % 2000 != 0 && g_test_rand_int_range (0, 1000) > 0)
        continue;
      compare (index, known, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
               words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/search-index/order", test_order);
  g_test_add_func ("/search-index/customers", test_customers);
  g_test_add_func ("/search-index/replaced", test_replaced);
  g_test_add_func ("/search-index/pool", test_pool);
  g_test_add_func ("/search-index/any-changes", test_any_changes);

  return g_test_run ();
}
