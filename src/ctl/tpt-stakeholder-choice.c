/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-stakeholder-choice.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-error.h"
#include "tpt-directory.h"
#include "tpt-email.h"

/**
 * tpt_stakeholder_choice_find:
 * @text: any of their e-mail addresses, or a name that only one of them has
 *
 * Returns: (transfer none) (nullable): or %NULL with %TPT_COMMAND_ERROR_NOT_FOUND
 */
TptStakeholder *
tpt_stakeholder_choice_find (TptCustomer  *customer,
                             const char   *text,
                             GError      **error)
{
  g_autofree char *email = tpt_email_normalize (text);
  TptStakeholder *found = tpt_customer_find_stakeholder (customer, email);

  for (guint i = 0; email == NULL && i < customer->stakeholders->len; i++)
    {
      TptStakeholder *person = g_ptr_array_index (customer->stakeholders, i);

      if (!tpt_directory_is_called (person->name, text))
        continue;
      if (found != NULL)
        {
          g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                       _("Several stakeholders of %s are called “%s”; give an e-mail address."),
                       customer->name, text);
          return NULL;
        }
      found = person;
    }
  if (found == NULL)
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("%s has no stakeholder “%s”."), customer->name, text);

  return found;
}
