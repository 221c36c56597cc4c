/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-apply.h"

#include "tpt-apply-fixture.h"
#include "tpt-customers-table.h"
#include "tpt-fact-world.h"
#include "tpt-invitees-table.h"
#include "tpt-test.h"

static TptApplyCounts
run (TptApplyFixture *fixture,
     TptMeeting      *meeting)
{
  g_autoptr (GPtrArray) meetings = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  TptApplyCounts counts;

  g_ptr_array_add (meetings, meeting);
  tpt_apply_run_async (fixture->apply, meetings, NULL, NULL, NULL, NULL, tpt_test_result_cb,
                       &waiting);
  result = tpt_test_await (&waiting);
  tpt_apply_run_finish (fixture->apply, result, &counts, &error);
  g_assert_no_error (error);

  return counts;
}

/* Always the same one. */
static TptMeeting *
make_fact (TptTime seen_at)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) facts = tpt_fact_world_make (rand, 1);
  TptMeeting *fact = g_object_ref (g_ptr_array_index (facts, 0));

  tpt_apply_stamp (fact, TPT_SOURCE_POLL, seen_at);

  return fact;
}

static void
changed_cb (TptStore *store,
            guint     flags,
            GArray   *customers,
            guint    *count)
{
  (*count)++;
}

static void
test_apply_counts (TptApplyFixture *fixture,
                   gconstpointer    user_data)
{
  TptTime first = tpt_apply_look (fixture->apply), second = tpt_apply_look (fixture->apply);
  g_autoptr (TptMeeting) fact = make_fact (first);
  g_autoptr (TptMeeting) again = make_fact (first);
  g_autoptr (TptMeeting) renamed = make_fact (second);
  TptApplyCounts counts;
  guint changes = 0;

  g_assert_cmpint (first, <, second);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &changes);

  counts = run (fixture, fact);
  g_assert_cmpuint (counts.created, ==, 1);
  g_assert_cmpuint (changes, ==, 1);

  counts = run (fixture, again);
  g_assert_cmpuint (counts.unchanged, ==, 1);
  g_assert_cmpuint (counts.created + counts.updated, ==, 0);
  g_assert_cmpuint (changes, ==, 1);

  g_free (renamed->name);
  renamed->name = g_strdup ("Review");
  renamed->updated_at += TPT_MINUTE;
  counts = run (fixture, renamed);
  g_assert_cmpuint (counts.updated, ==, 1);
  g_assert_cmpuint (counts.stale, ==, 0);
  g_assert_cmpuint (changes, ==, 2);
}

/* A mark that is told of after it was taken back: not believed, and said so. */
static void
test_apply_stale (TptApplyFixture *fixture,
                  gconstpointer    user_data)
{
  TptTime early = tpt_apply_look (fixture->apply), late = tpt_apply_look (fixture->apply);
  g_autoptr (TptMeeting) marked = make_fact (early);
  g_autoptr (TptMeeting) undone = make_fact (late);
  TptInvitee *invitee = g_ptr_array_index (marked->invitees, 0);
  TptApplyCounts counts;

  invitee->no_show_uri = g_strdup ("mark");
  invitee->no_show_at = early;
  counts = run (fixture, undone);
  g_assert_cmpuint (counts.created, ==, 1);
  counts = run (fixture, marked);
  g_assert_cmpuint (counts.stale, ==, 1);
  g_assert_cmpuint (counts.unchanged, ==, 1);
}

static gboolean
add_customer_func (TptSession  *session,
                   gpointer     user_data,
                   GError     **error)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();

  customer->name = g_strdup ("Customer");
  g_strfreev (customer->domains);
  customer->domains = g_strsplit ("customer.example", ";", -1);

  return tpt_customers_table_save (session, customer, error)
         && tpt_matcher_rematch (user_data, session, &(guint) { 0 }, error);
}

static gboolean
assert_customer_func (TptSession  *session,
                      gpointer     user_data,
                      GError     **error)
{
  TptMeeting *fact = user_data;
  TptInvitee *invitee = g_ptr_array_index (fact->invitees, 0);
  g_autoptr (TptInvitee) stored = NULL;

  g_assert_true (tpt_invitees_table_find (session, invitee->uri, &stored, error));
  g_assert_cmpint (stored->customer, ==, 1);
  g_assert_cmpint (stored->match, ==, TPT_MATCH_DOMAIN);
  g_assert_cmpint (stored->seen_at, ==, invitee->seen_at);

  return TRUE;
}

/* Whether the customer or the booking came first. */
static void
test_apply_matches (TptApplyFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) facts = tpt_fact_world_make (rand, 2);

  run (fixture, g_ptr_array_index (facts, 0));
  tpt_apply_fixture_transact (fixture, add_customer_func, fixture->matcher);
  tpt_apply_fixture_transact (fixture, assert_customer_func, g_ptr_array_index (facts, 0));
  run (fixture, g_ptr_array_index (facts, facts->len - 1));
  tpt_apply_fixture_transact (fixture, assert_customer_func,
                              g_ptr_array_index (facts, facts->len - 1));
}

/* As the preview of an act does, and an import whose disk is full at the end. */
static gboolean
add_in_vain_func (TptSession  *session,
                  gpointer     user_data,
                  GError     **error)
{
  g_assert_true (add_customer_func (session, user_data, error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Only tried");

  return FALSE;
}

static gboolean
tell_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  g_async_queue_push (user_data, GINT_TO_POINTER (TRUE));

  return TRUE;
}

/* A customer whom the record did not get after all is nobody's, also for what is taken in before
 * anybody has heard of that. */
static void
test_apply_matches_rolled_back (TptApplyFixture *fixture,
                                gconstpointer    user_data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) facts = tpt_fact_world_make (rand, 1);
  g_autoptr (GAsyncQueue) told = g_async_queue_new ();
  TptTestResult adding = { NULL }, applying = { NULL };
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GError) tried = NULL;
  g_autoptr (GError) error = NULL;

  tpt_store_transact_async (fixture->store, add_in_vain_func, fixture->matcher, NULL, NULL,
                            tpt_test_result_cb, &adding);
  tpt_apply_run_async (fixture->apply, facts, NULL, NULL, NULL, NULL, tpt_test_result_cb,
                       &applying);
  tpt_store_transact_async (fixture->store, tell_func, told, NULL, NULL, NULL, NULL);
  g_async_queue_pop (told);
  added = tpt_test_await (&adding);
  g_assert_false (tpt_store_transact_finish (fixture->store, added, &tried));
  applied = tpt_test_await (&applying);
  tpt_apply_run_finish (fixture->apply, applied, NULL, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  tpt_apply_fixture_add ("/sync/apply/counts", test_apply_counts);
  tpt_apply_fixture_add ("/sync/apply/stale", test_apply_stale);
  tpt_apply_fixture_add ("/sync/apply/matches", test_apply_matches);
  tpt_apply_fixture_add ("/sync/apply/matches-rolled-back", test_apply_matches_rolled_back);

  return g_test_run ();
}
