/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-store.h"

#include <string.h>

#define START ((TptTime) 1780000000 * TPT_SECOND)
#define LINKS 4

typedef struct
{
  TptStore *store;
  TptCustomer *acme;
  TptCustomer *zorg;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = tpt_test_store_open (":memory:");
  fixture->acme = tpt_test_store_add_customer (fixture->store, "Acme", NULL, "anna@acme.example");
  fixture->zorg = tpt_test_store_add_customer (fixture->store, "Zorg", NULL, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->acme);
  g_object_unref (fixture->zorg);
  tpt_test_store_close (fixture->store);
}

static char *
uri_of (int link)
{
  return g_strdup_printf ("https://api.example.com/scheduled_events/EVENT%d/invitees/INVITEE%d",
                          link, link);
}

/* The booking number @link of a chain; each end of a joint may be silent about it. */
static TptMeeting *
make_link (Fixture  *fixture,
           int       link,
           gboolean  names_old,
           gboolean  names_new)
{
  TptMeeting *meeting = tpt_test_store_make_meeting (link, START + link * TPT_DAY);
  gint64 customer = link == 0 ? fixture->zorg->id : link == 2 ? 0 : fixture->acme->id;
  TptInvitee *invitee = tpt_test_store_make_invitee (meeting, link, "anna@acme.example", customer);

  invitee->canceled = invitee->rescheduled = link < LINKS - 1;
  if (names_old && link > 0)
    invitee->old_invitee = uri_of (link - 1);
  if (names_new && link < LINKS - 1)
    invitee->new_invitee = uri_of (link + 1);

  return meeting;
}

static void
save_link (Fixture  *fixture,
           int       link,
           gboolean  names_old,
           gboolean  names_new)
{
  g_autoptr (TptMeeting) meeting = make_link (fixture, link, names_old, names_new);

  tpt_test_store_save_meeting (fixture->store, meeting);
}

typedef struct
{
  const char *text;
  GPtrArray *invitees;
} Listing;

static gboolean
chain_func (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  Listing *listing = data;

  return tpt_invitees_table_list_chain (session, listing->text, &listing->invitees, error);
}

static void
assert_chain (Fixture *fixture)
{
  g_autofree char *uri = uri_of (2);
  Listing listing = { uri, NULL };

  tpt_test_store_transact (fixture->store, chain_func, &listing);
  g_assert_cmpuint (listing.invitees->len, ==, LINKS);
  for (int i = 0; i < LINKS; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (listing.invitees, i);
      g_autofree char *expected = uri_of (i);

      g_assert_cmpstr (invitee->uri, ==, expected);
      g_assert_cmpuint (invitee->reschedules, ==, (guint) i);
    }
  g_ptr_array_unref (listing.invitees);
}

/* Every booking of the chain follows the one before, whoever the customer of each is. */
static void
assert_bookings (Fixture *fixture,
                 gint64   customer)
{
  g_autoptr (GArray) bookings = tpt_test_store_list_bookings (fixture->store, customer);
  gint64 rows[LINKS];

  g_assert_cmpuint (bookings->len, ==, LINKS);
  for (guint i = 0; i < LINKS; i++)
    {
      TptBooking *booking = &g_array_index (bookings, TptBooking, i);

      rows[(booking->start - START) / TPT_DAY] = booking->id;
      g_assert_cmpuint (booking->email_key, !=, 0);
      g_assert_cmpuint (booking->email_key, ==,
                        g_array_index (bookings, TptBooking, 0).email_key);
    }
  for (guint i = 0; i < LINKS; i++)
    {
      TptBooking *booking = &g_array_index (bookings, TptBooking, i);
      guint place = (guint) ((booking->start - START) / TPT_DAY);

      g_assert_cmpint (booking->previous, ==, place > 0 ? rows[place - 1] : 0);
    }
}

static void
swap_places (int *a,
             int *b)
{
  int kept = *a;

  *a = *b;
  *b = kept;
}

static void
save_in_order (const int *order,
               int        say)
{
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  for (int i = 0; i < LINKS; i++)
    save_link (&fixture, order[i], say != 1, say != 0);
  assert_chain (&fixture);
  assert_bookings (&fixture, 0);
  assert_bookings (&fixture, fixture.acme->id);
  assert_bookings (&fixture, fixture.zorg->id);
  /* The same facts once more change nothing. */
  save_link (&fixture, order[0], say != 1, say != 0);
  assert_chain (&fixture);
  tear_down (&fixture, NULL);
}

static void
try_orders (int *order,
            int  fixed,
            int  say)
{
  if (fixed == LINKS)
    {
      save_in_order (order, say);
      return;
    }
  for (int i = fixed; i < LINKS; i++)
    {
      swap_places (&order[fixed], &order[i]);
      try_orders (order, fixed + 1, say);
      swap_places (&order[fixed], &order[i]);
    }
}

