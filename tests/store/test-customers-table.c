/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-session.h"
#include "tpt-stakeholders-table.h"
#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

static TptCustomer *
make_customer (void)
{
  TptCustomer *customer = tpt_customer_new ();
  TptStakeholder *stakeholder = tpt_stakeholder_new ();

  customer->name = g_strdup ("Ångström & Söhne <GmbH>");
  g_strfreev (customer->domains);
  customer->domains = g_strsplit ("angstrom.example;xn--ngstrm-iua2h.example", ";", -1);
  customer->tier = g_strdup ("gold");
  customer->owner = g_strdup ("me@host.example");
  customer->cadence_days = 45;
  customer->status = TPT_CUSTOMER_PROSPECT;
  customer->renewal_at = START + 90 * TPT_DAY;
  customer->external_id = g_strdup ("CRM-1");
  g_hash_table_insert (customer->fields, g_strdup ("Region"), g_strdup ("Nord; 'x\""));
  stakeholder->name = g_strdup ("Åsa");
  tpt_stakeholder_add_email (stakeholder, "Asa@angstrom.example");
  stakeholder->role = g_strdup ("CTO");
  g_ptr_array_add (customer->stakeholders, stakeholder);

  return customer;
}

static gboolean
save_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  return tpt_customers_table_save (session, data, error);
}

static void
test_round_trip (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) saved = make_customer ();
  g_autoptr (GPtrArray) customers = NULL;
  TptCustomer *customer;
  TptStakeholder *stakeholder;

  tpt_test_store_transact (store, save_func, saved);
  customers = tpt_test_store_list_customers (store);
  g_assert_cmpuint (customers->len, ==, 1);
  customer = g_ptr_array_index (customers, 0);
  g_assert_cmpint (customer->id, ==, saved->id);
  g_assert_cmpstr (customer->name, ==, saved->name);
  g_assert_cmpstrv (customer->domains, saved->domains);
  g_assert_cmpstr (customer->tier, ==, "gold");
  g_assert_cmpstr (customer->owner, ==, saved->owner);
  g_assert_cmpint (customer->cadence_days, ==, 45);
  g_assert_cmpint (customer->status, ==, TPT_CUSTOMER_PROSPECT);
  g_assert_cmpint (customer->renewal_at, ==, saved->renewal_at);
  g_assert_cmpint (customer->created_at, ==, START);
  g_assert_cmpstr (g_hash_table_lookup (customer->fields, "Region"), ==, "Nord; 'x\"");
  stakeholder = tpt_customer_find_stakeholder (customer, "asa@angstrom.example");
  g_assert_cmpstr (stakeholder->name, ==, "Åsa");
  g_assert_cmpint (stakeholder->customer, ==, customer->id);
  g_assert_null (stakeholder->phone);
  tpt_test_store_close (store);
}

static gboolean
lookups_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  g_autoptr (TptCustomer) by_name = NULL;
  g_autoptr (TptCustomer) by_external = NULL;
  g_autoptr (TptCustomer) absent = NULL;
  g_autoptr (GPtrArray) stakeholders = NULL;
  gint64 row = *(gint64 *) data;

  /* Another case, and the letters taken apart. */
  g_assert_true (tpt_customers_table_find_name (session,
                                                "A\xcc\x8angstr\xc3\xb6m & S\xc3\xb6hne <gmbh>",
                                                &by_name, error));
  g_assert_cmpint (by_name->id, ==, row);
  g_assert_true (tpt_customers_table_find_external (session, "crm-1", &by_external, error));
  g_assert_cmpint (by_external->id, ==, row);
  g_assert_true (tpt_customers_table_find_name (session, "Nobody", &absent, error));
  g_assert_null (absent);
  g_assert_true (tpt_customers_table_find_external (session, NULL, &absent, error));
  g_assert_null (absent);
  g_assert_true (tpt_stakeholders_table_list_email (session, "ASA@ANGSTROM.example", &stakeholders,
                                                    error));
  g_assert_cmpuint (stakeholders->len, ==, 1);

  return TRUE;
}

static void
test_lookups (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) customer = make_customer ();

  tpt_test_store_transact (store, save_func, customer);
  tpt_test_store_transact (store, lookups_func, &customer->id);
  tpt_test_store_close (store);
}

/* A stakeholder without a row is known by e-mail address; one that is not named stays. */
static void
test_stakeholders (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) first = make_customer ();
  g_autoptr (TptCustomer) again = make_customer ();
  g_autoptr (GPtrArray) customers = NULL;
  TptCustomer *customer;
  TptStakeholder *stakeholder = g_ptr_array_index (again->stakeholders, 0);
  TptStakeholder *other = tpt_stakeholder_new ();

  tpt_test_store_transact (store, save_func, first);
  again->id = first->id;
  g_free (stakeholder->role);
  stakeholder->role = g_strdup ("CEO");
  other->name = g_strdup ("No address");
  g_ptr_array_add (again->stakeholders, other);
  tpt_test_store_transact (store, save_func, again);
  g_ptr_array_set_size (again->stakeholders, 0);
  tpt_test_store_transact (store, save_func, again);

  customers = tpt_test_store_list_customers (store);
  g_assert_cmpuint (customers->len, ==, 1);
  customer = g_ptr_array_index (customers, 0);
  g_assert_cmpuint (customer->stakeholders->len, ==, 2);
  stakeholder = tpt_customer_find_stakeholder (customer, "Asa@angstrom.example");
  g_assert_cmpstr (stakeholder->role, ==, "CEO");
  tpt_test_store_close (store);
}

