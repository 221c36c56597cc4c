/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-types-table.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"
#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

static gboolean
settings_func (TptSession  *session,
               gpointer     data,
               GError     **error)
{
  g_autoptr (TptUser) account = tpt_user_new ();
  g_autoptr (TptUser) found = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sealed = NULL;
  gint64 number;

  account->uri = g_strdup ("https://api.example.com/users/ME");
  account->email = g_strdup ("me@host.example");
  account->organization_name = g_strdup ("Host");
  g_assert_true (tpt_settings_table_get_account (session, &found, error));
  g_assert_null (found);
  g_assert_true (tpt_settings_table_set_account (session, account, error));
  g_assert_true (tpt_settings_table_get_account (session, &found, error));
  g_assert_cmpstr (found->email, ==, account->email);
  g_assert_null (found->plan);
  g_assert_cmpstr (found->organization_name, ==, "Host");
  g_assert_true (tpt_settings_table_set_account (session, NULL, error));
  g_clear_object (&found);
  g_assert_true (tpt_settings_table_get_account (session, &found, error));
  g_assert_null (found);

  g_assert_true (tpt_settings_table_set_int (session, "cursor", G_MAXINT64, error));
  g_assert_true (tpt_settings_table_set_int (session, "cursor", 42, error));
  g_assert_true (tpt_settings_table_get_int (session, "cursor", &number, error));
  g_assert_cmpint (number, ==, 42);
  g_assert_true (tpt_settings_table_set_text (session, "page", "abc", error));
  g_assert_true (tpt_settings_table_get_text (session, "page", &text, error));
  g_assert_cmpstr (text, ==, "abc");
  g_assert_true (tpt_settings_table_set_sealed (session, "relay", "secret'; DROP TABLE", error));
  g_assert_true (tpt_settings_table_get_sealed (session, "relay", &sealed, error));
  g_assert_cmpstr (sealed, ==, "secret'; DROP TABLE");
  g_clear_pointer (&text, g_free);
  g_assert_true (tpt_settings_table_get_text (session, "absent", &text, error));
  g_assert_null (text);

  return TRUE;
}

static void
test_settings (void)
{
  TptStore *store = tpt_test_store_open (":memory:");

  tpt_test_store_transact (store, settings_func, NULL);
  tpt_test_store_close (store);
}

static gboolean
set_aside_func (TptSession  *session,
                gpointer     data,
                GError     **error)
{
  g_autoptr (GPtrArray) records = NULL;
  TptSetAside *record;

  g_assert_true (tpt_set_aside_table_save (session, "uri:1", "no start", "{}", error));
  g_assert_true (tpt_set_aside_table_save (session, "uri:1", "no end", NULL, error));
  g_assert_true (tpt_set_aside_table_save (session, "uri:2", "no name", NULL, error));
  g_assert_true (tpt_set_aside_table_remove (session, "uri:2", error));
  g_assert_true (tpt_set_aside_table_list (session, &records, error));
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->reason, ==, "no end");
  g_assert_null (record->label);
  g_assert_cmpint (record->at, ==, START);

  return TRUE;
}

static void
test_set_aside (void)
{
  TptStore *store = tpt_test_store_open (":memory:");

  tpt_test_store_transact (store, set_aside_func, NULL);
  tpt_test_store_close (store);
}

static gboolean
event_types_func (TptSession  *session,
                  gpointer     data,
                  GError     **error)
{
  g_autoptr (TptEventType) event_type = tpt_event_type_new ();
  g_autoptr (TptEventType) found = NULL;

  event_type->uri = g_strdup ("https://api.example.com/event_types/A");
  event_type->name = g_strdup ("QBR");
  event_type->category = g_strdup ("qbr");
  event_type->duration = 45;
  event_type->active = TRUE;
  g_assert_true (tpt_event_types_table_save (session, event_type, error));
  event_type->duration = 50;
  g_assert_true (tpt_event_types_table_save (session, event_type, error));
  g_assert_true (tpt_event_types_table_find (session, event_type->uri, &found, error));
  g_assert_cmpstr (found->name, ==, "QBR");
  g_assert_cmpint (found->duration, ==, 50);
  g_assert_true (found->active);
  g_assert_false (found->secret);
  g_assert_null (found->slug);
  g_assert_cmpstr (tpt_event_type_get_category (found), ==, "qbr");

  return TRUE;
}

