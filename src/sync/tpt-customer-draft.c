/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-draft.h"

#include "tpt-customer-fields.h"
#include "tpt-domain.h"
#include "tpt-email-list.h"

static gboolean
fold_string (char       **known,
             const char  *said)
{
  if (g_strcmp0 (*known, said) == 0)
    return FALSE;

  g_free (*known);
  *known = g_strdup (said);

  return TRUE;
}

/* What is said; silence changes nothing. */
static gboolean
fold_known (char       **known,
            const char  *said)
{
  return said != NULL && fold_string (known, said);
}

/* What somebody wrote by hand of a person stays. */
static gboolean
fold_part (TptStakeholder       *known,
           TptStakeholderParts   part,
           char                **text,
           const char           *said)
{
  return (known->by_hand & part) == 0 && fold_known (text, said);
}

static gboolean
fold_domains (TptCustomer *customer,
              TptCustomer *draft)
{
  if (g_strv_equal ((const char *const *) customer->domains, (const char *const *) draft->domains))
    return FALSE;

  g_strfreev (customer->domains);
  customer->domains = g_strdupv (draft->domains);

  return TRUE;
}

static TptStakeholder *
find_stakeholder (TptCustomer    *customer,
                  TptStakeholder *draft)
{
  for (char **email = draft->emails; *email != NULL; email++)
    {
      TptStakeholder *known = tpt_customer_find_stakeholder (customer, *email);

      if (known != NULL)
        return known;
    }

  for (guint i = 0; *draft->emails == NULL && i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      if (g_strcmp0 (stakeholder->name, draft->name) == 0)
        return stakeholder;
    }

  return NULL;
}

/* Addresses are added, behind those that are known. One that somebody else at the customer has
 * stays there, which is told. */
static gboolean
add_emails (TptCustomer    *customer,
            TptStakeholder *known,
            TptStakeholder *draft,
            GPtrArray      *problems)
{
  gboolean changed = FALSE;

  for (char **next = draft->emails; *next != NULL; next++)
    {
      g_autofree char *email = NULL;
      char *problem = tpt_email_list_find_problem (customer, known, *next, &email);

      if (problem != NULL)
        g_ptr_array_add (problems, problem);
      else
        changed |= tpt_stakeholder_add_email (known, *next);
    }

  return changed;
}

static gboolean
fold_stakeholder (TptCustomer    *customer,
                  TptStakeholder *draft,
                  GPtrArray      *problems)
{
  TptStakeholder *known = find_stakeholder (customer, draft);
  gboolean changed;

  if (known == NULL)
    {
      g_ptr_array_add (customer->stakeholders, g_object_ref (draft));
      return TRUE;
    }

  changed = add_emails (customer, known, draft, problems);
  changed |= fold_part (known, TPT_STAKEHOLDER_NAME, &known->name, draft->name);
  changed |= fold_part (known, TPT_STAKEHOLDER_ROLE, &known->role, draft->role);
  changed |= fold_part (known, TPT_STAKEHOLDER_PHONE, &known->phone, draft->phone);
  changed |= fold_part (known, TPT_STAKEHOLDER_TIMEZONE, &known->timezone, draft->timezone);

  return changed;
}

static gboolean
add_domains (TptCustomer *customer,
             TptCustomer *draft)
{
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();
  gboolean changed = FALSE;

  g_strv_builder_addv (domains, (const char **) customer->domains);
  for (char **next = draft->domains; *next != NULL; next++)
    {
      if (g_strv_contains ((const char *const *) customer->domains, *next))
        continue;
      g_strv_builder_add (domains, *next);
      changed = TRUE;
    }
  if (!changed)
    return FALSE;
  g_strfreev (customer->domains);
  customer->domains = g_strv_builder_end (domains);

  return TRUE;
}

static TptCustomerParts
list_parts (const gboolean *has_column)
{
  static const struct
  {
    TptCustomersCsvColumn column;
    TptCustomerParts part;
  } known[] = {
    { TPT_CUSTOMERS_CSV_DOMAINS, TPT_CUSTOMER_DOMAINS },
    { TPT_CUSTOMERS_CSV_TIER, TPT_CUSTOMER_TIER },
    { TPT_CUSTOMERS_CSV_OWNER, TPT_CUSTOMER_OWNER },
    { TPT_CUSTOMERS_CSV_EXTERNAL_ID, TPT_CUSTOMER_EXTERNAL_ID },
    { TPT_CUSTOMERS_CSV_CADENCE_DAYS, TPT_CUSTOMER_CADENCE },
  };
  TptCustomerParts parts = TPT_CUSTOMER_NAME;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (has_column[known[i].column])
        parts |= known[i].part;
    }

  return parts;
}