/* All 24 orders; with the joints told by the later booking, by the earlier one, and by both. */
static void
test_chain_in_any_order (void)
{
  for (int say = 0; say < 3; say++)
    {
      int order[LINKS] = { 0, 1, 2, 3 };

      try_orders (order, 0, say);
    }
}

static gboolean
find_func (TptSession  *session,
           gpointer     invitee,
           GError     **error)
{
  TptInvitee **found = invitee;
  g_autofree char *uri = g_strdup ((*found)->uri);

  g_clear_object (found);

  return tpt_invitees_table_find (session, uri, found, error);
}

static void
assert_reschedules (Fixture *fixture,
                    int      link,
                    guint    reschedules)
{
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();

  invitee->uri = uri_of (link);
  tpt_test_store_transact (fixture->store, find_func, &invitee);
  g_assert_cmpuint (invitee->reschedules, ==, reschedules);
}

/* Bookings that claim each other in a circle are nobody's fault but theirs: everything ends. */
static void
test_circle (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *first = uri_of (0);
  g_autofree char *second = uri_of (1);
  g_autoptr (TptMeeting) one = make_link (fixture, 0, FALSE, FALSE);
  g_autoptr (TptMeeting) two = make_link (fixture, 1, TRUE, FALSE);
  g_autoptr (TptMeeting) self = make_link (fixture, 2, FALSE, FALSE);
  TptInvitee *invitee = g_ptr_array_index (one->invitees, 0);
  TptInvitee *alone = g_ptr_array_index (self->invitees, 0);
  g_autoptr (GPtrArray) meetings = NULL;
  Listing listing = { first, NULL };

  invitee->old_invitee = g_steal_pointer (&second);
  alone->old_invitee = g_strdup (alone->uri);
  tpt_test_store_save_meeting (fixture->store, one);
  tpt_test_store_save_meeting (fixture->store, two);
  tpt_test_store_save_meeting (fixture->store, self);
  tpt_test_store_transact (fixture->store, chain_func, &listing);
  g_assert_cmpuint (listing.invitees->len, ==, 2);
  g_ptr_array_unref (listing.invitees);
  assert_reschedules (fixture, 0, 1);
  assert_reschedules (fixture, 2, 0);
  meetings = tpt_test_store_list_meetings (fixture->store,
                                           &(TptMeetingQuery) { .with_superseded = TRUE });
  g_assert_cmpuint (meetings->len, ==, 3);
}

/* A booking that says what it has replaced was rescheduled, whether that is here or not. */
static void
test_unknown_past (Fixture       *fixture,
                   gconstpointer  data)
{
  save_link (fixture, 2, TRUE, TRUE);
  assert_reschedules (fixture, 2, 1);
  save_link (fixture, 3, TRUE, TRUE);
  assert_reschedules (fixture, 3, 2);
  save_link (fixture, 1, TRUE, TRUE);
  assert_reschedules (fixture, 3, 3);
  save_link (fixture, 0, TRUE, TRUE);
  assert_reschedules (fixture, 3, 3);
  assert_reschedules (fixture, 0, 0);
}

static gboolean
lookups_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  g_autoptr (TptInvitee) found = NULL;
  g_autoptr (TptInvitee) absent = NULL;
  g_autoptr (GPtrArray) by_email = NULL;
  g_autoptr (GPtrArray) by_tracking = NULL;
  g_autoptr (GPtrArray) by_customer = NULL;
  g_autoptr (GPtrArray) neighbors = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  g_autofree char *uri = uri_of (1);
  TptInviteeMatch *match;
  gint64 customer = *(gint64 *) data;

  g_assert_true (tpt_invitees_table_find (session, uri, &found, error));
  g_assert_cmpstr (found->uri, ==, uri);
  g_assert_true (tpt_invitees_table_find (session, "none", &absent, error));
  g_assert_null (absent);
  g_assert_true (tpt_invitees_table_list_email (session, "ANNA@acme.example", &by_email, error));
  g_assert_cmpuint (by_email->len, ==, LINKS);
  for (int i = 0; i < LINKS; i++)
    {
      g_autofree char *wanted = uri_of (i);

      g_assert_cmpstr (((TptInvitee *) g_ptr_array_index (by_email, (guint) i))->uri, ==, wanted);
    }
  g_assert_true (tpt_invitees_table_list_tracking (session, "TRACK", &by_tracking, error));
  g_assert_cmpuint (by_tracking->len, ==, 1);
  g_assert_true (tpt_invitees_table_list_customer (session, customer, &by_customer, error));
  g_assert_cmpuint (by_customer->len, ==, 2);
  g_assert_true (tpt_invitees_table_list_neighbors (session, uri, &neighbors, error));
  g_assert_cmpuint (neighbors->len, ==, 2);
  g_assert_true (tpt_invitees_table_list_matches (session, &matches, error));
  g_assert_cmpuint (matches->len, ==, LINKS);
  match = g_ptr_array_index (matches, 3);
  g_assert_cmpstr (match->email, ==, "anna@acme.example");
  g_assert_cmpint (match->customer, ==, customer);
  g_assert_cmpint (match->match, ==, TPT_MATCH_DOMAIN);

  return TRUE;
}

