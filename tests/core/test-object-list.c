/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer.h"
#include "tpt-object-list.h"
#include "tpt-test.h"

static const char *
get_key (gpointer object)
{
  return TPT_CUSTOMER (object)->name;
}

static gboolean
is_equal (gpointer a,
          gpointer b)
{
  return TPT_CUSTOMER (a)->cadence_days == TPT_CUSTOMER (b)->cadence_days;
}

/* A customer for each letter; an upper-case one is the same with something changed. */
static GPtrArray *
make_items (const char *letters)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *letters != '\0'; letters++)
    {
      TptCustomer *customer = tpt_customer_new ();

      customer->name = g_strdup_printf ("%c", g_ascii_tolower (*letters));
      customer->cadence_days = g_ascii_isupper (*letters) ? 1 : 0;
      g_ptr_array_add (items, customer);
    }

  return items;
}

static void
update (TptObjectList *list,
        const char    *letters)
{
  g_autoptr (GPtrArray) items = make_items (letters);

  tpt_object_list_update (list, items);
}

typedef struct
{
  guint count;
  guint position;
  guint removed;
  guint added;
  GString *shadow;
} Changes;

/* Follows the signal alone, as a view does. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Changes *changes = user_data;

  changes->count++;
  changes->position = position;
  changes->removed = removed;
  changes->added = added;
  g_string_erase (changes->shadow, (gssize) position, (gssize) removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TptCustomer) item = g_list_model_get_item (model, position + i);
      char letter = item->cadence_days != 0 ? g_ascii_toupper (*item->name) : *item->name;

      g_string_insert_c (changes->shadow, (gssize) (position + i), letter);
    }
}

static void
test_update (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    guint position;
    guint removed;
    guint added;
  } cases[] = {
    { "", "abc", 0, 0, 3 },    { "abc", "", 0, 3, 0 },    { "abc", "abXc", 2, 0, 1 },
    { "abc", "aBc", 1, 1, 1 }, { "abc", "bc", 0, 1, 0 },  { "abc", "ab", 2, 1, 0 },
    { "abc", "cba", 0, 3, 3 }, { "aa", "aaa", 2, 0, 1 },  { "abcd", "axyd", 1, 2, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TptObjectList *list = tpt_object_list_new (TPT_TYPE_CUSTOMER, get_key, is_equal);
      Changes changes = { .shadow = g_string_new (cases[i].before) };

      update (list, cases[i].before);
      g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
      update (list, cases[i].after);
      g_assert_cmpuint (changes.count, ==, 1);
      g_assert_cmpuint (changes.position, ==, cases[i].position);
      g_assert_cmpuint (changes.removed, ==, cases[i].removed);
      g_assert_cmpuint (changes.added, ==, cases[i].added);
      g_assert_cmpstr (changes.shadow->str, ==, cases[i].after);
      g_string_free (changes.shadow, TRUE);
      tpt_test_finalized (list);
    }
}

/* What is alike stays: the same object, and no signal. */
static void
test_unchanged (void)
{
  TptObjectList *list = tpt_object_list_new (TPT_TYPE_CUSTOMER, get_key, is_equal);
  Changes changes = { .shadow = g_string_new ("abc") };
  g_autoptr (TptCustomer) before = NULL;
  g_autoptr (TptCustomer) after = NULL;

  update (list, "abc");
  before = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  update (list, "abc");
  after = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpuint (changes.count, ==, 0);
  g_assert_true (before == after);
  g_string_free (changes.shadow, TRUE);
  tpt_test_finalized (list);
}

static void
test_model (void)
{
  TptObjectList *list = tpt_object_list_new (TPT_TYPE_CUSTOMER, get_key, NULL);

  update (list, "abc");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == TPT_TYPE_CUSTOMER);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 3));
  g_assert_cmpstr (TPT_CUSTOMER (tpt_object_list_find (list, "b"))->name, ==, "b");
  g_assert_null (tpt_object_list_find (list, "z"));
  tpt_test_finalized (list);
}

/* Any list to any other: who follows the signal ends with what is there. */
static void
test_random (void)
{
  TptObjectList *list = tpt_object_list_new (TPT_TYPE_CUSTOMER, get_key, is_equal);
  Changes changes = { .shadow = g_string_new (NULL) };

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  for (int round = 0; round < 3000; round++)
    {
      char letters[8] = { 0 };
      int length = g_test_rand_int_range (0, 8);

      for (int i = 0; i < length; i++)
        letters[i] = "abAB"[g_test_rand_int_range (0, 4)];
      update (list, letters);
      g_assert_cmpstr (changes.shadow->str, ==, letters);
    }
  g_string_free (changes.shadow, TRUE);
  tpt_test_finalized (list);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/object-list/update", test_update);
  g_test_add_func ("/object-list/unchanged", test_unchanged);
  g_test_add_func ("/object-list/model", test_model);
  g_test_add_func ("/object-list/random", test_random);

  return g_test_run ();
}