/* What a person said of a type stays whatever is pulled, until they take it back. */
static gboolean
own_category_func (TptSession  *session,
                   gpointer     data,
                   GError     **error)
{
  const char *uri = "https://api.example.com/event_types/A";
  g_autoptr (TptEventType) pulled = tpt_event_type_new ();
  g_autoptr (TptEventType) said = NULL;
  g_autoptr (TptEventType) kept = NULL;
  g_autoptr (TptEventType) guessed = NULL;

  g_assert_true (tpt_event_types_table_set_category (session, uri, "onboarding", error));
  g_assert_true (tpt_event_types_table_find (session, uri, &said, error));
  g_assert_cmpstr (tpt_event_type_get_category (said), ==, "onboarding");
  g_assert_true (tpt_event_types_table_save (session, said, error));

  pulled->uri = g_strdup (uri);
  pulled->category = g_strdup ("demo");
  g_assert_true (tpt_event_types_table_save (session, pulled, error));
  g_assert_true (tpt_event_types_table_find (session, uri, &kept, error));
  g_assert_cmpstr (tpt_event_type_get_category (kept), ==, "onboarding");

  g_assert_true (tpt_event_types_table_set_category (session, uri, NULL, error));
  g_assert_true (tpt_event_types_table_find (session, uri, &guessed, error));
  g_assert_cmpstr (tpt_event_type_get_category (guessed), ==, "demo");

  return TRUE;
}

static void
test_event_types (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) event_types = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_test_store_transact (store, event_types_func, NULL);
  tpt_test_store_transact (store, own_category_func, NULL);
  tpt_store_list_event_types_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  event_types = tpt_store_list_event_types_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (event_types->len, ==, 1);
  g_clear_object (&result);
  tpt_test_store_close (store);
}

typedef struct
{
  int count;
  guint flags;
  GArray *customers;
} Changes;

static void
changed_cb (TptStore *store,
            guint     flags,
            GArray   *customers,
            gpointer  user_data)
{
  Changes *changes = user_data;

  changes->count++;
  changes->flags = flags;
  g_clear_pointer (&changes->customers, g_array_unref);
  changes->customers = customers != NULL ? g_array_ref (customers) : NULL;
}

static gboolean
rematch_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  gint64 *rows = data;

  return tpt_invitees_table_set_match (session, rows[0], rows[1], 0, TPT_MATCH_MANUAL, error);
}

static gboolean
nothing_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  return TRUE;
}

static gboolean
failing_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();

  customer->name = g_strdup ("Not to stay");
  g_assert_true (tpt_customers_table_save (session, customer, error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "second thoughts");

  return FALSE;
}

