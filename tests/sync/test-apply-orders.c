/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-apply.h"

#include "tpt-apply-fixture.h"
#include "tpt-booking-story.h"
#include "tpt-customers-table.h"
#include "tpt-fact-world.h"
#include "tpt-links-table.h"
#include "tpt-meetings-table.h"
#include "tpt-test.h"

/* Together 10,000 orders. */
#define STORIES 250
#define ORDERS 40
#define STEPS 6

/* One in so many. */
#define NEVER_HEARD 6
#define HEARD_TWICE 5

/* One story, heard in many orders; --seed tells it again. */
typedef struct
{
  TptApply *apply;
  GRand *rand;
  GPtrArray *facts;
  GPtrArray *first;        /* what is heard for the dump that all others are compared with */
} Hearing;

static int
compare_uris (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 ((*(TptMeeting *const *) a)->uri, (*(TptMeeting *const *) b)->uri);
}

static void
dump_links (TptSession *session,
            GString    *out)
{
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;

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
}

/* Everything that is stored, in an order of its own. */
static char *
dump (TptSession *session)
{
  g_autoptr (GPtrArray) meetings = NULL;
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
  dump_links (session, out);

  return g_string_free (out, FALSE);
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
    "person0@customer.example", "person1@other.example", "person1@other.example",
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
      link->created_at = TPT_BOOKING_STORY_START - TPT_HOUR + i * TPT_MINUTE * 64;
      tpt_links_table_save (session, link, &error);
      g_assert_no_error (error);
    }
}

/* A few at a time, as pages and bundles of webhooks come. */
static void
hear (Hearing    *hearing,
      TptSession *session,
      GPtrArray  *facts)
{
  forget_meetings (session);
  make_links (session);
  for (guint i = 0; i < facts->len;)
    {
      g_autoptr (GPtrArray) bundle = g_ptr_array_new ();
      g_autoptr (GError) error = NULL;
      TptApplyCounts counts = { 0 };
      int size = g_rand_int_range (hearing->rand, 1, 4);

      for (; size > 0 && i < facts->len; size--, i++)
        g_ptr_array_add (bundle, g_ptr_array_index (facts, i));
      tpt_apply_facts (hearing->apply, session, bundle, &counts, &error);
      g_assert_no_error (error);
    }
}

static gboolean
hearing_func (TptSession  *session,
              gpointer     user_data,
              GError     **error)
{
  Hearing *hearing = user_data;
  g_autofree char *expected = NULL;

  hear (hearing, session, hearing->first);
  expected = dump (session);
  for (guint i = 0; i < ORDERS; i++)
    {
      g_autofree char *actual = NULL;

      tpt_fact_world_shuffle (hearing->rand, hearing->facts);
      hear (hearing, session, hearing->facts);
      actual = dump (session);
      g_assert_cmpstr (actual, ==, expected);
    }
  forget_meetings (session);

  return TRUE;
}

static gboolean
add_customers_func (TptSession  *session,
                    gpointer     user_data,
                    GError     **error)
{
  static const char *const domains[] = { "customer.example", "other.example" };

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autoptr (TptCustomer) customer = tpt_customer_new ();

      customer->name = g_strdup (domains[i]);
      g_strfreev (customer->domains);
      customer->domains = g_strsplit (domains[i], ";", -1);
      if (!tpt_customers_table_save (session, customer, error))
        return FALSE;
    }
  tpt_matcher_forget (user_data);

  return TRUE;
}

static void
hear_stories (TptApplyFixture *fixture,
              guint            count,
              gboolean         is_complete)
{
  tpt_apply_fixture_transact (fixture, add_customers_func, fixture->matcher);
  for (guint i = 0; i < count; i++)
    {
      guint32 seed = (guint32) g_test_rand_int ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (TptBookingStory) story = tpt_booking_story_new (rand, STEPS);
      g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) once = NULL;
      Hearing hearing = { fixture->apply, rand, facts, story->ending };

      g_test_message ("Story %u", seed);
      if (is_complete)
        g_ptr_array_extend (facts, story->ending, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
      for (guint j = 0; j < story->facts->len; j++)
        {
          if (g_rand_int_range (rand, 0, NEVER_HEARD) != 0)
            g_ptr_array_add (facts, g_object_ref (g_ptr_array_index (story->facts, j)));
        }
      once = g_ptr_array_copy (facts, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
      if (!is_complete)
        hearing.first = once;
      for (guint j = 0; j < once->len; j++)
        {
          if (g_rand_int_range (rand, 0, HEARD_TWICE) == 0)
            g_ptr_array_add (facts, g_object_ref (g_ptr_array_index (once, j)));
        }
      tpt_apply_fixture_transact (fixture, hearing_func, &hearing);
    }
}

/* Some of it heard twice, some of it never, in any order: always the same database, the ledger
 * included. */
static void
test_orders_agree (TptApplyFixture *fixture,
                   gconstpointer    user_data)
{
  hear_stories (fixture, STORIES / 2, FALSE);
}

/* Once a complete pull is among it, all that was heard before, after and in between makes no
 * difference to what the pull says. */
static void
test_orders_end_in_truth (TptApplyFixture *fixture,
                          gconstpointer    user_data)
{
  hear_stories (fixture, STORIES / 2, TRUE);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  tpt_apply_fixture_add ("/sync/apply-orders/agree", test_orders_agree);
  tpt_apply_fixture_add ("/sync/apply-orders/end-in-truth", test_orders_end_in_truth);

  return g_test_run ();
}
