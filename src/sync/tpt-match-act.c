/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-act.h"

#include <string.h>

G_DEFINE_QUARK (tpt-match-act-error-quark, tpt_match_act_error)

TptMatchAct *
tpt_match_act_new (TptMatchActKind kind)
{
  TptMatchAct *self = g_new0 (TptMatchAct, 1);

  self->kind = kind;

  return self;
}

static GStrv
copy_list (const char *const *list)
{
  return list != NULL ? g_strdupv ((char **) list) : g_new0 (char *, 1);
}

TptMatchAct *
tpt_match_act_new_assign (const char *const *invitees,
                          gint64             customer)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_ASSIGN);

  self->invitees = copy_list (invitees);
  self->customer = customer;

  return self;
}

/** tpt_match_act_new_identify: assigns, and gives the stakeholder their addresses */
TptMatchAct *
tpt_match_act_new_identify (const char *const *invitees,
                            gint64             customer,
                            gint64             stakeholder)
{
  TptMatchAct *self = tpt_match_act_new_assign (invitees, customer);

  self->stakeholder = stakeholder;

  return self;
}

TptMatchAct *
tpt_match_act_new_ignore (const char *const *invitees)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_IGNORE);

  self->invitees = copy_list (invitees);

  return self;
}

TptMatchAct *
tpt_match_act_new_reset (const char *const *invitees)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_RESET);

  self->invitees = copy_list (invitees);

  return self;
}

/** tpt_match_act_new_rule: @pattern with an @ is an address, else a domain; @customer 0: nobody */
TptMatchAct *
tpt_match_act_new_rule (const char *pattern,
                        gint64      customer)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_RULE);

  self->pattern = g_strdup (pattern);
  self->rule = strchr (pattern, '@') != NULL ? TPT_MATCH_RULE_EMAIL : TPT_MATCH_RULE_DOMAIN;
  self->customer = customer;

  return self;
}

TptMatchAct *
tpt_match_act_new_forget_rule (const char *pattern)
{
  TptMatchAct *self = tpt_match_act_new_rule (pattern, 0);

  self->kind = TPT_MATCH_ACT_FORGET_RULE;

  return self;
}

/** tpt_match_act_new_create: @invitees may be %NULL: then history finds its way by the rules */
TptMatchAct *
tpt_match_act_new_create (TptCustomer       *draft,
                          const char *const *invitees)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_CREATE);

  self->draft = g_object_ref (draft);
  self->invitees = copy_list (invitees);

  return self;
}

/** tpt_match_act_new_merge: @other becomes part of @customer */
TptMatchAct *
tpt_match_act_new_merge (gint64 customer,
                         gint64 other)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_MERGE);

  self->customer = customer;
  self->other = other;

  return self;
}

TptMatchAct *
tpt_match_act_new_split (gint64             customer,
                         TptCustomer       *draft,
                         const char *const *domains,
                         const char *const *people)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_SPLIT);

  self->customer = customer;
  self->draft = g_object_ref (draft);
  self->domains = copy_list (domains);
  self->people = copy_list (people);

  return self;
}

TptMatchAct *
tpt_match_act_new_emails (gint64             customer,
                          gint64             stakeholder,
                          const char *const *emails)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_EMAILS);

  self->customer = customer;
  self->stakeholder = stakeholder;
  self->emails = copy_list (emails);

  return self;
}

/** tpt_match_act_new_person: @parts: what was written; of somebody new everything is */
TptMatchAct *
tpt_match_act_new_person (gint64               customer,
                          TptStakeholder      *person,
                          TptStakeholderParts  parts)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_PERSON);

  self->customer = customer;
  self->person = g_object_ref (person);
  self->parts = parts;

  return self;
}

TptMatchAct *
tpt_match_act_new_remove_person (gint64 customer,
                                 gint64 stakeholder)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_REMOVE_PERSON);

  self->customer = customer;
  self->stakeholder = stakeholder;

  return self;
}

/** tpt_match_act_new_customer: @draft: in the row of the one that is meant */
TptMatchAct *
tpt_match_act_new_customer (TptCustomer      *draft,
                            TptCustomerParts  parts)
{
  TptMatchAct *self = tpt_match_act_new (TPT_MATCH_ACT_CUSTOMER);

  self->customer = draft->id;
  self->draft = g_object_ref (draft);
  self->parts = parts;

  return self;
}

void
tpt_match_act_free (TptMatchAct *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->invitees);
  g_free (self->pattern);
  g_clear_object (&self->draft);
  g_clear_object (&self->person);
  g_strfreev (self->domains);
  g_strfreev (self->people);
  g_strfreev (self->emails);
  g_free (self);
}
