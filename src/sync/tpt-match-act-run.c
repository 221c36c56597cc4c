/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-act.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-customer-draft.h"
#include "tpt-customer-union.h"
#include "tpt-customers-table.h"
#include "tpt-domain.h"
#include "tpt-email.h"
#include "tpt-hand-edit.h"
#include "tpt-invitees-table.h"
#include "tpt-match-rules-table.h"
#include "tpt-person-emails.h"
#include "tpt-text.h"

static gboolean
load_customer (TptSession   *session,
               gint64        row,
               TptCustomer **customer,
               GError      **error)
{
  if (!tpt_customers_table_load (session, row, customer, error))
    return FALSE;
  if (*customer == NULL)
    g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND,
                         _("This customer is not there any more."));

  return *customer != NULL;
}

/* The whole chain of each: a reschedule is the same meeting. */
static gboolean
list_invitees (TptMatchAct  *self,
               TptSession   *session,
               GPtrArray    *invitees,
               GError      **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **uri = self->invitees; *uri != NULL; uri++)
    {
      g_autoptr (GPtrArray) chain = NULL;

      if (!tpt_invitees_table_list_chain (session, *uri, &chain, error))
        return FALSE;
      if (chain->len == 0)
        {
          g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND,
                       _("There is no invitee %s."), *uri);
          return FALSE;
        }
      for (guint i = 0; i < chain->len; i++)
        {
          TptInvitee *invitee = g_ptr_array_index (chain, i);

          if (g_hash_table_add (seen, invitee->uri))
            g_ptr_array_add (invitees, g_object_ref (invitee));
        }
    }

  return TRUE;
}

/* @person: who all of them are, or %NULL where the address tells */
static TptStakeholder *
find_person (TptCustomer    *customer,
             TptStakeholder *person,
             TptInvitee     *invitee)
{
  g_autofree char *email = person == NULL ? tpt_email_normalize (invitee->email) : NULL;

  return person != NULL ? person : tpt_customer_find_stakeholder (customer, email);
}

static gboolean
choose (const GPtrArray  *invitees,
        TptMatchDeed     *deed,
        TptCustomer      *customer,
        TptStakeholder   *known,
        TptMatchReason    reason,
        GError          **error)
{
  for (guint i = 0; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);
      TptStakeholder *person = customer != NULL ? find_person (customer, known, invitee) : NULL;

      if (!tpt_match_deed_choose (deed, invitee, customer != NULL ? customer->id : 0,
                                  person != NULL ? person->id : 0, reason, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
choose_all (TptMatchAct     *self,
            TptMatchDeed    *deed,
            TptCustomer     *customer,
            TptMatchReason   reason,
            GError         **error)
{
  g_autoptr (GPtrArray) invitees = g_ptr_array_new_with_free_func (g_object_unref);

  return list_invitees (self, tpt_match_deed_get_session (deed), invitees, error)
         && choose (invitees, deed, customer, NULL, reason, error);
}

static gboolean
identify (TptMatchAct   *self,
          TptMatchDeed  *deed,
          GError       **error)
{
  TptSession *session = tpt_match_deed_get_session (deed);
  g_autoptr (GPtrArray) invitees = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TptCustomer) customer = NULL;
  TptStakeholder *person;

  return load_customer (session, self->customer, &customer, error)
         && list_invitees (self, session, invitees, error)
         && tpt_person_emails_add (deed, customer, self->stakeholder, invitees, &person, error)
         && choose (invitees, deed, customer, person, TPT_MATCH_MANUAL, error);
}

static gboolean
set_emails (TptMatchAct   *self,
            TptMatchDeed  *deed,
            GError       **error)
{
  g_autoptr (TptCustomer) customer = NULL;

  return load_customer (tpt_match_deed_get_session (deed), self->customer, &customer, error)
         && tpt_person_emails_set (deed, customer, self->stakeholder,
                                   (const char *const *) self->emails, error);
}

static gboolean
assign (TptMatchAct   *self,
        TptMatchDeed  *deed,
        GError       **error)
{
  g_autoptr (TptCustomer) customer = NULL;

  if (self->stakeholder != 0)
    return identify (self, deed, error);

  return load_customer (tpt_match_deed_get_session (deed), self->customer, &customer, error)
         && choose_all (self, deed, customer, TPT_MATCH_MANUAL, error);
}

/* Returns: (transfer full) (nullable): the pattern in its normal form */
static char *
normalize_pattern (TptMatchAct        *self,
                   const char *const  *own_domains,
                   const char *const  *free_mail,
                   GError            **error)
{
  gboolean is_domain = self->rule == TPT_MATCH_RULE_DOMAIN;
  g_autofree char *pattern =
    is_domain ? tpt_domain_normalize (self->pattern) : tpt_email_normalize (self->pattern);
  g_autofree char *domain = NULL;
  g_autofree char *problem = NULL;

  if (pattern == NULL)
    {
      g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID,
                   _("“%s” is neither an e-mail address nor a domain."), self->pattern);
      return NULL;
    }
  if (!is_domain || self->kind == TPT_MATCH_ACT_FORGET_RULE)
    return g_steal_pointer (&pattern);

  /* Whoever writes from one's own domain, or from anywhere, may be set aside but is no customer. */
  if (self->customer != 0)
    problem = tpt_domain_find_problem (pattern, own_domains, free_mail, &domain);
  else if (tpt_domain_is_public_suffix (pattern))
    problem = tpt_domain_find_problem (pattern, NULL, NULL, &domain);
  if (problem == NULL)
    return g_steal_pointer (&pattern);
  g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID, problem);

  return NULL;
}

