/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customer-check.h"

#include "tpt-domain.h"
#include "tpt-email.h"
#include "tpt-literal.h"
#include "tpt-text.h"

#include <glib/gi18n.h>

/* @folded: what somebody wrote, which is compared with thousands of customers at each letter */
typedef gboolean (*IsSame) (TptCustomer *other,
                            const char  *folded);

static gboolean
is_same_text (const char *text,
              const char *folded)
{
  g_autofree char *own = text != NULL ? tpt_text_fold (text) : NULL;

  return g_strcmp0 (own, folded) == 0;
}

static gboolean
has_name (TptCustomer *other,
          const char  *folded)
{
  return is_same_text (other->name, folded);
}

static gboolean
has_external (TptCustomer *other,
              const char  *folded)
{
  return is_same_text (other->external_id, folded);
}

/* Domains are kept in lower case. */
static gboolean
has_domain (TptCustomer *other,
            const char  *folded)
{
  return g_strv_contains ((const char *const *) other->domains, folded);
}

/* Returns: (transfer full) (nullable): the name of another customer of whom that is true */
static char *
find_other (TptPortfolio *portfolio,
            TptCustomer  *wanted,
            const char   *said,
            IsSame        is_same)
{
  GListModel *model = G_LIST_MODEL (portfolio);
  g_autofree char *folded = tpt_text_fold (said);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (model, i);
      TptCustomer *other = tpt_customer_item_get_customer (item);

      if (other->id != wanted->id && is_same (other, folded))
        return tpt_literal_part (other->name);
    }

  return NULL;
}

char *
tpt_customer_check_name (TptPortfolio *portfolio,
                         TptCustomer  *wanted)
{
  g_autofree char *other = NULL;

  if (wanted->name == NULL || *wanted->name == '\0')
    return g_strdup (_("A customer needs a name."));
  other = find_other (portfolio, wanted, wanted->name, has_name);

  return other != NULL ? g_strdup_printf (_("There is a customer called “%s” already."), other)
                       : NULL;
}

char *
tpt_customer_check_owner (TptCustomer *wanted)
{
  g_autofree char *email = tpt_email_normalize (wanted->owner);

  if (wanted->owner == NULL || *wanted->owner == '\0' || email != NULL)
    return NULL;

  return g_strdup_printf (_("“%s” is not an e-mail address."), wanted->owner);
}

char *
tpt_customer_check_external (TptPortfolio *portfolio,
                             TptCustomer  *wanted)
{
  g_autofree char *other = NULL;

  if (wanted->external_id == NULL || *wanted->external_id == '\0')
    return NULL;
  other = find_other (portfolio, wanted, wanted->external_id, has_external);

  return other != NULL ? g_strdup_printf (_("%s has the external ID “%s” already."), other,
                                          wanted->external_id)
                       : NULL;
}

/** tpt_customer_check_domains: those that are some get their normal form, each once */
char *
tpt_customer_check_domains (TptCustomer *wanted)
{
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *problem = NULL;

  for (char **next = wanted->domains; *next != NULL; next++)
    {
      char *domain = NULL;
      g_autofree char *found = tpt_domain_find_problem (*next, NULL, NULL, &domain);

      if (found != NULL && problem == NULL)
        /* Translators: a sentence, and its full stop */
        problem = g_strdup_printf (_("%s."), found);
      if (domain == NULL)
        domain = g_strdup (*next);
      if (g_hash_table_add (seen, domain))
        g_strv_builder_add (domains, domain);
    }
  g_strfreev (wanted->domains);
  wanted->domains = g_strv_builder_end (domains);

  return g_steal_pointer (&problem);
}

/** tpt_customer_check_twins: a domain that another has, too, which is no mistake */
char *
tpt_customer_check_twins (TptPortfolio *portfolio,
                          TptCustomer  *wanted)
{
  for (char **next = wanted->domains; *next != NULL; next++)
    {
      g_autofree char *other = find_other (portfolio, wanted, *next, has_domain);

      if (other != NULL)
        /* Translators: the name of another customer, and a domain */
        return g_strdup_printf (_("%s has %s, too: bookings from there wait in the match inbox, "
                                  "as nobody can tell whose they are."),
                                other, *next);
    }

  return NULL;
}

/** tpt_customer_check_split: (transfer full): domains as somebody wrote them, however divided */
char **
tpt_customer_check_split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " ,;\t\n", -1);
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    {
      if (**part != '\0')
        g_strv_builder_add (domains, *part);
    }

  return g_strv_builder_end (domains);
}
