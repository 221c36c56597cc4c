/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-rule.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What is not there is no error: the result is then NULL or empty. A pattern
 * has one rule at most. */

gboolean tpt_match_rules_table_list          (TptSession        *session,
                                              GPtrArray        **rules,
                                              GError           **error);
gboolean tpt_match_rules_table_list_customer (TptSession        *session,
                                              gint64             customer,
                                              GPtrArray        **rules,
                                              GError           **error);
gboolean tpt_match_rules_table_find          (TptSession        *session,
                                              TptMatchRuleKind   kind,
                                              const char        *pattern,
                                              TptMatchRule     **rule,
                                              GError           **error);
gboolean tpt_match_rules_table_save          (TptSession        *session,
                                              TptMatchRule      *rule,
                                              GError           **error);
gboolean tpt_match_rules_table_remove        (TptSession        *session,
                                              gint64             row,
                                              GError           **error);

G_END_DECLS
