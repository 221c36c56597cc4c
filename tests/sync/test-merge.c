/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-merge.h"

#include "tpt-fact-world.h"
#include "tpt-test.h"

#define N_TRIPLES 20000
#define N_PERMUTATIONS 10000

static char *
dump_invitee (TptInvitee *invitee)
{
  GString *out = g_string_new (NULL);

  tpt_fact_world_dump_invitee (out, invitee);

  return g_string_free (out, FALSE);
}

static char *
dump_meeting (TptMeeting *meeting)
{
  GString *out = g_string_new (NULL);

  tpt_fact_world_dump (out, meeting);
  g_string_append_printf (out, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d",
                          meeting->first_synced_at, meeting->last_synced_at, meeting->source);

  return g_string_free (out, FALSE);
}

static void
assert_same_invitee (TptInvitee *a,
                     TptInvitee *b)
{
  g_autofree char *first = dump_invitee (a);
  g_autofree char *second = dump_invitee (b);

  g_assert_cmpstr (first, ==, second);
}

static void
assert_same_meeting (TptMeeting *a,
                     TptMeeting *b)
{
  g_autofree char *first = dump_meeting (a);
  g_autofree char *second = dump_meeting (b);

  g_assert_cmpstr (first, ==, second);
}

/* Any three versions: order, grouping and repetition make no difference. */
static void
test_merge_invitee_laws (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_TRIPLES; i++)
    {
      g_autoptr (TptInvitee) a = tpt_fact_world_make_invitee (rand);
      g_autoptr (TptInvitee) b = tpt_fact_world_make_invitee (rand);
      g_autoptr (TptInvitee) c = tpt_fact_world_make_invitee (rand);
      g_autoptr (TptInvitee) ab = tpt_merge_invitee (a, b);
      g_autoptr (TptInvitee) ba = tpt_merge_invitee (b, a);
      g_autoptr (TptInvitee) bc = tpt_merge_invitee (b, c);
      g_autoptr (TptInvitee) ab_c = tpt_merge_invitee (ab, c);
      g_autoptr (TptInvitee) a_bc = tpt_merge_invitee (a, bc);
      g_autoptr (TptInvitee) again = tpt_merge_invitee (ab, b);

      assert_same_invitee (ab, ba);
      assert_same_invitee (ab_c, a_bc);
      assert_same_invitee (ab, again);
      g_assert_true (tpt_merge_invitee_is_same (ab, again));
    }
}

static void
test_merge_meeting_laws (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_TRIPLES; i++)
    {
      g_autoptr (TptMeeting) a = tpt_fact_world_make_meeting (rand);
      g_autoptr (TptMeeting) b = tpt_fact_world_make_meeting (rand);
      g_autoptr (TptMeeting) c = tpt_fact_world_make_meeting (rand);
      g_autoptr (TptMeeting) ab = tpt_merge_meeting (a, b);
      g_autoptr (TptMeeting) ba = tpt_merge_meeting (b, a);
      g_autoptr (TptMeeting) bc = tpt_merge_meeting (b, c);
      g_autoptr (TptMeeting) ab_c = tpt_merge_meeting (ab, c);
      g_autoptr (TptMeeting) a_bc = tpt_merge_meeting (a, bc);
      g_autoptr (TptMeeting) again = tpt_merge_meeting (ab, b);

      assert_same_meeting (ab, ba);
      assert_same_meeting (ab_c, a_bc);
      assert_same_meeting (ab, again);
      g_assert_true (tpt_merge_meeting_is_same (ab, again));
    }
}

/* Folds @facts one by one into what is known of each booking, and writes it down in order. */
static char *
fold (GPtrArray *facts)
{
  g_autoptr (GHashTable) known =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GList) uris = NULL;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      TptMeeting *fact = g_ptr_array_index (facts, i);
      TptInvitee *invitee = g_ptr_array_index (fact->invitees, 0);
      TptInvitee *stored = g_hash_table_lookup (known, invitee->uri);
      TptInvitee *merged = tpt_merge_invitee (stored != NULL ? stored : invitee, invitee);

      g_hash_table_replace (known, merged->uri, merged);
    }

  uris = g_list_sort (g_hash_table_get_keys (known), (GCompareFunc) strcmp);
  for (GList *l = uris; l != NULL; l = l->next)
    tpt_fact_world_dump_invitee (out, g_hash_table_lookup (known, l->data));

  return g_string_free (out, FALSE);
}

/* A story told in order, and the same facts shuffled, some of them twice. */
static void
test_merge_any_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint done = 0;

  while (done < N_PERMUTATIONS)
    {
      g_autoptr (GPtrArray) facts = tpt_fact_world_make (rand, 12);
      g_autofree char *expected = fold (facts);
      guint count = facts->len;

      for (guint i = 0; i < count; i += 3)
        g_ptr_array_add (facts, g_object_ref (g_ptr_array_index (facts, i)));
      for (guint i = 0; i < 50; i++, done++)
        {
          g_autofree char *actual = NULL;

          tpt_fact_world_shuffle (rand, facts);
          actual = fold (facts);
          g_assert_cmpstr (actual, ==, expected);
        }
    }
}

