/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-rules-table.h"

#include "tpt-session.h"

#define TABLE "match_rules"
#define SELECT_RULES "SELECT id, kind, customer, created_at, sealed FROM match_rules "
#define COLUMN_SEALED 4

static gint64
make_key (TptSession       *session,
          TptMatchRuleKind  kind,
          const char       *pattern)
{
  g_autofree char *purpose = g_strdup_printf ("rule %d", (int) kind);

  return tpt_session_text_key (session, purpose, pattern);
}

static TptMatchRule *
read_rule (TptSession    *session,
           TptStatement  *statement,
           GError       **error)
{
  g_autoptr (TptMatchRule) rule = g_object_new (TPT_TYPE_MATCH_RULE, NULL);
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  rule->id = tpt_statement_get_int (statement, 0);
  rule->kind = (TptMatchRuleKind) tpt_statement_get_int (statement, 1);
  rule->customer = tpt_statement_get_int (statement, 2);
  rule->created_at = tpt_statement_get_int (statement, 3);
  if (!tpt_session_unseal (session, TABLE, "sealed", rule->id, statement, COLUMN_SEALED, &pack,
                           error))
    return NULL;
  rule->pattern = tpt_pack_take_string (&pack);
  if (!tpt_session_check_pack (&pack, TABLE, rule->id, error))
    return NULL;

  return g_steal_pointer (&rule);
}

static gboolean
list_all (TptSession    *session,
          TptStatement  *statement,
          GPtrArray    **rules,
          GError       **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  while (tpt_statement_next (statement))
    {
      TptMatchRule *rule = read_rule (session, statement, error);

      if (rule == NULL)
        return FALSE;
      g_ptr_array_add (found, rule);
    }
  *rules = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

/** tpt_match_rules_table_list: (element-type TptMatchRule): all, the oldest first */
gboolean
tpt_match_rules_table_list (TptSession  *session,
                            GPtrArray  **rules,
                            GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, SELECT_RULES "ORDER BY id");

  return list_all (session, statement, rules, error);
}

gboolean
tpt_match_rules_table_list_customer (TptSession  *session,
                                     gint64       customer,
                                     GPtrArray  **rules,
                                     GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, SELECT_RULES "WHERE customer = ?1 ORDER BY id");
  tpt_statement_bind_int (statement, 1, customer);

  return list_all (session, statement, rules, error);
}

/** tpt_match_rules_table_find: in any case of its letters */
gboolean
tpt_match_rules_table_find (TptSession        *session,
                            TptMatchRuleKind   kind,
                            const char        *pattern,
                            TptMatchRule     **rule,
                            GError           **error)
{
  g_autoptr (TptStatement) statement = NULL;

  *rule = NULL;
  statement = tpt_session_get (session, SELECT_RULES "WHERE kind = ?1 AND key = ?2");
  tpt_statement_bind_int (statement, 1, kind);
  tpt_statement_bind_int (statement, 2, make_key (session, kind, pattern));
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  *rule = read_rule (session, statement, error);

  return *rule != NULL;
}

static gboolean
find_row (TptSession    *session,
          TptMatchRule  *rule,
          gint64         key,
          GError       **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session,
    "SELECT id FROM match_rules WHERE kind = ?1 AND key = ?2 UNION ALL "
    "SELECT coalesce (max (id), 0) + 1 FROM match_rules LIMIT 1");
  tpt_statement_bind_int (statement, 1, rule->kind);
  tpt_statement_bind_int (statement, 2, key);
  if (tpt_statement_next (statement))
    rule->id = tpt_statement_get_int (statement, 0);

  return tpt_statement_check (statement, error);
}

/**
 * tpt_match_rules_table_save:
 *
 * Writes @rule over the one of the same pattern, else as a new one. Sets its row, and the time of
 * creation where there is none.
 */
gboolean
tpt_match_rules_table_save (TptSession    *session,
                            TptMatchRule  *rule,
                            GError       **error)
{
  gint64 key = make_key (session, rule->kind, rule->pattern);
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };

  if (!find_row (session, rule, key, error))
    return FALSE;
  if (rule->created_at == TPT_TIME_NONE)
    rule->created_at = tpt_clock_now (session->clock);
  tpt_pack_init (&pack);
  tpt_pack_put_string (&pack, rule->pattern);
  sealed = tpt_session_seal (session, TABLE, "sealed", rule->id, &pack);
  statement = tpt_session_get (session,
    "INSERT INTO match_rules (id, kind, key, customer, created_at, sealed) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET "
    "customer = excluded.customer, created_at = excluded.created_at, sealed = excluded.sealed");
  tpt_statement_bind_int (statement, 1, rule->id);
  tpt_statement_bind_int (statement, 2, rule->kind);
  tpt_statement_bind_int (statement, 3, key);
  tpt_statement_bind_row (statement, 4, rule->customer);
  tpt_statement_bind_int (statement, 5, rule->created_at);
  tpt_statement_bind_blob (statement, 6, sealed);
  tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, rule->customer);

  return tpt_statement_run (statement, error);
}

gboolean
tpt_match_rules_table_remove (TptSession  *session,
                              gint64       row,
                              GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM match_rules WHERE id = ?1 RETURNING customer");
  tpt_statement_bind_int (statement, 1, row);
  tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, 0);
  while (tpt_statement_next (statement))
    tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, tpt_statement_get_int (statement, 0));

  return tpt_statement_check (statement, error);
}
