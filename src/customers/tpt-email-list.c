/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-email-list.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-email.h"
#include "tpt-text.h"

/**
 * tpt_email_list_find_problem:
 * @person: (nullable): a stakeholder of @customer; %NULL for one who is to come
 * @text: an address as somebody wrote it, for @person
 * @email: (out) (transfer full) (nullable): its normal form, %NULL where it is no address
 *
 * An address stands for one person at a customer. That another customer has it, too, is no
 * mistake: then nobody can say whose a booking is, and the match inbox asks.
 *
 * Returns: (transfer full) (nullable): a sentence without its full stop: why @person cannot have it
 */
char *
tpt_email_list_find_problem (TptCustomer     *customer,
                             TptStakeholder  *person,
                             const char      *text,
                             char           **email)
{
  TptStakeholder *other;

  g_return_val_if_fail (TPT_IS_CUSTOMER (customer), NULL);

  *email = tpt_email_normalize (text);
  if (*email == NULL)
    return g_strdup_printf (_("“%s” is not an e-mail address"), text);
  other = tpt_customer_find_stakeholder (customer, *email);
  if (other == NULL || other == person)
    return NULL;
  if (other->name != NULL && *other->name != '\0')
    /* Translators: an e-mail address, and the name of somebody else who has it */
    return g_strdup_printf (_("%s is an address of %s already"), *email, other->name);

  return g_strdup_printf (_("%s is an address of somebody else already"), *email);
}

/**
 * tpt_email_list_parse:
 * @text: addresses with a semicolon between them
 * @bad: (out) (transfer full) (nullable): the first that is no e-mail address, as it was written
 *
 * Returns: (transfer full): those that are, in their normal form, each once, in that order
 */
GStrv
tpt_email_list_parse (const char  *text,
                      char       **bad)
{
  g_autoptr (TptStakeholder) person = tpt_stakeholder_new ();
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  *bad = NULL;
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *email = tpt_email_normalize (*part);

      if (tpt_text_is_blank (*part))
        continue;
      if (email == NULL && *bad == NULL)
        *bad = tpt_text_trim (*part);
      tpt_stakeholder_add_email (person, email);
    }

  return g_strdupv (person->emails);
}
