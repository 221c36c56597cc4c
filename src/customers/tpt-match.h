/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"
#include "tpt-invitee.h"
#include "tpt-match-rule.h"

G_BEGIN_DECLS

/* Somebody whom an address may belong to. */
typedef struct
{
  TptCustomer *customer;
  TptStakeholder *stakeholder; /* NULL where only the domain fits */
  int score;                   /* 0…100, higher fits better */
  char *reason;                /* a sentence */
} TptMatchCandidate;

/* Whom an address belongs to, and why. */
typedef struct
{
  TptMatchReason reason;
  TptCustomer *customer;       /* NULL unless reason is STAKEHOLDER, DOMAIN or RULED */
  TptStakeholder *stakeholder; /* NULL unless the address is that of one at the customer */
  GPtrArray *candidates;       /* (element-type TptMatchCandidate), the best first */
} TptMatch;

#define TPT_TYPE_MATCH_INDEX (tpt_match_index_get_type ())

/* Finds customers by e-mail address. Read-only once it knows all, so any thread may ask it. */
G_DECLARE_FINAL_TYPE (TptMatchIndex, tpt_match_index, TPT, MATCH_INDEX, GObject)

TptMatchIndex *tpt_match_index_new   (const GPtrArray    *customers,
                                      const GPtrArray    *rules,
                                      const char *const  *own_domains,
                                      const char *const  *free_mail);
void           tpt_match_index_add_colleague (TptMatchIndex *self,
                                              const char    *email);
TptMatch      *tpt_match_index_match (TptMatchIndex      *self,
                                      const char         *email);
void           tpt_match_add_candidate (TptMatch         *match,
                                        TptCustomer      *customer,
                                        TptStakeholder   *stakeholder,
                                        int               score,
                                        char             *reason);
void           tpt_match_free        (TptMatch           *match);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptMatch, tpt_match_free)

G_END_DECLS