/* The signal comes before the answer, once a commit, and names old and new customer. */
static void
test_changed (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  Changes changes = { 0 };
  g_autoptr (TptCustomer) first = NULL;
  g_autoptr (TptCustomer) second = NULL;
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (1, START);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = NULL;
  TptInvitee *invitee;
  gint64 rows[2];

  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &changes);
  first = tpt_test_store_add_customer (store, "First", "first.example", NULL);
  g_assert_cmpint (changes.count, ==, 1);
  g_assert_cmpuint (changes.flags, ==, TPT_CHANGE_CUSTOMERS);
  g_assert_cmpuint (changes.customers->len, ==, 1);
  g_assert_cmpint (g_array_index (changes.customers, gint64, 0), ==, first->id);
  second = tpt_test_store_add_customer (store, "Second", NULL, NULL);
  invitee = tpt_test_store_make_invitee (meeting, 1, "a@first.example", first->id);
  tpt_test_store_save_meeting (store, meeting);
  g_assert_cmpint (changes.count, ==, 3);
  g_assert_cmpuint (changes.flags, ==, TPT_CHANGE_MEETINGS);
  g_assert_cmpuint (changes.customers->len, ==, 1);

  rows[0] = invitee->id;
  rows[1] = second->id;
  tpt_test_store_transact (store, rematch_func, rows);
  g_assert_cmpint (changes.count, ==, 4);
  g_assert_cmpuint (changes.customers->len, ==, 2);
  g_assert_cmpint (g_array_index (changes.customers, gint64, 0), ==, first->id);
  g_assert_cmpint (g_array_index (changes.customers, gint64, 1), ==, second->id);

  tpt_test_store_transact (store, nothing_func, NULL);
  g_assert_false (tpt_test_store_try_transact (store, failing_func, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (changes.count, ==, 4);
  customers = tpt_test_store_list_customers (store);
  g_assert_cmpuint (customers->len, ==, 2);

  g_array_unref (changes.customers);
  tpt_test_store_close (store);
}

static void
test_closed (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (GAsyncResult) closing = NULL;
  g_autoptr (GAsyncResult) searching = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_close_async (store, NULL, tpt_test_result_cb, &waiting);
  g_assert_false (tpt_test_store_try_transact (store, nothing_func, NULL, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CLOSED);
  g_clear_error (&error);
  closing = tpt_test_await (&waiting);
  g_assert_true (tpt_store_close_finish (store, closing, &error));
  g_clear_object (&closing);
  tpt_store_search_async (store, "anything", 0, NULL, tpt_test_result_cb, &waiting);
  searching = tpt_test_await (&waiting);
  g_assert_null (tpt_store_search_finish (store, searching, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CLOSED);
  g_clear_object (&searching);
  tpt_test_store_close (store);
}

static void
free_on_main (gpointer data)
{
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  *(int *) data += 1;
}

/* A call that is cancelled before its turn does nothing; its data is freed on the main context. */
static void
test_cancelled (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = NULL;
  TptTestResult waiting = { NULL };
  int freed = 0;

  g_cancellable_cancel (cancellable);
  tpt_store_transact_async (store, failing_func, &freed, free_on_main, cancellable,
                            tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_false (tpt_store_transact_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  customers = tpt_test_store_list_customers (store);
  g_assert_cmpuint (customers->len, ==, 0);
  g_assert_cmpint (freed, ==, 1);
  g_clear_object (&result);
  tpt_test_store_close (store);
}

static gboolean
cancelling_func (TptSession  *session,
                 gpointer     data,
                 GError     **error)
{
  g_cancellable_cancel (data);

  return TRUE;
}

/* What is committed is not told as cancelled. */
static void
test_cancelled_too_late (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (store, cancelling_func, cancellable, NULL, cancellable,
                            tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_true (tpt_store_transact_finish (store, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  tpt_test_store_close (store);
}

static void
test_erased (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  Changes changes = { 0 };

  customer = tpt_test_store_add_customer (store, "Zebra", "zebra.example", "z@zebra.example");
  before = tpt_test_store_search (store, "zebra", 0);
  g_assert_cmpuint (before->len, ==, 1);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &changes);
  tpt_store_erase_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_erase_finish (store, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (changes.count, ==, 1);
  g_assert_null (changes.customers);
  customers = tpt_test_store_list_customers (store);
  g_assert_cmpuint (customers->len, ==, 0);
  after = tpt_test_store_search (store, "zebra", 0);
  g_assert_cmpuint (after->len, ==, 0);
  g_clear_object (&result);
  tpt_test_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/store/settings", test_settings);
  g_test_add_func ("/store/set-aside", test_set_aside);
  g_test_add_func ("/store/event-types", test_event_types);
  g_test_add_func ("/store/changed", test_changed);
  g_test_add_func ("/store/closed", test_closed);
  g_test_add_func ("/store/cancelled", test_cancelled);
  g_test_add_func ("/store/cancelled-too-late", test_cancelled_too_late);
  g_test_add_func ("/store/erased", test_erased);

  return g_test_run ();
}
