/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>

#include "tpt-slice.h"

#define ROUNDS 2000

/* Who believes all that is told, as a list of rows does. */
typedef struct
{
  GPtrArray *items;
  guint touched;           /* by the last change */
} Listener;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Listener   *listener)
{
  g_assert_cmpuint (position + removed, <=, listener->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (listener->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (listener->items, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, listener->items->len);
  for (guint i = 0; i < listener->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_assert_true (item == g_ptr_array_index (listener->items, i));
    }
  listener->touched += removed + added;
}

static void
assert_first (Listener   *listener,
              GListModel *all,
              guint       size)
{
  g_assert_cmpuint (listener->items->len, ==, MIN (size, g_list_model_get_n_items (all)));
  for (guint i = 0; i < listener->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (all, i);

      g_assert_true (item == g_ptr_array_index (listener->items, i));
    }
}

static void
change (GListStore *all)
{
  guint total = g_list_model_get_n_items (G_LIST_MODEL (all));
  guint position = (guint) g_test_rand_int_range (0, (int) total + 1);
  guint removed = (guint) g_test_rand_int_range (0, (int) MIN (4, total - position) + 1);
  guint added = (guint) g_test_rand_int_range (0, 5);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (items, gtk_string_object_new ("item"));
  g_list_store_splice (all, position, removed, items->pdata, added);
}

/* Whatever changes, it shows the first ones, and all that it tells on the way is true. */
static void
test_follow (void)
{
  g_autoptr (GListStore) all = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (TptSlice) slice = tpt_slice_new (G_LIST_MODEL (all), 7);
  Listener listener = { .items = g_ptr_array_new_with_free_func (g_object_unref) };

  g_signal_connect (slice, "items-changed", G_CALLBACK (changed_cb), &listener);
  for (int i = 0; i < ROUNDS; i++)
    {
      if (g_test_rand_int_range (0, 8) == 0)
        tpt_slice_set_size (slice, (guint) g_test_rand_int_range (0, 14));
      else
        change (all);
      assert_first (&listener, G_LIST_MODEL (all), tpt_slice_get_size (slice));
    }
  g_ptr_array_unref (listener.items);
}

/* One that comes in is told, and the one that has no room any more; the others are left alone. */
static void
test_little (void)
{
  g_autoptr (GListStore) all = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (TptSlice) slice = NULL;
  Listener listener = { .items = g_ptr_array_new_with_free_func (g_object_unref) };

  slice = tpt_slice_new (G_LIST_MODEL (all), 50);
  g_signal_connect (slice, "items-changed", G_CALLBACK (changed_cb), &listener);
  for (int i = 0; i < 60; i++)
    {
      g_autoptr (GtkStringObject) item = gtk_string_object_new ("item");

      listener.touched = 0;
      g_list_store_insert (all, 0, item);
      g_assert_cmpuint (listener.touched, ==, i < 50 ? 1 : 2);
    }
  listener.touched = 0;
  g_list_store_remove (all, 3);
  g_assert_cmpuint (listener.touched, ==, 2);
  g_ptr_array_unref (listener.items);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/slice/follow", test_follow);
  g_test_add_func ("/ui/slice/little", test_little);

  return g_test_run ();
}
