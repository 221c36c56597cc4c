/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-apply.h"

#include "tpt-customers-table.h"
#include "tpt-fact-world.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-meetings-table.h"
#include "tpt-test.h"

#define N_PERMUTATIONS 10000
#define PER_WORLD 100

typedef struct
{
  TptStore *store;
  TptMatcher *matcher;
  TptApply *apply;
} Fixture;

/* One story, applied in order once and then again and again in any other. */
typedef struct
{
  TptApply *apply;
  GRand *rand;
  GPtrArray *facts;
  char *expected;
} Story;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (TPT_STORE_KEY_BYTES), TPT_STORE_KEY_BYTES);
  g_autoptr (TptClock) clock = tpt_clock_new_frozen ((TptTime) 1790000000 * TPT_SECOND + TPT_DAY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_open_async (":memory:", key, clock, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  fixture->store = tpt_store_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->matcher = tpt_matcher_new ();
  fixture->apply = tpt_apply_new (fixture->store, fixture->matcher);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_close_async (fixture->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_close_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  tpt_test_finalized (fixture->apply);
  tpt_test_finalized (fixture->matcher);
  g_clear_object (&result);
  tpt_test_finalized (fixture->store);
}

static void
transact (Fixture      *fixture,
          TptStoreFunc  func,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (fixture->store, func, data, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static int
compare_uris (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 ((*(TptMeeting *const *) a)->uri, (*(TptMeeting *const *) b)->uri);
}

/* Everything that is stored, in an order of its own. */
static char *
dump (TptSession *session)
{
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;
  TptMeetingQuery query = { .with_superseded = TRUE };
  GString *out = g_string_new (NULL);

  tpt_meetings_table_list (session, &query, &meetings, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (meetings, compare_uris);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      tpt_fact_world_dump (out, meeting);
      for (guint j = 0; j < meeting->invitees->len; j++)
        tpt_fact_world_dump_invitee (out, g_ptr_array_index (meeting->invitees, j));
    }

  tpt_links_table_list (session, 0, &links, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      g_string_append_printf (out, "link %s %s by %s: %s in %s, %" G_GINT64_FORMAT "\n", link->id,
                              tpt_link_state_to_string (link->state),
                              tpt_attribution_to_string (link->attribution), link->invitee,
                              link->meeting, link->booked_at);
    }

  return g_string_free (out, FALSE);
}

static void
apply_one_by_one (Story      *story,
                  TptSession *session)
{
  for (guint i = 0; i < story->facts->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (GError) error = NULL;
      TptApplyCounts counts = { 0 };

      g_ptr_array_add (one, g_ptr_array_index (story->facts, i));
      tpt_apply_facts (story->apply, session, one, &counts, &error);
      g_assert_no_error (error);
    }
}

static void
forget_meetings (TptSession *session)
{
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  TptMeetingQuery query = { .with_superseded = TRUE };

  tpt_meetings_table_list (session, &query, &meetings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < meetings->len; i++)
    {
      tpt_meetings_table_remove (session, ((TptMeeting *) g_ptr_array_index (meetings, i))->uri,
                                 &error);
      g_assert_no_error (error);
    }
}

/* Links as they were made, before anybody booked. */
static void
make_links (TptSession *session)
{
  static const char *const emails[] = {
    "person0@customer.example", "person1@customer.example", "person1@customer.example",
  };

  for (guint i = 0; i < G_N_ELEMENTS (emails); i++)
    {
      g_autoptr (TptLink) link = tpt_link_new ();
      g_autoptr (GError) error = NULL;

      link->id = g_strdup_printf ("link%u", i);
      link->booking_url = g_strdup ("https://example.com/d/1");
      link->url = g_strdup ("https://example.com/d/1?utm_content=link");
      link->event_type = g_strdup ("https://api.example.com/event_types/T1");
      link->invitee_email = g_strdup (emails[i]);
      link->created_at = (TptTime) 1790000000 * TPT_SECOND - TPT_HOUR + i * TPT_MINUTE * 64;
      tpt_links_table_save (session, link, &error);
      g_assert_no_error (error);
    }
}

static gboolean
story_func (TptSession  *session,
            gpointer     user_data,
            GError     **error)
{
  Story *story = user_data;

  make_links (session);
  apply_one_by_one (story, session);
  story->expected = dump (session);
  for (guint i = 0; i < story->facts->len; i += 3)
    g_ptr_array_add (story->facts, g_object_ref (g_ptr_array_index (story->facts, i)));

  for (guint i = 0; i < PER_WORLD; i++)
    {
      g_autofree char *actual = NULL;

      forget_meetings (session);
      make_links (session);
      tpt_fact_world_shuffle (story->rand, story->facts);
      apply_one_by_one (story, session);
      actual = dump (session);
      g_assert_cmpstr (actual, ==, story->expected);
    }
  forget_meetings (session);

  return TRUE;
}

/* Any order, some facts twice, some never: the same database, the ledger included. */
static void
test_apply_any_order (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint done = 0; done < N_PERMUTATIONS; done += PER_WORLD)
    {
      Story story = { fixture->apply, rand, tpt_fact_world_make (rand, 8), NULL };

      for (guint i = story.facts->len; i > 0; i--)
        {
          if (g_rand_int_range (rand, 0, 6) == 0)
            g_ptr_array_remove_index (story.facts, i - 1);
        }
      transact (fixture, story_func, &story);
      g_ptr_array_unref (story.facts);
      g_free (story.expected);
    }
}

static TptApplyCounts
run (Fixture    *fixture,
     TptMeeting *meeting)
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
test_apply_counts (Fixture       *fixture,
                   gconstpointer  user_data)
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
test_apply_stale (Fixture       *fixture,
                  gconstpointer  user_data)
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
test_apply_matches (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) facts = tpt_fact_world_make (rand, 2);

  run (fixture, g_ptr_array_index (facts, 0));
  transact (fixture, add_customer_func, fixture->matcher);
  transact (fixture, assert_customer_func, g_ptr_array_index (facts, 0));
  run (fixture, g_ptr_array_index (facts, facts->len - 1));
  transact (fixture, assert_customer_func, g_ptr_array_index (facts, facts->len - 1));
}

static void
add_test (const char *path,
          void      (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  add_test ("/sync/apply/any-order", test_apply_any_order);
  add_test ("/sync/apply/counts", test_apply_counts);
  add_test ("/sync/apply/stale", test_apply_stale);
  add_test ("/sync/apply/matches", test_apply_matches);

  return g_test_run ();
}