/**
 * tpt_customer_draft_fold:
 * @customer: as it is stored, or new
 * @draft: as a list says
 * @has_column: which columns the list has; an absent one says nothing
 * @problems: (element-type utf8): gets a sentence about each address that was not taken
 *
 * Stakeholders are added and completed, never removed, and so are their addresses. What somebody
 * wrote by hand stays as it is.
 *
 * Returns: whether @customer is different now
 */
gboolean
tpt_customer_draft_fold (TptCustomer    *customer,
                         TptCustomer    *draft,
                         const gboolean *has_column,
                         GPtrArray      *problems)
{
  TptCustomerParts said = list_parts (has_column) & ~customer->by_hand;
  gboolean changed = FALSE;

  if ((said & TPT_CUSTOMER_NAME) != 0)
    changed |= fold_string (&customer->name, draft->name);
  if ((said & TPT_CUSTOMER_DOMAINS) != 0)
    changed |= fold_domains (customer, draft);
  if ((said & TPT_CUSTOMER_TIER) != 0)
    changed |= fold_string (&customer->tier, draft->tier);
  if ((said & TPT_CUSTOMER_OWNER) != 0)
    changed |= fold_string (&customer->owner, draft->owner);
  if ((said & TPT_CUSTOMER_EXTERNAL_ID) != 0)
    changed |= fold_known (&customer->external_id, draft->external_id);
  if ((said & TPT_CUSTOMER_CADENCE) != 0 && customer->cadence_days != draft->cadence_days)
    {
      customer->cadence_days = draft->cadence_days;
      changed = TRUE;
    }
  changed |= tpt_customer_fields_fold (customer, draft);
  for (guint i = 0; i < draft->stakeholders->len; i++)
    changed |= fold_stakeholder (customer, g_ptr_array_index (draft->stakeholders, i), problems);

  return changed;
}

/**
 * tpt_customer_draft_add:
 * @customer: as it is stored
 * @draft: what a list says of a part of it, which was merged into it
 * @problems: (element-type utf8): gets a sentence about each address that was not taken
 *
 * Adds domains and people and changes nothing else.
 *
 * Returns: whether @customer is different now
 */
gboolean
tpt_customer_draft_add (TptCustomer *customer,
                        TptCustomer *draft,
                        GPtrArray   *problems)
{
  gboolean changed = add_domains (customer, draft);

  for (guint i = 0; i < draft->stakeholders->len; i++)
    changed |= fold_stakeholder (customer, g_ptr_array_index (draft->stakeholders, i), problems);

  return changed;
}

static gboolean
complete_string (char       **known,
                 const char  *said)
{
  return (*known == NULL || **known == '\0') && fold_known (known, said);
}

/**
 * tpt_customer_draft_complete:
 * @customer: as it is stored
 * @draft: what somebody else knows of its people
 * @problems: (element-type utf8): gets a sentence about each address that was not taken
 *
 * Adds people and what is not known of them yet; what a person wrote stays.
 *
 * Returns: whether @customer is different now
 */
gboolean
tpt_customer_draft_complete (TptCustomer *customer,
                             TptCustomer *draft,
                             GPtrArray   *problems)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < draft->stakeholders->len; i++)
    {
      TptStakeholder *said = g_ptr_array_index (draft->stakeholders, i);
      TptStakeholder *known = find_stakeholder (customer, said);

      if (known == NULL)
        {
          g_ptr_array_add (customer->stakeholders, g_object_ref (said));
          changed = TRUE;
          continue;
        }
      changed |= add_emails (customer, known, said, problems);
      changed |= complete_string (&known->name, said->name);
      changed |= complete_string (&known->role, said->role);
      changed |= complete_string (&known->phone, said->phone);
      changed |= complete_string (&known->timezone, said->timezone);
    }

  return changed;
}

/**
 * tpt_customer_draft_check_domains:
 * @draft: its domains, as a person typed them, get their normal form
 * @own_domains: the domains of one's own organisation
 * @free_mail: domains that belong to no company, beyond the built-in list
 *
 * One that is named twice is there once.
 *
 * Returns: (transfer full) (nullable): a sentence about the first that can be no customer's
 */
char *
tpt_customer_draft_check_domains (TptCustomer       *draft,
                                  const char *const *own_domains,
                                  const char *const *free_mail)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; draft->domains[i] != NULL; i++)
    {
      g_autofree char *domain = NULL;
      char *problem =
        tpt_domain_find_problem (draft->domains[i], own_domains, free_mail, &domain);

      if (problem != NULL)
        return problem;
      if (!g_hash_table_contains (known, domain))
        g_strv_builder_add (builder, domain);
      g_hash_table_add (known, g_steal_pointer (&domain));
    }
  g_strfreev (draft->domains);
  draft->domains = g_strv_builder_end (builder);

  return NULL;
}
