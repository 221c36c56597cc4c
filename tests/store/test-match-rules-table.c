/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-rules-table.h"

#include "tpt-match-actions-table.h"
#include "tpt-test-store.h"

static gboolean
rules_func (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  gint64 customer = *(gint64 *) data;
  g_autoptr (TptMatchRule) email = tpt_match_rule_new (TPT_MATCH_RULE_EMAIL, "a@x.example", 0);
  g_autoptr (TptMatchRule) again =
    tpt_match_rule_new (TPT_MATCH_RULE_EMAIL, "A@x.example", customer);
  g_autoptr (TptMatchRule) name = tpt_match_rule_new (TPT_MATCH_RULE_NAME, "a@x.example", customer);
  g_autoptr (TptMatchRule) found = NULL;
  g_autoptr (TptMatchRule) absent = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) theirs = NULL;

  g_assert_true (tpt_match_rules_table_save (session, email, error));
  g_assert_true (tpt_match_rules_table_save (session, name, error));
  g_assert_true (tpt_match_rules_table_save (session, again, error));
  g_assert_cmpint (again->id, ==, email->id);
  g_assert_cmpint (name->id, !=, email->id);
  g_assert_true (tpt_match_rules_table_find (session, TPT_MATCH_RULE_EMAIL, "a@X.example", &found,
                                             error));
  g_assert_cmpstr (found->pattern, ==, "A@x.example");
  g_assert_cmpint (found->customer, ==, customer);
  g_assert_cmpint (found->created_at, !=, TPT_TIME_NONE);
  g_assert_true (tpt_match_rules_table_find (session, TPT_MATCH_RULE_DOMAIN, "a@x.example",
                                             &absent, error));
  g_assert_null (absent);
  g_assert_true (tpt_match_rules_table_list_customer (session, customer, &theirs, error));
  g_assert_cmpuint (theirs->len, ==, 2);
  g_assert_true (tpt_match_rules_table_remove (session, name->id, error));
  g_assert_true (tpt_match_rules_table_list (session, &all, error));
  g_assert_cmpuint (all->len, ==, 1);

  return TRUE;
}

static void
test_rules (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) customer = tpt_test_store_add_customer (store, "Acme", NULL, NULL);

  tpt_test_store_transact (store, rules_func, &customer->id);
  tpt_test_store_close (store);
}

static gboolean
actions_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  gint64 first = 0, row = 0;
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  g_assert_true (tpt_match_actions_table_peek (session, &pack, &row, error));
  g_assert_cmpint (row, ==, 0);
  for (int i = 0; i < 250; i++)
    {
      g_auto (TptPack) how = { 0 };

      tpt_pack_init (&how);
      tpt_pack_put_int (&how, i);
      g_assert_true (tpt_match_actions_table_push (session, &how, &row, error));
      if (i == 0)
        first = row;
    }
  for (int i = 249; i >= 50; i--)
    {
      g_assert_true (tpt_match_actions_table_peek (session, &pack, &row, error));
      g_assert_cmpint (tpt_pack_take_int (&pack), ==, i);
      g_assert_cmpint (row, >, first);
      g_assert_true (tpt_match_actions_table_remove (session, row, error));
    }
  g_assert_true (tpt_match_actions_table_peek (session, &pack, &row, error));
  g_assert_cmpint (row, ==, 0);

  return TRUE;
}

/* A stack that forgets its bottom. */
static void
test_actions (void)
{
  TptStore *store = tpt_test_store_open (":memory:");

  tpt_test_store_transact (store, actions_func, NULL);
  tpt_test_store_close (store);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/match-rules-table/rules", test_rules);
  g_test_add_func ("/match-rules-table/actions", test_actions);

  return g_test_run ();
}
