/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-row-factory.h"

#include "tpt-customer-row.h"

/* As many as are made for a tall window. */
#define MOST_SPARE 64

/* The list item lets go of its child before it says that it is torn down. */
#define ROW "touchpoint-row"

typedef struct
{
  TptWorkspace *workspace;
  GPtrArray *spare;        /* rows that no item has at the moment */
} Maker;

static void
maker_free (gpointer  user_data,
            GClosure *closure)
{
  Maker *maker = user_data;

  g_object_unref (maker->workspace);
  g_ptr_array_unref (maker->spare);
  g_free (maker);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          Maker                    *maker)
{
  guint count = maker->spare->len;
  g_autoptr (GtkWidget) row = NULL;

  if (count > 0)
    row = g_ptr_array_steal_index_fast (maker->spare, count - 1);
  else
    row = g_object_ref_sink (tpt_customer_row_new (maker->workspace));
  gtk_list_item_set_child (list_item, row);
  g_object_set_data_full (G_OBJECT (list_item), ROW, g_steal_pointer (&row), g_object_unref);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  tpt_customer_row_set_item (TPT_CUSTOMER_ROW (gtk_list_item_get_child (list_item)),
                             gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  tpt_customer_row_set_item (TPT_CUSTOMER_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
teardown_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             Maker                    *maker)
{
  g_autoptr (GtkWidget) row = g_object_steal_data (G_OBJECT (list_item), ROW);

  if (row != NULL && maker->spare->len < MOST_SPARE)
    g_ptr_array_add (maker->spare, g_steal_pointer (&row));
}

/**
 * tpt_customer_row_factory_new:
 *
 * GTK 4.8 throws away every row of a list that changes as a whole, which it does with each letter
 * of a search, and making them anew took half of a keystroke's time: here they are kept.
 *
 * Returns: (transfer full): for items that are TptCustomerItem
 */
GtkListItemFactory *
tpt_customer_row_factory_new (TptWorkspace *workspace)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Maker *maker = g_new0 (Maker, 1);

  maker->workspace = g_object_ref (workspace);
  maker->spare = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), maker, maker_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), maker);

  return factory;
}