static void
test_lookups (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (TptMeeting) tracked = make_link (fixture, 0, TRUE, TRUE);
  TptInvitee *invitee = g_ptr_array_index (tracked->invitees, 0);

  invitee->tracking.utm_content = g_strdup ("TRACK");
  save_link (fixture, 1, TRUE, TRUE);
  tpt_test_store_save_meeting (fixture->store, tracked);
  for (int i = 2; i < LINKS; i++)
    save_link (fixture, i, TRUE, TRUE);
  tpt_test_store_transact (fixture->store, lookups_func, &fixture->acme->id);
}

static gboolean
save_link_func (TptSession  *session,
                gpointer     data,
                GError     **error)
{
  return tpt_links_table_save (session, data, error);
}

typedef struct
{
  const char *email;
  const char *invitee;
  guint count;
  char *id;
} LinkLookup;

static gboolean
find_links_func (TptSession  *session,
                 gpointer     data,
                 GError     **error)
{
  LinkLookup *lookup = data;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (TptLink) same = NULL;

  g_assert_true (tpt_links_table_list_email (session, lookup->email, &links, error));
  lookup->count = links->len;
  g_assert_true (tpt_links_table_find_invitee (session, lookup->invitee, &link, error));
  g_assert_nonnull (link);
  lookup->id = g_strdup (link->id);
  g_assert_true (tpt_links_table_find (session, link->id, &same, error));
  g_assert_cmpstr (same->url, ==, link->url);

  return TRUE;
}

/* The ledger's line is found by what was booked with it, and the booking names the line. */
static void
test_links (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (TptLink) link = tpt_link_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autofree char *uri = uri_of (3);
  LinkLookup lookup = { "anna@acme.example", uri, 0, NULL };
  TptLink *listed;
  TptMeeting *meeting;

  link->id = g_strdup ("LINK3");
  link->kind = TPT_LINK_REUSABLE;
  link->customer = fixture->acme->id;
  link->created_at = START;
  link->url = g_strdup ("https://book.example/x?name=Anna");
  link->invitee_email = g_strdup ("Anna@acme.example");
  tpt_test_store_transact (fixture->store, save_link_func, link);
  save_link (fixture, 3, FALSE, FALSE);
  link->state = TPT_LINK_BOOKED;
  link->attribution = TPT_ATTRIBUTION_CHAIN;
  link->booked_at = START + TPT_HOUR;
  link->invitee = g_strdup (uri);
  tpt_test_store_transact (fixture->store, save_link_func, link);

  all = tpt_test_store_list_links (fixture->store, 0);
  g_assert_cmpuint (all->len, ==, 1);
  listed = g_ptr_array_index (all, 0);
  g_assert_cmpint (listed->state, ==, TPT_LINK_BOOKED);
  g_assert_cmpint (listed->attribution, ==, TPT_ATTRIBUTION_CHAIN);
  g_assert_cmpint (listed->kind, ==, TPT_LINK_REUSABLE);
  g_assert_cmpint (listed->booked_at, ==, START + TPT_HOUR);
  g_assert_cmpstr (listed->url, ==, link->url);
  none = tpt_test_store_list_links (fixture->store, fixture->zorg->id);
  g_assert_cmpuint (none->len, ==, 0);
  tpt_test_store_transact (fixture->store, find_links_func, &lookup);
  g_assert_cmpuint (lookup.count, ==, 1);
  g_assert_cmpstr (lookup.id, ==, "LINK3");
  g_free (lookup.id);

  meetings = tpt_test_store_list_meetings (fixture->store, &(TptMeetingQuery) { 0 });
  meeting = g_ptr_array_index (meetings, 0);
  g_assert_cmpstr (((TptInvitee *) g_ptr_array_index (meeting->invitees, 0))->link_id, ==, "LINK3");
}

static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *uri = uri_of (LINKS - 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  for (int i = LINKS - 1; i >= 0; i--)
    save_link (fixture, i, TRUE, FALSE);
  tpt_store_list_history_async (fixture->store, uri, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  meetings = tpt_store_list_history_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (meetings->len, ==, LINKS);
  for (guint i = 0; i < LINKS; i++)
    g_assert_cmpint (((TptMeeting *) g_ptr_array_index (meetings, i))->start, ==,
                     START + i * TPT_DAY);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/invitees-table/chain-in-any-order", test_chain_in_any_order);
  ADD ("/invitees-table/circle", test_circle);
  ADD ("/invitees-table/unknown-past", test_unknown_past);
  ADD ("/invitees-table/lookups", test_lookups);
  ADD ("/invitees-table/links", test_links);
  ADD ("/invitees-table/history", test_history);

  return g_test_run ();
}
