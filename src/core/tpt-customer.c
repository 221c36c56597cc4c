/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer.h"

#include "tpt-customer-fields.h"

G_DEFINE_FINAL_TYPE (TptCustomer, tpt_customer, G_TYPE_OBJECT)

/* Where the text of one part is; %NULL where it is none. */
static char **
find_text (TptCustomer      *self,
           TptCustomerParts  part)
{
  switch (part)
    {
    case TPT_CUSTOMER_NAME:
      return &self->name;
    case TPT_CUSTOMER_TIER:
      return &self->tier;
    case TPT_CUSTOMER_OWNER:
      return &self->owner;
    case TPT_CUSTOMER_EXTERNAL_ID:
      return &self->external_id;
    case TPT_CUSTOMER_CADENCE:
    case TPT_CUSTOMER_STATUS:
    case TPT_CUSTOMER_RENEWAL:
    case TPT_CUSTOMER_DOMAINS:
    case TPT_CUSTOMER_FIELDS:
    default:
      return NULL;
    }
}

/* Whether a part says something; a status always does. */
static gboolean
has_part (TptCustomer      *self,
          TptCustomerParts  part)
{
  char **text = find_text (self, part);

  switch (part)
    {
    case TPT_CUSTOMER_CADENCE:
      return self->cadence_days != 0;
    case TPT_CUSTOMER_RENEWAL:
      return self->renewal_at != TPT_TIME_NONE;
    case TPT_CUSTOMER_DOMAINS:
      return self->domains[0] != NULL;
    case TPT_CUSTOMER_FIELDS:
      return g_hash_table_size (self->fields) > 0;
    case TPT_CUSTOMER_STATUS:
      return TRUE;
    case TPT_CUSTOMER_NAME:
    case TPT_CUSTOMER_TIER:
    case TPT_CUSTOMER_OWNER:
    case TPT_CUSTOMER_EXTERNAL_ID:
    default:
      return *text != NULL && **text != '\0';
    }
}

static gboolean
is_same (TptCustomer      *self,
         TptCustomer      *other,
         TptCustomerParts  part)
{
  char **mine = find_text (self, part);
  char **theirs = find_text (other, part);

  switch (part)
    {
    case TPT_CUSTOMER_CADENCE:
      return self->cadence_days == other->cadence_days;
    case TPT_CUSTOMER_STATUS:
      return self->status == other->status;
    case TPT_CUSTOMER_RENEWAL:
      return self->renewal_at == other->renewal_at;
    case TPT_CUSTOMER_DOMAINS:
      return g_strv_equal ((const char *const *) self->domains,
                           (const char *const *) other->domains);
    case TPT_CUSTOMER_FIELDS:
      return tpt_customer_fields_are_same (self, other);
    case TPT_CUSTOMER_NAME:
    case TPT_CUSTOMER_TIER:
    case TPT_CUSTOMER_OWNER:
    case TPT_CUSTOMER_EXTERNAL_ID:
    default:
      return g_strcmp0 (*mine != NULL ? *mine : "", *theirs != NULL ? *theirs : "") == 0;
    }
}

static void
copy_part (TptCustomer      *self,
           TptCustomer      *wanted,
           TptCustomerParts  part)
{
  char **text = find_text (self, part);

  switch (part)
    {
    case TPT_CUSTOMER_CADENCE:
      self->cadence_days = wanted->cadence_days;
      break;
    case TPT_CUSTOMER_STATUS:
      self->status = wanted->status;
      break;
    case TPT_CUSTOMER_RENEWAL:
      self->renewal_at = wanted->renewal_at;
      break;
    case TPT_CUSTOMER_DOMAINS:
      g_strfreev (self->domains);
      self->domains = g_strdupv (wanted->domains);
      break;
    case TPT_CUSTOMER_FIELDS:
      tpt_customer_fields_write (self, wanted);
      break;
    case TPT_CUSTOMER_NAME:
    case TPT_CUSTOMER_TIER:
    case TPT_CUSTOMER_OWNER:
    case TPT_CUSTOMER_EXTERNAL_ID:
    default:
      g_free (*text);
      *text = has_part (wanted, part) ? g_strdup (*find_text (wanted, part)) : NULL;
    }
}

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
  g_clear_pointer (&self->fields_by_hand, g_hash_table_unref);
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
  self->fields_by_hand = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stakeholders = g_ptr_array_new_with_free_func (g_object_unref);
}

TptCustomer *
tpt_customer_new (void)
{
  return g_object_new (TPT_TYPE_CUSTOMER, NULL);
}

/** tpt_customer_compare: the parts in which the two differ; an empty text is no text */
TptCustomerParts
tpt_customer_compare (TptCustomer *self,
                      TptCustomer *other)
{
  TptCustomerParts parts = 0;

  g_return_val_if_fail (TPT_IS_CUSTOMER (self), 0);
  g_return_val_if_fail (TPT_IS_CUSTOMER (other), 0);

  for (guint part = TPT_CUSTOMER_NAME; part <= TPT_CUSTOMER_FIELDS; part <<= 1)
    {
      if (!is_same (self, other, part))
        parts |= part;
    }

  return parts;
}

/**
 * tpt_customer_write:
 *
 * Gives @parts the values of @wanted, as somebody wrote them by hand. A part that was emptied is
 * open to lists again. Of fields, each is a part of its own.
 */
void
tpt_customer_write (TptCustomer      *self,
                    TptCustomer      *wanted,
                    TptCustomerParts  parts)
{
  g_return_if_fail (TPT_IS_CUSTOMER (self));
  g_return_if_fail (TPT_IS_CUSTOMER (wanted));

  for (guint part = TPT_CUSTOMER_NAME; part <= TPT_CUSTOMER_FIELDS; part <<= 1)
    {
      if ((parts & part) == 0)
        continue;
      copy_part (self, wanted, part);
      if (part == TPT_CUSTOMER_FIELDS)
        continue;
      if (has_part (wanted, part))
        self->by_hand |= part;
      else
        self->by_hand &= ~part;
    }
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

/** tpt_customer_get_stakeholder: (transfer none) (nullable): the one in that row */
TptStakeholder *
tpt_customer_get_stakeholder (TptCustomer *self,
                              gint64       row)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER (self), NULL);

  for (guint i = 0; i < self->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (self->stakeholders, i);

      if (stakeholder->id == row)
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
