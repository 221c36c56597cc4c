/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-person-emails.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-email-list.h"
#include "tpt-email.h"
#include "tpt-match-act.h"

/* @wanted: gets @text, in its normal form */
static gboolean
add_email (TptStakeholder  *wanted,
           TptCustomer     *customer,
           TptStakeholder  *person,
           const char      *text,
           GError         **error)
{
  g_autofree char *email = NULL;
  g_autofree char *problem = tpt_email_list_find_problem (customer, person, text, &email);

  if (problem == NULL)
    {
      tpt_stakeholder_add_email (wanted, email);
      return TRUE;
    }
  g_set_error (error, TPT_MATCH_ACT_ERROR,
               email == NULL ? TPT_MATCH_ACT_ERROR_INVALID : TPT_MATCH_ACT_ERROR_EXISTS, "%s.",
               problem);

  return FALSE;
}

/** tpt_person_emails_find: (transfer none): who of @customer's has that row */
TptStakeholder *
tpt_person_emails_find (TptCustomer  *customer,
                        gint64        row,
                        GError      **error)
{
  TptStakeholder *person = tpt_customer_get_stakeholder (customer, row);

  if (person == NULL)
    g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND,
                         _("This stakeholder is not there any more."));

  return person;
}

/**
 * tpt_person_emails_check:
 * @person: (nullable): one of @customer's; %NULL for somebody who is to come
 * @wanted: gets @emails, in their normal form
 */
gboolean
tpt_person_emails_check (TptCustomer        *customer,
                         TptStakeholder     *person,
                         const char *const  *emails,
                         TptStakeholder     *wanted,
                         GError            **error)
{
  for (; *emails != NULL; emails++)
    {
      if (!add_email (wanted, customer, person, *emails, error))
        return FALSE;
    }

  return TRUE;
}

/** tpt_person_emails_check_name: who has neither name nor address cannot be told from others */
gboolean
tpt_person_emails_check_name (const char         *name,
                              const char *const  *emails,
                              GError            **error)
{
  if (*emails != NULL || (name != NULL && *name != '\0'))
    return TRUE;
  g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID,
                       _("Who has no name needs an e-mail address."));

  return FALSE;
}

/**
 * tpt_person_emails_set:
 * @customer: as it is stored
 * @stakeholder: row of one of its people
 * @emails: all of theirs from now on, as somebody wrote them, the one to write to first
 */
gboolean
tpt_person_emails_set (TptMatchDeed       *deed,
                       TptCustomer        *customer,
                       gint64              stakeholder,
                       const char *const  *emails,
                       GError            **error)
{
  g_autoptr (TptStakeholder) wanted = tpt_stakeholder_new ();
  TptStakeholder *person = tpt_person_emails_find (customer, stakeholder, error);

  if (person == NULL
      || !tpt_person_emails_check (customer, person, emails, wanted, error)
      || !tpt_person_emails_check_name (person->name, (const char *const *) wanted->emails, error))
    return FALSE;

  return tpt_match_deed_set_emails (deed, person, (const char *const *) wanted->emails, error);
}

/**
 * tpt_person_emails_add:
 * @customer: as it is stored
 * @stakeholder: row of one of its people
 * @invitees: (element-type TptInvitee): who they were; one without a valid address is left out, as
 *   there is nothing to know them by the next time
 * @person: (out) (transfer none): who has that row
 *
 * What the invitees wrote as their addresses goes behind those that the person has.
 */
gboolean
tpt_person_emails_add (TptMatchDeed     *deed,
                       TptCustomer      *customer,
                       gint64            stakeholder,
                       const GPtrArray  *invitees,
                       TptStakeholder  **person,
                       GError          **error)
{
  g_autoptr (TptStakeholder) wanted = tpt_stakeholder_new ();

  *person = tpt_person_emails_find (customer, stakeholder, error);
  if (*person == NULL)
    return FALSE;
  tpt_stakeholder_set_emails (wanted, (const char *const *) (*person)->emails);
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);
      g_autofree char *written = tpt_email_normalize (invitee->email);

      if (written != NULL && !add_email (wanted, customer, *person, written, error))
        return FALSE;
    }

  return tpt_match_deed_set_emails (deed, *person, (const char *const *) wanted->emails, error);
}
