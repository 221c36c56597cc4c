/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-item.h"

#include "tpt-search-key.h"

struct _TptCustomerItem
{
  GObject parent_instance;

  TptCustomer *customer;
  TptMetrics *metrics;
  char *key;
  char *sort_key;
  char *search_key;        /* NULL until somebody searches */
};

enum
{
  PROP_CUSTOMER = 1,
  PROP_METRICS,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TptCustomerItem, tpt_customer_item, G_TYPE_OBJECT)

static char *
make_search_key (TptCustomer *customer)
{
  GString *key = g_string_new (NULL);
  GHashTableIter fields;
  gpointer value;

  tpt_search_key_append (key, customer->name);
  for (gsize i = 0; customer->domains[i] != NULL; i++)
    tpt_search_key_append (key, customer->domains[i]);
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      tpt_search_key_append (key, stakeholder->name);
      for (char **email = stakeholder->emails; *email != NULL; email++)
        tpt_search_key_append (key, *email);
    }
  g_hash_table_iter_init (&fields, customer->fields);
  while (g_hash_table_iter_next (&fields, NULL, &value))
    tpt_search_key_append (key, value);

  return g_string_free (key, FALSE);
}

static void
tpt_customer_item_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TptCustomerItem *self = TPT_CUSTOMER_ITEM (object);

  switch (property_id)
    {
    case PROP_CUSTOMER:
      g_value_set_object (value, self->customer);
      break;
    case PROP_METRICS:
      g_value_set_object (value, self->metrics);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->customer->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_customer_item_finalize (GObject *object)
{
  TptCustomerItem *self = TPT_CUSTOMER_ITEM (object);

  g_clear_object (&self->customer);
  g_clear_object (&self->metrics);
  g_free (self->key);
  g_free (self->sort_key);
  g_free (self->search_key);

  G_OBJECT_CLASS (tpt_customer_item_parent_class)->finalize (object);
}

static void
tpt_customer_item_class_init (TptCustomerItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tpt_customer_item_get_property;
  object_class->finalize = tpt_customer_item_finalize;

  properties[PROP_CUSTOMER] = g_param_spec_object ("customer", NULL, NULL, TPT_TYPE_CUSTOMER,
                                                   flags);
  properties[PROP_METRICS] = g_param_spec_object ("metrics", NULL, NULL, TPT_TYPE_METRICS, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tpt_customer_item_init (TptCustomerItem *self)
{
}

TptCustomerItem *
tpt_customer_item_new (TptCustomer *customer)
{
  TptCustomerItem *self;

  g_return_val_if_fail (TPT_IS_CUSTOMER (customer), NULL);

  self = g_object_new (TPT_TYPE_CUSTOMER_ITEM, NULL);
  self->key = g_strdup_printf ("%" G_GINT64_FORMAT, customer->id);
  tpt_customer_item_set_customer (self, customer);

  return self;
}

gint64
tpt_customer_item_get_id (TptCustomerItem *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), 0);

  return self->customer->id;
}

/** tpt_customer_item_get_key: the row as a text, which a TptObjectList knows the item by */
const char *
tpt_customer_item_get_key (TptCustomerItem *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), NULL);

  return self->key;
}

const char *
tpt_customer_item_get_name (TptCustomerItem *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), NULL);

  return self->customer->name;
}

/** tpt_customer_item_get_sort_key: the name as the user's language sorts it, for strcmp () */
const char *
tpt_customer_item_get_sort_key (TptCustomerItem *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), NULL);

  return self->sort_key;
}

TptCustomer *
tpt_customer_item_get_customer (TptCustomerItem *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), NULL);

  return self->customer;
}

void
tpt_customer_item_set_customer (TptCustomerItem *self,
                                TptCustomer     *customer)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (TPT_IS_CUSTOMER_ITEM (self));
  g_return_if_fail (TPT_IS_CUSTOMER (customer));

  if (!g_set_object (&self->customer, customer))
    return;
  g_clear_pointer (&self->search_key, g_free);
  folded = tpt_search_key_fold (customer->name);
  g_free (self->sort_key);
  self->sort_key = g_utf8_collate_key (folded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CUSTOMER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * tpt_customer_item_get_metrics:
 *
 * (transfer none) (nullable): the figures of 90 days; %NULL until they are counted
 */
TptMetrics *
tpt_customer_item_get_metrics (TptCustomerItem *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), NULL);

  return self->metrics;
}

void
tpt_customer_item_set_metrics (TptCustomerItem *self,
                               TptMetrics      *metrics)
{
  g_return_if_fail (TPT_IS_CUSTOMER_ITEM (self));

  if (g_set_object (&self->metrics, metrics))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_METRICS]);
}

/**
 * tpt_customer_item_matches:
 * @words: as tpt_search_key_split () makes them
 *
 * Returns: whether every word is part of the name, a domain, or a stakeholder's name or e-mail
 */
gboolean
tpt_customer_item_matches (TptCustomerItem  *self,
                           char            **words)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), FALSE);

  if (self->search_key == NULL)
    self->search_key = make_search_key (self->customer);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (strstr (self->search_key, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_customer_item_get_attention:
 *
 * Returns: how much the customer needs to be looked after, the most first: what is missing of
 *   full health, and more where the cadence has run out with nothing booked. Customers without
 *   figures stand in the middle, inactive ones last.
 */
double
tpt_customer_item_get_attention (TptCustomerItem *self)
{
  TptMetrics *metrics;
  double attention = 40;

  g_return_val_if_fail (TPT_IS_CUSTOMER_ITEM (self), 0);

  metrics = self->metrics;
  if (self->customer->status == TPT_CUSTOMER_INACTIVE)
    return -1;
  if (metrics == NULL)
    return attention;
  if (metrics->health.score.defined)
    attention = 100 - metrics->health.score.value;
  if (metrics->cadence_gap_days.defined && metrics->cadence_gap_days.value > 0 && !metrics->covered)
    attention += 25 + MIN (metrics->cadence_gap_days.value, 365) / 365;

  return attention;
}
