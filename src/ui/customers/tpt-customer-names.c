/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-names.h"

#include "tpt-literal.h"

struct _TptCustomerNames
{
  GListModel *customers;
  gulong changed;
  GHashTable *counts;      /* sort key → how many have it; NULL until somebody asks */
};

static void
changed_cb (TptCustomerNames *self)
{
  g_clear_pointer (&self->counts, g_hash_table_unref);
}

static void
count (TptCustomerNames *self)
{
  guint n_customers = g_list_model_get_n_items (self->customers);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n_customers; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (self->customers, i);
      const char *key = tpt_customer_item_get_sort_key (item);
      guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));

      g_hash_table_insert (self->counts, g_strdup (key), GUINT_TO_POINTER (known + 1));
    }
}

/** tpt_customer_names_new: @customers: (element-type TptCustomerItem): all of them */
TptCustomerNames *
tpt_customer_names_new (GListModel *customers)
{
  TptCustomerNames *self = g_new0 (TptCustomerNames, 1);

  self->customers = g_object_ref (customers);
  self->changed =
    g_signal_connect_swapped (customers, "items-changed", G_CALLBACK (changed_cb), self);

  return self;
}

void
tpt_customer_names_free (TptCustomerNames *self)
{
  g_clear_signal_handler (&self->changed, self->customers);
  g_object_unref (self->customers);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self);
}

/**
 * tpt_customer_names_distinguish:
 *
 * Returns: (transfer full): the name, and behind it what another of that name may not have: the
 *   first domain, and the id that the customer has elsewhere; all as it was written
 */
char *
tpt_customer_names_distinguish (TptCustomer *customer)
{
  const char *parts[] = { customer->name, NULL, NULL, NULL };
  guint n_parts = 1;

  if (customer->domains[0] != NULL)
    parts[n_parts++] = customer->domains[0];
  if (customer->external_id != NULL && *customer->external_id != '\0')
    parts[n_parts++] = customer->external_id;

  return g_strjoinv (" · ", (char **) parts);
}

/** tpt_customer_names_describe: (transfer full): for a label; the name alone where it is enough */
char *
tpt_customer_names_describe (TptCustomerNames *self,
                             TptCustomerItem  *item)
{
  const char *key = tpt_customer_item_get_sort_key (item);
  g_autofree char *text = NULL;

  if (self->counts == NULL)
    count (self);
  if (GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key)) < 2)
    return tpt_literal_line (tpt_customer_item_get_name (item));
  text = tpt_customer_names_distinguish (tpt_customer_item_get_customer (item));

  return tpt_literal_line (text);
}
