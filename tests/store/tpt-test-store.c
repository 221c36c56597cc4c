/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-store.h"

#include <sqlite3.h>
#include <string.h>

#define START ((TptTime) 1780000000 * TPT_SECOND)

void
tpt_test_store_set_up (TptTestStorePlace *place,
                       gconstpointer      data)
{
  place->folder = tpt_test_make_dir ();
  place->path = g_build_filename (place->folder, "data", "touchpoint.db", NULL);
}

void
tpt_test_store_tear_down (TptTestStorePlace *place,
                          gconstpointer      data)
{
  tpt_test_remove_dir (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

/* As another program would: past the store. */
void
tpt_test_store_run_sql (const char *path,
                        const char *sql)
{
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (connection), ==, SQLITE_OK);
}

GBytes *
tpt_test_store_key (guint8 fill)
{
  guint8 key[TPT_STORE_KEY_BYTES];

  memset (key, fill, sizeof key);

  return g_bytes_new (key, sizeof key);
}

TptStore *
tpt_test_store_try_open (const char  *path,
                         GBytes      *key,
                         GError     **error)
{
  g_autoptr (TptClock) clock = tpt_clock_new_frozen (START);
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_open_async (path, key, clock, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_store_open_finish (result, error);
}

TptStore *
tpt_test_store_open (const char *path)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  TptStore *store = tpt_test_store_try_open (path, key, &error);

  g_assert_no_error (error);
  g_assert_true (TPT_IS_STORE (store));

  return store;
}

/* Closes @store and drops it, the last reference. */
void
tpt_test_store_close (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_close_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_close_finish (store, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  tpt_test_finalized (store);
}

/* Whether every page of its file is in order. */
gboolean
tpt_test_store_check (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_check_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_store_check_finish (store, result, &error);
}

gboolean
tpt_test_store_try_transact (TptStore      *store,
                             TptStoreFunc   func,
                             gpointer       data,
                             GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (store, func, data, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_store_transact_finish (store, result, error);
}

void
tpt_test_store_transact (TptStore     *store,
                         TptStoreFunc  func,
                         gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tpt_test_store_try_transact (store, func, data, &error) || error != NULL);
  g_assert_no_error (error);
}

GPtrArray *
tpt_test_store_list_customers (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *customers;

  tpt_store_list_customers_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  customers = tpt_store_list_customers_finish (store, result, &error);
  g_assert_no_error (error);

  return customers;
}

GPtrArray *
tpt_test_store_list_meetings (TptStore              *store,
                              const TptMeetingQuery *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *meetings;

  tpt_store_list_meetings_async (store, query, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  meetings = tpt_store_list_meetings_finish (store, result, &error);
  g_assert_no_error (error);

  return meetings;
}

GArray *
tpt_test_store_list_bookings (TptStore *store,
                              gint64    customer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GArray *bookings;

  tpt_store_list_bookings_async (store, customer, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  bookings = tpt_store_list_bookings_finish (store, result, &error);
  g_assert_no_error (error);

  return bookings;
}

GPtrArray *
tpt_test_store_list_links (TptStore *store,
                           gint64    customer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *links;

  tpt_store_list_links_async (store, customer, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  links = tpt_store_list_links_finish (store, result, &error);
  g_assert_no_error (error);

  return links;
}

GArray *
tpt_test_store_search (TptStore   *store,
                       const char *text,
                       guint       limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GArray *hits;

  tpt_store_search_async (store, text, limit, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  hits = tpt_store_search_finish (store, result, &error);
  g_assert_no_error (error);

  return hits;
}

static gboolean
save_customer (TptSession  *session,
               gpointer     data,
               GError     **error)
{
  return tpt_customers_table_save (session, data, error);
}

TptCustomer *
tpt_test_store_add_customer (TptStore   *store,
                             const char *name,
                             const char *domain,
                             const char *stakeholder_email)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->name = g_strdup (name);
  if (domain != NULL)
    {
      g_strfreev (customer->domains);
      customer->domains = g_strsplit (domain, ";", -1);
    }
  if (stakeholder_email != NULL)
    {
      TptStakeholder *stakeholder = tpt_stakeholder_new ();

      tpt_stakeholder_add_email (stakeholder, stakeholder_email);
      g_ptr_array_add (customer->stakeholders, stakeholder);
    }
  tpt_test_store_transact (store, save_customer, customer);

  return customer;
}

TptMeeting *
tpt_test_store_make_meeting (int     number,
                             TptTime start)
{
  TptMeeting *meeting = tpt_meeting_new ();

  meeting->uri = g_strdup_printf ("https://api.example.com/scheduled_events/EVENT%d", number);
  meeting->name = g_strdup ("Quarterly review");
  meeting->start = start;
  meeting->end = start + 30 * TPT_MINUTE;
  meeting->created_at = start - TPT_DAY;
  meeting->updated_at = meeting->created_at;
  tpt_meeting_add_host (meeting, "https://api.example.com/users/HOST", "Hanna Host",
                        "hanna@host.example");

  return meeting;
}

/* Belongs to @meeting. */
TptInvitee *
tpt_test_store_make_invitee (TptMeeting *meeting,
                             int         number,
                             const char *email,
                             gint64      customer)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->uri = g_strdup_printf ("%s/invitees/INVITEE%d", meeting->uri, number);
  invitee->event = g_strdup (meeting->uri);
  invitee->email = g_strdup (email);
  invitee->name = g_strdup ("Anna Example");
  invitee->created_at = meeting->created_at;
  invitee->customer = customer;
  invitee->match = customer != 0 ? TPT_MATCH_DOMAIN : TPT_MATCH_NONE;
  g_ptr_array_add (meeting->invitees, invitee);

  return invitee;
}

static gboolean
save_meeting (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  TptMeeting *meeting = data;

  if (!tpt_meetings_table_save (session, meeting, error))
    return FALSE;
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      if (!tpt_invitees_table_save (session, g_ptr_array_index (meeting->invitees, i), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
tpt_test_store_try_save_meeting (TptStore    *store,
                                 TptMeeting  *meeting,
                                 GError     **error)
{
  return tpt_test_store_try_transact (store, save_meeting, meeting, error);
}

void
tpt_test_store_save_meeting (TptStore   *store,
                             TptMeeting *meeting)
{
  tpt_test_store_transact (store, save_meeting, meeting);
}

/* A store with one customer and one meeting in it, closed again. */
void
tpt_test_store_make_file (const char *path)
{
  TptStore *store = tpt_test_store_open (path);
  g_autoptr (TptCustomer) customer = NULL;

  customer = tpt_test_store_add_customer (store, "Sentinel Acme", "sentinel-acme.example",
                                          "boss@sentinel-acme.example");
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (i, START + i * TPT_DAY);

      tpt_test_store_make_invitee (meeting, 1, "sentinel@acme.example", customer->id);
      tpt_test_store_save_meeting (store, meeting);
    }
  tpt_test_store_close (store);
}
