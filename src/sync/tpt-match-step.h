/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"
#include "tpt-invitee.h"
#include "tpt-link.h"
#include "tpt-match-rule.h"
#include "tpt-pack.h"

G_BEGIN_DECLS

/* What is stored of each kind below, so numbers stay. */
typedef enum
{
  TPT_MATCH_STEP_INVITEE = 1,
  TPT_MATCH_STEP_RULE,
  TPT_MATCH_STEP_CUSTOMER_ADDED,
  TPT_MATCH_STEP_CUSTOMER_REMOVED,
  TPT_MATCH_STEP_CUSTOMER_FILLED,
  TPT_MATCH_STEP_STAKEHOLDER_MOVED,
  TPT_MATCH_STEP_STAKEHOLDER_REMOVED,
  TPT_MATCH_STEP_LINK_MOVED,
  TPT_MATCH_STEP_STAKEHOLDER_EMAILS,
  TPT_MATCH_STEP_STAKEHOLDER_ADDED,
  TPT_MATCH_STEP_STAKEHOLDER_CHANGED,
  TPT_MATCH_STEP_CUSTOMER_CHANGED,
  TPT_MATCH_STEP_CUSTOMER_FIELDS,
} TptMatchStepKind;

#define TPT_MATCH_STEP_NUMBERS 6
#define TPT_MATCH_STEP_TEXTS 6
#define TPT_MATCH_STEP_LISTS 3

/* One change, with what is needed to take it back. What the places hold is said beside the function
 * that makes a step of its kind. */
typedef struct
{
  TptMatchStepKind kind;
  gint64 numbers[TPT_MATCH_STEP_NUMBERS];
  char *texts[TPT_MATCH_STEP_TEXTS];
  GStrv lists[TPT_MATCH_STEP_LISTS];
} TptMatchStep;

TptMatchStep   *tpt_match_step_new             (TptMatchStepKind     kind);
TptMatchStep   *tpt_match_step_new_customer    (TptCustomer         *customer);
TptMatchStep   *tpt_match_step_new_stakeholder (TptStakeholder      *stakeholder);
void            tpt_match_step_free            (TptMatchStep        *self);
TptCustomer    *tpt_match_step_make_customer   (const TptMatchStep  *self);
TptStakeholder *tpt_match_step_make_stakeholder (const TptMatchStep *self);
void            tpt_match_step_put             (const TptMatchStep  *self,
                                                TptPack             *pack);
TptMatchStep   *tpt_match_step_take            (TptPack             *pack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptMatchStep, tpt_match_step_free)

G_END_DECLS
