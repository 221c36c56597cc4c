/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-rule.h"

G_DEFINE_FINAL_TYPE (TptMatchRule, tpt_match_rule, G_TYPE_OBJECT)

static void
tpt_match_rule_finalize (GObject *object)
{
  TptMatchRule *self = TPT_MATCH_RULE (object);

  g_free (self->pattern);

  G_OBJECT_CLASS (tpt_match_rule_parent_class)->finalize (object);
}

static void
tpt_match_rule_class_init (TptMatchRuleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_match_rule_finalize;
}

static void
tpt_match_rule_init (TptMatchRule *self)
{
}

/** tpt_match_rule_new: @customer 0 says that whom it fits is nobody's customer */
TptMatchRule *
tpt_match_rule_new (TptMatchRuleKind  kind,
                    const char       *pattern,
                    gint64            customer)
{
  TptMatchRule *self;

  g_return_val_if_fail (pattern != NULL, NULL);

  self = g_object_new (TPT_TYPE_MATCH_RULE, NULL);
  self->kind = kind;
  self->pattern = g_strdup (pattern);
  self->customer = customer;

  return self;
}

/** tpt_match_rule_kind_to_string: the word for @kind that stands in JSON */
const char *
tpt_match_rule_kind_to_string (TptMatchRuleKind kind)
{
  switch (kind)
    {
    case TPT_MATCH_RULE_EMAIL:
      return "email";
    case TPT_MATCH_RULE_DOMAIN:
      return "domain";
    case TPT_MATCH_RULE_NAME:
      return "name";
    case TPT_MATCH_RULE_EXTERNAL_ID:
      return "external_id";
    default:
      g_return_val_if_reached (NULL);
    }
}
