/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-text.h"
#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

static void
test_split (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "Ångström", "angstrom" },
    { "  Anna   SCHMIDT ", "anna|schmidt" },
    { "a.b@c.example", "a|b|c|example" },
    { "Łódź Straße Ørsted", "lodz|strasse|orsted" },
    { "İstanbul", "istanbul" },
    { "田中", "田|中" },
    { "x\" OR NEAR(y*) -z:", "x|or|near|y|z" },
    { "a\xe2\x80\x8b" "b\xe2\x80\xaeqc", "abqc" },
    { "100%_*", "100" },
    { "1 2 3 4 5", "1|2|3|4" },
    { "\xff\xfe", "" },
    { "'\"%_*-", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = tpt_search_text_split (cases[i].text, i == 9 ? 4 : 16);
      g_autofree char *joined = g_strjoinv ("|", words);

      g_assert_cmpstr (joined, ==, cases[i].words);
    }
}

static guint
count_hits (TptStore   *store,
            const char *text)
{
  g_autoptr (GArray) hits = tpt_test_store_search (store, text, 0);

  return hits->len;
}

static void
test_words (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (1, START);
  TptInvitee *invitee;

  customer = tpt_test_store_add_customer (store, "Café Ωmega", "cafe.example;kaffee.example",
                                          "owner@third.example");
  invitee = tpt_test_store_make_invitee (meeting, 1, "jp@cafe.example", customer->id);
  g_free (invitee->name);
  invitee->name = g_strdup ("<b>Jean-Pierre</b> O'Brien");
  tpt_test_store_save_meeting (store, meeting);

  g_assert_cmpuint (count_hits (store, "cafe"), ==, 2);
  g_assert_cmpuint (count_hits (store, "CAFÉ ω"), ==, 1);
  g_assert_cmpuint (count_hits (store, "kaff"), ==, 1);
  g_assert_cmpuint (count_hits (store, "third own"), ==, 1);
  g_assert_cmpuint (count_hits (store, "jean pier quart"), ==, 1);
  g_assert_cmpuint (count_hits (store, "jp@cafe.example"), ==, 1);
  g_assert_cmpuint (count_hits (store, "affee"), ==, 0);
  g_assert_cmpuint (count_hits (store, "jean missing"), ==, 0);
  g_assert_cmpuint (count_hits (store, "***"), ==, 0);
  tpt_test_store_close (store);
}

/* Customers first, then meetings, the newest first; one hit for each customer in a meeting. */
static void
test_order (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) first = tpt_test_store_add_customer (store, "Match One", NULL, NULL);
  g_autoptr (TptCustomer) second = tpt_test_store_add_customer (store, "Two", NULL, NULL);
  g_autoptr (TptMeeting) older = tpt_test_store_make_meeting (1, START);
  g_autoptr (TptMeeting) newer = tpt_test_store_make_meeting (2, START + TPT_DAY);
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GArray) limited = NULL;

  tpt_test_store_make_invitee (older, 1, "a@match.example", first->id);
  tpt_test_store_make_invitee (newer, 1, "b@match.example", second->id);
  tpt_test_store_make_invitee (newer, 2, "c@match.example", first->id);
  tpt_test_store_make_invitee (newer, 3, "d@match.example", first->id);
  tpt_test_store_save_meeting (store, older);
  tpt_test_store_save_meeting (store, newer);
  hits = tpt_test_store_search (store, "match", 0);
  g_assert_cmpuint (hits->len, ==, 4);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 0).customer, ==, first->id);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 0).meeting, ==, 0);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 1).meeting, ==, newer->id);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 2).meeting, ==, newer->id);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 3).meeting, ==, older->id);
  limited = tpt_test_store_search (store, "match", 2);
  g_assert_cmpuint (limited->len, ==, 2);
  tpt_test_store_close (store);
}

static gboolean
remove_func (TptSession  *session,
             gpointer     data,
             GError     **error)
{
  return tpt_meetings_table_remove (session, data, error);
}

static void
test_follows_changes (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) customer = tpt_test_store_add_customer (store, "Before", NULL, NULL);
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (1, START);
  TptInvitee *invitee = tpt_test_store_make_invitee (meeting, 1, "a@b.example", customer->id);

  tpt_test_store_save_meeting (store, meeting);
  g_assert_cmpuint (count_hits (store, "quarterly"), ==, 1);
  g_free (meeting->name);
  meeting->name = g_strdup ("Renewal");
  g_free (invitee->name);
  invitee->name = g_strdup ("Erased");
  tpt_test_store_save_meeting (store, meeting);
  g_assert_cmpuint (count_hits (store, "quarterly"), ==, 0);
  g_assert_cmpuint (count_hits (store, "anna"), ==, 0);
  g_assert_cmpuint (count_hits (store, "renew erased"), ==, 1);
  tpt_test_store_transact (store, remove_func, meeting->uri);
  g_assert_cmpuint (count_hits (store, "renew"), ==, 0);
  g_assert_cmpuint (count_hits (store, "before"), ==, 1);
  tpt_test_store_close (store);
}

/* What was in the file before is found by the very first search, however early it comes. */
static void
test_loaded (void)
{
  g_autofree char *folder = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (folder, "data", "touchpoint.db", NULL);
  TptStore *store = tpt_test_store_open (path);
  g_autoptr (TptCustomer) customer = tpt_test_store_add_customer (store, "Acme", NULL, NULL);

  for (int i = 0; i < 450; i++)
    {
      g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (i, START + i * TPT_HOUR);

      tpt_test_store_make_invitee (meeting, 1, "a@b.example", customer->id);
      tpt_test_store_save_meeting (store, meeting);
    }
  tpt_test_store_close (store);
  store = tpt_test_store_open (path);
  g_assert_cmpuint (count_hits (store, "quart anna"), ==, 450);
  g_assert_cmpuint (count_hits (store, "acme"), ==, 1);
  tpt_test_store_close (store);

  /* Closing while the index is made ends both. */
  store = tpt_test_store_open (path);
  tpt_test_store_close (store);
  tpt_test_remove_dir (folder);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/search/split", test_split);
  g_test_add_func ("/search/words", test_words);
  g_test_add_func ("/search/order", test_order);
  g_test_add_func ("/search/follows-changes", test_follows_changes);
  g_test_add_func ("/search/loaded", test_loaded);

  return g_test_run ();
}
