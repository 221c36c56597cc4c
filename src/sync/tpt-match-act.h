/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"
#include "tpt-match-deed.h"
#include "tpt-match-rule.h"
#include "tpt-store.h"

G_BEGIN_DECLS

#define TPT_MATCH_ACT_ERROR (tpt_match_act_error_quark ())

/**
 * TptMatchActError:
 * @TPT_MATCH_ACT_ERROR_NOT_FOUND: an invitee, a customer, a rule or somebody named is not there
 * @TPT_MATCH_ACT_ERROR_INVALID: an address or a domain that no rule can be about
 * @TPT_MATCH_ACT_ERROR_EXISTS: there is a customer of that name, or an address is somebody else's
 * @TPT_MATCH_ACT_ERROR_IN_USE: what would be undone has become more than it was
 * @TPT_MATCH_ACT_ERROR_NOTHING: there is nothing to undo, or something else was done since
 *
 * Messages are sentences for people.
 */
typedef enum
{
  TPT_MATCH_ACT_ERROR_NOT_FOUND,
  TPT_MATCH_ACT_ERROR_INVALID,
  TPT_MATCH_ACT_ERROR_EXISTS,
  TPT_MATCH_ACT_ERROR_IN_USE,
  TPT_MATCH_ACT_ERROR_NOTHING,
} TptMatchActError;

GQuark tpt_match_act_error_quark (void);

/**
 * TptMatchActKind:
 * @TPT_MATCH_ACT_ASSIGN: invitees belong to a customer, whatever is pulled later
 * @TPT_MATCH_ACT_IGNORE: invitees belong to nobody
 * @TPT_MATCH_ACT_RESET: invitees are matched by the rules again
 * @TPT_MATCH_ACT_RULE: an address or a domain stands for a customer, or for nobody
 * @TPT_MATCH_ACT_FORGET_RULE: no more
 * @TPT_MATCH_ACT_CREATE: a new customer, to whom invitees belong
 * @TPT_MATCH_ACT_MERGE: one customer becomes part of another
 * @TPT_MATCH_ACT_SPLIT: part of a customer becomes another
 * @TPT_MATCH_ACT_EMAILS: a stakeholder has other e-mail addresses than before
 * @TPT_MATCH_ACT_PERSON: somebody is a stakeholder, or what is known of one is written anew
 * @TPT_MATCH_ACT_REMOVE_PERSON: a stakeholder is none any more
 * @TPT_MATCH_ACT_CUSTOMER: what is known of a customer is written anew
 */
typedef enum
{
  TPT_MATCH_ACT_ASSIGN,
  TPT_MATCH_ACT_IGNORE,
  TPT_MATCH_ACT_RESET,
  TPT_MATCH_ACT_RULE,
  TPT_MATCH_ACT_FORGET_RULE,
  TPT_MATCH_ACT_CREATE,
  TPT_MATCH_ACT_MERGE,
  TPT_MATCH_ACT_SPLIT,
  TPT_MATCH_ACT_EMAILS,
  TPT_MATCH_ACT_PERSON,
  TPT_MATCH_ACT_REMOVE_PERSON,
  TPT_MATCH_ACT_CUSTOMER,
} TptMatchActKind;

/* Something to be done. What a kind has no use for is 0 or NULL. */
typedef struct
{
  TptMatchActKind kind;
  GStrv invitees;          /* URIs; with each goes its whole chain of reschedules */
  gint64 customer;         /* row: who gets what; RULE: 0 for nobody */
  gint64 other;            /* row: MERGE: who goes */
  gint64 stakeholder;      /* row: EMAILS: whose; REMOVE_PERSON; ASSIGN: who they are, or 0 */
  GStrv emails;            /* EMAILS: all of them, the one to write to first, as a person writes */
  TptMatchRuleKind rule;   /* address or domain */
  char *pattern;           /* RULE, FORGET_RULE: as a person writes it */
  TptCustomer *draft;      /* CREATE, SPLIT: the new one, row set; CUSTOMER: as it shall be */
  TptStakeholder *person;  /* PERSON: as they shall be; in row 0 a new one, whose row is set */
  guint parts;             /* CUSTOMER, PERSON: which are written, unless it is a new one */
  GStrv domains;           /* SPLIT: which go */
  GStrv people;            /* SPLIT: e-mail addresses of the stakeholders who go */
} TptMatchAct;

TptMatchAct *tpt_match_act_new             (TptMatchActKind     kind);
TptMatchAct *tpt_match_act_new_assign      (const char *const  *invitees,
                                            gint64              customer);
TptMatchAct *tpt_match_act_new_identify    (const char *const  *invitees,
                                            gint64              customer,
                                            gint64              stakeholder);
TptMatchAct *tpt_match_act_new_ignore      (const char *const  *invitees);
TptMatchAct *tpt_match_act_new_reset       (const char *const  *invitees);
TptMatchAct *tpt_match_act_new_rule        (const char         *pattern,
                                            gint64              customer);
TptMatchAct *tpt_match_act_new_forget_rule (const char         *pattern);
TptMatchAct *tpt_match_act_new_create      (TptCustomer        *draft,
                                            const char *const  *invitees);
TptMatchAct *tpt_match_act_new_merge       (gint64              customer,
                                            gint64              other);
TptMatchAct *tpt_match_act_new_split       (gint64              customer,
                                            TptCustomer        *draft,
                                            const char *const  *domains,
                                            const char *const  *people);
TptMatchAct *tpt_match_act_new_emails      (gint64              customer,
                                            gint64              stakeholder,
                                            const char *const  *emails);
TptMatchAct *tpt_match_act_new_person      (gint64               customer,
                                            TptStakeholder      *person,
                                            TptStakeholderParts  parts);
TptMatchAct *tpt_match_act_new_remove_person (gint64             customer,
                                              gint64             stakeholder);
TptMatchAct *tpt_match_act_new_customer    (TptCustomer         *draft,
                                            TptCustomerParts     parts);
void         tpt_match_act_free            (TptMatchAct        *self);
gboolean     tpt_match_act_run             (TptMatchAct        *self,
                                            TptMatchDeed       *deed,
                                            const char *const  *own_domains,
                                            const char *const  *free_mail,
                                            GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptMatchAct, tpt_match_act_free)

G_END_DECLS
