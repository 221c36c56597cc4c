/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_MATCH_RULE (tpt_match_rule_get_type ())

G_DECLARE_FINAL_TYPE (TptMatchRule, tpt_match_rule, TPT, MATCH_RULE, GObject)

/**
 * TptMatchRuleKind:
 * @TPT_MATCH_RULE_EMAIL: one address
 * @TPT_MATCH_RULE_DOMAIN: a domain and those below it
 * @TPT_MATCH_RULE_NAME: another name that lists give a customer
 * @TPT_MATCH_RULE_EXTERNAL_ID: another external id that lists give a customer
 *
 * Stored as numbers.
 */
typedef enum
{
  TPT_MATCH_RULE_EMAIL,
  TPT_MATCH_RULE_DOMAIN,
  TPT_MATCH_RULE_NAME,
  TPT_MATCH_RULE_EXTERNAL_ID,
} TptMatchRuleKind;

/* What a person said once for all: whom something stands for. Filled by who makes it, read-only
 * from then on. */
struct _TptMatchRule
{
  GObject parent_instance;

  gint64 id;               /* row, 0 before it was stored */
  TptMatchRuleKind kind;
  char *pattern;           /* the address or domain, normalized; the name or id as it was given */
  gint64 customer;         /* row; 0: whom it fits is nobody's customer */
  TptTime created_at;
};

TptMatchRule *tpt_match_rule_new            (TptMatchRuleKind  kind,
                                             const char       *pattern,
                                             gint64            customer);
const char   *tpt_match_rule_kind_to_string (TptMatchRuleKind  kind);

G_END_DECLS