static gboolean
set_rule (TptMatchAct        *self,
          TptMatchDeed       *deed,
          const char *const  *own_domains,
          const char *const  *free_mail,
          GError            **error)
{
  g_autofree char *pattern = normalize_pattern (self, own_domains, free_mail, error);
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (TptMatchRule) rule = NULL;

  if (pattern == NULL
      || (self->customer != 0
          && !load_customer (tpt_match_deed_get_session (deed), self->customer, &customer, error)))
    return FALSE;
  rule = tpt_match_rule_new (self->rule, pattern, self->customer);

  return tpt_match_deed_set_rule (deed, rule, error);
}

static gboolean
forget_rule (TptMatchAct   *self,
             TptMatchDeed  *deed,
             GError       **error)
{
  g_autofree char *pattern = normalize_pattern (self, NULL, NULL, error);
  g_autoptr (TptMatchRule) rule = NULL;

  if (pattern == NULL
      || !tpt_match_rules_table_find (tpt_match_deed_get_session (deed), self->rule, pattern,
                                      &rule, error))
    return FALSE;
  if (rule == NULL)
    {
      g_set_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND,
                   _("There is no rule about %s."), pattern);
      return FALSE;
    }

  return tpt_match_deed_remove_rule (deed, rule, error);
}

/* Returns: (transfer full) (nullable): what is wrong with @parts of @draft, in a sentence */
static char *
find_problem (TptCustomer        *draft,
              TptCustomerParts    parts,
              const char *const  *own_domains,
              const char *const  *free_mail)
{
  g_autofree char *owner = tpt_email_normalize (draft->owner);
  g_autofree char *name = g_steal_pointer (&draft->name);

  draft->name = tpt_text_line (name != NULL ? name : "");
  if ((parts & TPT_CUSTOMER_NAME) != 0 && *draft->name == '\0')
    return g_strdup (_("A customer needs a name."));
  if ((parts & TPT_CUSTOMER_OWNER) != 0 && draft->owner != NULL && owner == NULL)
    return g_strdup_printf (_("“%s” is not an e-mail address."), draft->owner);
  if ((parts & TPT_CUSTOMER_DOMAINS) != 0)
    return tpt_customer_draft_check_domains (draft, own_domains, free_mail);

  return NULL;
}

static gboolean
check_draft (TptMatchAct        *self,
             TptSession         *session,
             const char *const  *own_domains,
             const char *const  *free_mail,
             GError            **error)
{
  const TptCustomerParts parts = TPT_CUSTOMER_NAME | TPT_CUSTOMER_OWNER | TPT_CUSTOMER_EXTERNAL_ID
                                 | TPT_CUSTOMER_DOMAINS;
  g_autofree char *problem = find_problem (self->draft, parts, own_domains, free_mail);

  if (problem != NULL)
    {
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID, problem);
      return FALSE;
    }

  return tpt_hand_edit_check_customer (session, self->draft, parts, error);
}

static gboolean
create (TptMatchAct        *self,
        TptMatchDeed       *deed,
        const char *const  *own_domains,
        const char *const  *free_mail,
        GError            **error)
{
  return check_draft (self, tpt_match_deed_get_session (deed), own_domains, free_mail, error)
         && tpt_match_deed_add_customer (deed, self->draft, error)
         && choose_all (self, deed, self->draft, TPT_MATCH_MANUAL, error);
}

