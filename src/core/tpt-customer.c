/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer.h"

G_DEFINE_FINAL_TYPE (TptCustomer, tpt_customer, G_TYPE_OBJECT)

static void
tpt_customer_finalize (GObject *object)
{
  TptCustomer *self = TPT_CUSTOMER (object);

  g_free (self->name);
  g_strfreev (self->domains);
  g_free (self->tier);
  g_free (self->owner);
  g_free (self->external_id);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->stakeholders, g_ptr_array_unref);

  G_OBJECT_CLASS (tpt_customer_parent_class)->finalize (object);
}

static void
tpt_customer_class_init (TptCustomerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_customer_finalize;
}

static void
tpt_customer_init (TptCustomer *self)
{
  self->domains = g_new0 (char *, 1);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stakeholders = g_ptr_array_new_with_free_func (g_object_unref);
}

TptCustomer *
tpt_customer_new (void)
{
  return g_object_new (TPT_TYPE_CUSTOMER, NULL);
}

/**
 * tpt_customer_find_stakeholder:
 *
 * Returns: (transfer none) (nullable): the stakeholder with that e-mail address among theirs, in
 *   any case of its letters
 */
TptStakeholder *
tpt_customer_find_stakeholder (TptCustomer *self,
                               const char  *email)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER (self), NULL);

  for (guint i = 0; email != NULL && i < self->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (self->stakeholders, i);

      if (tpt_stakeholder_has_email (stakeholder, email))
        return stakeholder;
    }

  return NULL;
}

const char *
tpt_customer_status_to_string (TptCustomerStatus status)
{
  switch (status)
    {
    case TPT_CUSTOMER_PROSPECT:
      return "prospect";
    case TPT_CUSTOMER_INACTIVE:
      return "inactive";
    case TPT_CUSTOMER_ACTIVE:
    default:
      return "active";
    }
}