/* What a person said stays, whatever is pulled later. */
static void
test_merge_keeps_own (void)
{
  g_autoptr (TptInvitee) stored = tpt_invitee_new ();
  g_autoptr (TptInvitee) pulled = tpt_invitee_new ();
  g_autoptr (TptInvitee) merged = NULL;

  stored->uri = g_strdup ("i");
  stored->id = 7;
  stored->no_show_local = TPT_NO_SHOW_HOST;
  stored->confirmed = TRUE;
  stored->customer = 3;
  stored->match = TPT_MATCH_MANUAL;
  stored->updated_at = 1 * TPT_DAY;
  stored->new_invitee = g_strdup ("next");
  pulled->uri = g_strdup ("i");
  pulled->updated_at = 2 * TPT_DAY;
  pulled->customer = 9;
  pulled->match = TPT_MATCH_DOMAIN;
  pulled->name = g_strdup ("Ada");

  merged = tpt_merge_invitee (stored, pulled);
  g_assert_cmpint (merged->id, ==, 7);
  g_assert_cmpint (merged->no_show_local, ==, TPT_NO_SHOW_HOST);
  g_assert_true (merged->confirmed);
  g_assert_cmpint (merged->customer, ==, 3);
  g_assert_cmpint (merged->match, ==, TPT_MATCH_MANUAL);
  g_assert_cmpstr (merged->new_invitee, ==, "next");
  g_assert_cmpstr (merged->name, ==, "Ada");
}

/* A booking once canceled stays so, with the reason that came with it. */
static void
test_merge_canceled_is_final (void)
{
  g_autoptr (TptInvitee) canceled = tpt_invitee_new ();
  g_autoptr (TptInvitee) active = tpt_invitee_new ();
  g_autoptr (TptInvitee) merged = NULL;

  canceled->canceled = TRUE;
  canceled->canceled_at = TPT_HOUR;
  canceled->cancel_reason = g_strdup ("Ill");
  canceled->updated_at = TPT_HOUR;
  active->updated_at = 2 * TPT_HOUR;

  merged = tpt_merge_invitee (active, canceled);
  g_assert_true (merged->canceled);
  g_assert_cmpint (merged->canceled_at, ==, TPT_HOUR);
  g_assert_cmpstr (merged->cancel_reason, ==, "Ill");
  g_assert_cmpint (merged->updated_at, ==, 2 * TPT_HOUR);
}

/* That the service did not have a booking ends where it is heard of again. */
static void
test_merge_unlisted_ends (void)
{
  g_autoptr (TptInvitee) gone = tpt_invitee_new ();
  g_autoptr (TptInvitee) active = tpt_invitee_new ();
  g_autoptr (TptInvitee) merged = NULL;
  g_autoptr (TptInvitee) before = NULL;

  gone->canceled = TRUE;
  gone->canceled_at = 2 * TPT_HOUR;
  gone->canceler = TPT_CANCELER_UNLISTED;
  gone->seen_at = 2 * TPT_HOUR;
  active->seen_at = 3 * TPT_HOUR;

  merged = tpt_merge_invitee (gone, active);
  g_assert_false (merged->canceled);
  g_assert_cmpint (merged->canceled_at, ==, TPT_TIME_NONE);
  g_assert_cmpint (merged->canceler, ==, TPT_CANCELER_NONE);

  active->seen_at = TPT_HOUR;
  before = tpt_merge_invitee (gone, active);
  g_assert_true (before->canceled);
}

/* The mark was taken back; the booking's own time did not move. */
static void
test_merge_no_show_undone (void)
{
  g_autoptr (TptInvitee) marked = tpt_invitee_new ();
  g_autoptr (TptInvitee) undone = tpt_invitee_new ();
  g_autoptr (TptInvitee) merged = NULL;

  marked->seen_at = TPT_HOUR;
  marked->no_show_uri = g_strdup ("mark");
  marked->no_show_at = TPT_HOUR;
  undone->seen_at = 2 * TPT_HOUR;

  merged = tpt_merge_invitee (undone, marked);
  g_assert_null (merged->no_show_uri);
  g_assert_cmpint (tpt_invitee_get_no_show (merged), ==, TPT_NO_SHOW_NONE);
  g_assert_false (tpt_merge_invitee_is_same (merged, marked));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/sync/merge/invitee-laws", test_merge_invitee_laws);
  g_test_add_func ("/sync/merge/meeting-laws", test_merge_meeting_laws);
  g_test_add_func ("/sync/merge/any-order", test_merge_any_order);
  g_test_add_func ("/sync/merge/keeps-own", test_merge_keeps_own);
  g_test_add_func ("/sync/merge/canceled-is-final", test_merge_canceled_is_final);
  g_test_add_func ("/sync/merge/unlisted-ends", test_merge_unlisted_ends);
  g_test_add_func ("/sync/merge/no-show-undone", test_merge_no_show_undone);

  return g_test_run ();
}