static gboolean
write_person (TptMatchAct   *self,
              TptMatchDeed  *deed,
              GError       **error)
{
  g_autoptr (TptCustomer) customer = NULL;

  if (!load_customer (tpt_match_deed_get_session (deed), self->customer, &customer, error))
    return FALSE;

  return self->person->id == 0
           ? tpt_hand_edit_add_person (deed, customer, self->person, error)
           : tpt_hand_edit_change_person (deed, customer, self->person, self->parts, error);
}

static gboolean
remove_person (TptMatchAct   *self,
               TptMatchDeed  *deed,
               GError       **error)
{
  g_autoptr (TptCustomer) customer = NULL;

  return load_customer (tpt_match_deed_get_session (deed), self->customer, &customer, error)
         && tpt_hand_edit_remove_person (deed, customer, self->stakeholder, error);
}

static gboolean
write_customer (TptMatchAct        *self,
                TptMatchDeed       *deed,
                const char *const  *own_domains,
                const char *const  *free_mail,
                GError            **error)
{
  g_autoptr (TptCustomer) customer = NULL;
  g_autofree char *problem = NULL;

  if (!load_customer (tpt_match_deed_get_session (deed), self->customer, &customer, error))
    return FALSE;
  problem = find_problem (self->draft, self->parts, own_domains, free_mail);
  if (problem != NULL)
    {
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID, problem);
      return FALSE;
    }

  return tpt_hand_edit_change_customer (deed, customer, self->draft, self->parts, error);
}

static gboolean
merge (TptMatchAct   *self,
       TptMatchDeed  *deed,
       GError       **error)
{
  TptSession *session = tpt_match_deed_get_session (deed);
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (TptCustomer) other = NULL;

  if (!load_customer (session, self->customer, &customer, error)
      || !load_customer (session, self->other, &other, error))
    return FALSE;
  if (customer->id == other->id)
    {
      g_set_error_literal (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID,
                           _("A customer cannot be merged with itself."));
      return FALSE;
    }

  return tpt_customer_union_merge (deed, customer, other, error);
}

static gboolean
split (TptMatchAct        *self,
       TptMatchDeed       *deed,
       const char *const  *own_domains,
       const char *const  *free_mail,
       GError            **error)
{
  TptSession *session = tpt_match_deed_get_session (deed);
  g_autoptr (TptCustomer) customer = NULL;

  return load_customer (session, self->customer, &customer, error)
         && check_draft (self, session, own_domains, free_mail, error)
         && tpt_customer_union_split (deed, customer, self->draft,
                                      (const char *const *) self->domains,
                                      (const char *const *) self->people, error);
}

/**
 * tpt_match_act_run:
 * @own_domains: the domains of one's own organisation
 * @free_mail: domains that belong to no company, beyond the built-in list
 *
 * On the store's thread. History has to be matched again afterwards.
 */
gboolean
tpt_match_act_run (TptMatchAct        *self,
                   TptMatchDeed       *deed,
                   const char *const  *own_domains,
                   const char *const  *free_mail,
                   GError            **error)
{
  switch (self->kind)
    {
    case TPT_MATCH_ACT_ASSIGN:
      return assign (self, deed, error);
    case TPT_MATCH_ACT_IGNORE:
      return choose_all (self, deed, NULL, TPT_MATCH_IGNORED, error);
    case TPT_MATCH_ACT_RESET:
      return choose_all (self, deed, NULL, TPT_MATCH_NONE, error);
    case TPT_MATCH_ACT_RULE:
      return set_rule (self, deed, own_domains, free_mail, error);
    case TPT_MATCH_ACT_FORGET_RULE:
      return forget_rule (self, deed, error);
    case TPT_MATCH_ACT_CREATE:
      return create (self, deed, own_domains, free_mail, error);
    case TPT_MATCH_ACT_MERGE:
      return merge (self, deed, error);
    case TPT_MATCH_ACT_SPLIT:
      return split (self, deed, own_domains, free_mail, error);
    case TPT_MATCH_ACT_EMAILS:
      return set_emails (self, deed, error);
    case TPT_MATCH_ACT_PERSON:
      return write_person (self, deed, error);
    case TPT_MATCH_ACT_REMOVE_PERSON:
      return remove_person (self, deed, error);
    case TPT_MATCH_ACT_CUSTOMER:
      return write_customer (self, deed, own_domains, free_mail, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}