static gboolean
save_person_func (TptSession  *session,
                  gpointer     data,
                  GError     **error)
{
  return tpt_stakeholders_table_save (session, data, error);
}

static void
assert_listed (TptSession  *session,
               const char  *email,
               const char  *expected)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  tpt_stakeholders_table_list_email (session, email, &people, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      TptStakeholder *person = g_ptr_array_index (people, i);
      g_autofree char *emails = g_strjoinv (" ", person->emails);

      g_string_append_printf (rows, "%d: %s\n", (int) person->id, emails);
    }
  g_assert_cmpstr (rows->str, ==, expected);
}

/* Found by any of them, in their order; by none that was theirs. */
static gboolean
emails_func (TptSession  *session,
             gpointer     data,
             GError     **error)
{
  g_autoptr (TptStakeholder) loaded = NULL;
  g_autoptr (TptStakeholder) absent = NULL;
  gint64 count;

  assert_listed (session, "THIRD@angstrom.example", "1: second@angstrom.example "
                                                    "third@angstrom.example\n");
  assert_listed (session, "asa@angstrom.example", "");
  assert_listed (session, "shared@home.example", "2: shared@home.example\n"
                                                 "3: o@other.example shared@home.example\n");
  g_assert_true (tpt_stakeholders_table_load (session, 3, &loaded, error));
  g_assert_cmpstr (tpt_stakeholder_get_email (loaded), ==, "o@other.example");
  g_assert_true (tpt_stakeholders_table_load (session, 77, &absent, error));
  g_assert_null (absent);
  g_assert_true (tpt_sqlite_query_int (session->sqlite,
                                       "SELECT count (*) FROM stakeholder_emails", &count, error));
  g_assert_cmpint (count, ==, 5);
  g_assert_true (tpt_stakeholders_table_remove (session, 1, error));
  g_assert_true (tpt_customers_table_remove (session, 2, error));
  g_assert_true (tpt_sqlite_query_int (session->sqlite,
                                       "SELECT count (*) FROM stakeholder_emails", &count, error));
  g_assert_cmpint (count, ==, 1);

  return TRUE;
}

static TptStakeholder *
make_person (gint64            customer,
             const char *const *emails)
{
  TptStakeholder *person = tpt_stakeholder_new ();

  person->customer = customer;
  tpt_stakeholder_set_emails (person, emails);

  return person;
}

#define EMAILS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static void
test_emails (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) first = make_customer ();
  g_autoptr (TptCustomer) second = tpt_customer_new ();
  g_autoptr (TptStakeholder) asa = NULL;
  g_autoptr (TptStakeholder) shared = NULL;
  g_autoptr (TptStakeholder) again = NULL;
  g_autoptr (TptStakeholder) other = NULL;
  g_autoptr (GArray) hits = NULL;

  second->name = g_strdup ("Second");
  tpt_test_store_transact (store, save_func, first);
  tpt_test_store_transact (store, save_func, second);
  shared = make_person (first->id, EMAILS ("shared@home.example"));
  other = make_person (second->id, EMAILS ("o@other.example", "shared@home.example"));
  tpt_test_store_transact (store, save_person_func, shared);
  tpt_test_store_transact (store, save_person_func, other);
  g_assert_cmpint (shared->id, ==, 2);
  g_assert_cmpint (other->id, ==, 3);

  /* Who is known by the second of the addresses only, and then has others than before. */
  asa = make_person (first->id, EMAILS ("second@angstrom.example", "Asa@angstrom.example"));
  tpt_test_store_transact (store, save_person_func, asa);
  g_assert_cmpint (asa->id, ==, 1);
  again = make_person (first->id, EMAILS ("second@angstrom.example", "third@angstrom.example"));
  tpt_test_store_transact (store, save_person_func, again);
  g_assert_cmpint (again->id, ==, 1);
  hits = tpt_test_store_search (store, "third@angstrom", 0);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 0).customer, ==, first->id);
  tpt_test_store_transact (store, emails_func, NULL);
  tpt_test_store_close (store);
}

static gboolean
remove_func (TptSession  *session,
             gpointer     data,
             GError     **error)
{
  return tpt_customers_table_remove (session, *(gint64 *) data, error);
}

static void
test_removed (void)
{
  TptStore *store = tpt_test_store_open (":memory:");
  g_autoptr (TptCustomer) customer = make_customer ();
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (1, START);
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GArray) hits = NULL;
  TptInvitee *invitee;

  tpt_test_store_transact (store, save_func, customer);
  tpt_test_store_make_invitee (meeting, 1, "asa@angstrom.example", customer->id);
  tpt_test_store_save_meeting (store, meeting);
  tpt_test_store_transact (store, remove_func, &customer->id);
  meetings = tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });
  g_assert_cmpuint (meetings->len, ==, 1);
  invitee = g_ptr_array_index (((TptMeeting *) g_ptr_array_index (meetings, 0))->invitees, 0);
  g_assert_cmpint (invitee->customer, ==, 0);
  hits = tpt_test_store_search (store, "angstrom", 0);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 0).customer, ==, 0);
  g_assert_cmpint (g_array_index (hits, TptSearchHit, 0).meeting, ==, meeting->id);
  tpt_test_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/customers-table/round-trip", test_round_trip);
  g_test_add_func ("/customers-table/lookups", test_lookups);
  g_test_add_func ("/customers-table/stakeholders", test_stakeholders);
  g_test_add_func ("/customers-table/emails", test_emails);
  g_test_add_func ("/customers-table/removed", test_removed);

  return g_test_run ();
}
