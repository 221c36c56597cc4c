/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-roster.h"

#include "tpt-object-list.h"

struct _TptCustomerRoster
{
  TptObjectList *items;
  GHashTable *by_row;      /* gint64 * → TptCustomerItem, owned by items */
};

TptCustomerRoster *
tpt_customer_roster_new (void)
{
  TptCustomerRoster *self = g_new0 (TptCustomerRoster, 1);

  self->items = tpt_object_list_new (TPT_TYPE_CUSTOMER_ITEM,
                                     (TptObjectKeyFunc) tpt_customer_item_get_key, NULL);
  self->by_row = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

void
tpt_customer_roster_free (TptCustomerRoster *self)
{
  g_hash_table_unref (self->by_row);
  g_object_unref (self->items);
  g_free (self);
}

/** tpt_customer_roster_get_model: (transfer none): the items, in the order of the last update */
GListModel *
tpt_customer_roster_get_model (TptCustomerRoster *self)
{
  return G_LIST_MODEL (self->items);
}

/** tpt_customer_roster_find: (transfer none) (nullable): the item of the customer @row */
TptCustomerItem *
tpt_customer_roster_find (TptCustomerRoster *self,
                          gint64             row)
{
  return g_hash_table_lookup (self->by_row, &row);
}

/**
 * tpt_customer_roster_update:
 * @customers: (element-type TptCustomer): everybody who exists
 */
void
tpt_customer_roster_update (TptCustomerRoster *self,
                            const GPtrArray   *customers)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_row = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);
      TptCustomerItem *item = tpt_customer_roster_find (self, customer->id);

      if (item != NULL)
        tpt_customer_item_set_customer (g_object_ref (item), customer);
      else
        item = tpt_customer_item_new (customer);
      g_ptr_array_add (items, item);
      g_hash_table_insert (by_row, g_memdup2 (&customer->id, sizeof (gint64)), item);
    }
  g_hash_table_unref (self->by_row);
  self->by_row = g_steal_pointer (&by_row);
  tpt_object_list_update (self->items, items);
}

/**
 * tpt_customer_roster_list:
 * @rows: (nullable) (element-type gint64): whose, or %NULL for everybody
 *
 * Returns: (transfer full) (element-type TptCustomer): the customers as they are now; rows that
 *   are gone are left out
 */
GPtrArray *
tpt_customer_roster_list (TptCustomerRoster *self,
                          const GArray      *rows)
{
  GPtrArray *customers = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; rows == NULL && i < n_items; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      g_ptr_array_add (customers, g_object_ref (tpt_customer_item_get_customer (item)));
    }
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      TptCustomerItem *item = tpt_customer_roster_find (self, g_array_index (rows, gint64, i));

      if (item != NULL)
        g_ptr_array_add (customers, g_object_ref (tpt_customer_item_get_customer (item)));
    }

  return customers;
}

/**
 * tpt_customer_roster_list_due:
 *
 * Returns: (transfer full) (element-type gint64): the customers whose figures time alone may have
 *   changed: a meeting that was ahead when they were counted has begun
 */
GArray *
tpt_customer_roster_list_due (TptCustomerRoster *self,
                              TptTime            now)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      TptMetrics *metrics = tpt_customer_item_get_metrics (item);
      gint64 row = tpt_customer_item_get_id (item);

      if (metrics != NULL && metrics->next_meeting_at != TPT_TIME_NONE
          && metrics->next_meeting_at <= now)
        g_array_append_val (rows, row);
    }

  return rows;
}
