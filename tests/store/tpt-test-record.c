/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-record.h"

#include <sqlite3.h>
#include <string.h>

#include "tpt-event-types-table.h"
#include "tpt-match-rules-table.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"
#include "tpt-sqlite.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)
#define DECIDED_MEETINGS                                                                           \
  "(SELECT meeting FROM invitees WHERE match IN (7, 8) OR no_show_local <> 0 OR confirmed <> 0)"

static gboolean
save_link (TptSession   *session,
           TptCustomer  *customer,
           GError      **error)
{
  g_autoptr (TptLink) link = tpt_link_new ();

  link->id = g_strdup_printf ("link-%d", (int) customer->id);
  link->customer = customer->id;
  link->customer_name = g_strdup (customer->name);
  link->booking_url = g_strdup ("https://example.com/d/abc");
  link->invitee_email = g_strdup_printf ("person@customer%d.example", (int) customer->id);
  link->origin = g_strdup ("shortcut");
  link->created_at = START;

  return tpt_links_table_save (session, link, error);
}

static gboolean
save_customers (TptSession  *session,
                GError     **error)
{
  for (int i = 0; i < TPT_TEST_RECORD_CUSTOMERS; i++)
    {
      g_autoptr (TptCustomer) customer = tpt_customer_new ();
      TptStakeholder *stakeholder = tpt_stakeholder_new ();
      g_autofree char *first = g_strdup_printf ("person@customer%d.example", i + 1);
      g_autofree char *second = g_strdup_printf ("person%d@home.example", i + 1);

      customer->name = g_strdup_printf ("Customer %d „Ω“", i);
      customer->tier = g_strdup (i % 2 == 0 ? "gold" : "silver");
      customer->cadence_days = i;
      customer->created_at = START;
      g_hash_table_replace (customer->fields, g_strdup ("region"), g_strdup ("north"));
      tpt_stakeholder_add_email (stakeholder, first);
      if (i % 3 == 0)
        tpt_stakeholder_add_email (stakeholder, second);
      stakeholder->created_at = START;
      g_ptr_array_add (customer->stakeholders, stakeholder);
      if (!tpt_customers_table_save (session, customer, error)
          || !save_link (session, customer, error))
        return FALSE;
    }

  return TRUE;
}

/* Of every tenth, its first invitee was linked by hand to another customer. */
static gboolean
save_meetings (TptSession  *session,
               GError     **error)
{
  for (int i = 0; i < TPT_TEST_RECORD_MEETINGS; i++)
    {
      g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (i, START + i * TPT_DAY);
      TptInvitee *first = tpt_test_store_make_invitee (meeting, 1, "person@customer1.example", 1);
      TptInvitee *second = tpt_test_store_make_invitee (meeting, 2, "other@elsewhere.example", 0);

      if (i % 4 == 0)
        meeting->notes_html = g_strnfill (6000, 'p');
      if (i % 10 == 0)
        {
          first->customer = 2;
          first->match = TPT_MATCH_MANUAL;
        }
      if (!tpt_meetings_table_save (session, meeting, error)
          || !tpt_invitees_table_save (session, first, error)
          || !tpt_invitees_table_save (session, second, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_rest (TptSession  *session,
           GError     **error)
{
  g_autoptr (TptMatchRule) rule =
    tpt_match_rule_new (TPT_MATCH_RULE_DOMAIN, "customer3.example", 3);
  g_autoptr (TptEventType) type = tpt_event_type_new ();
  g_autoptr (TptUser) account = tpt_user_new ();

  type->uri = g_strdup ("https://api.example.com/event_types/TYPE");
  type->name = g_strdup ("Quarterly review");
  account->uri = g_strdup ("https://api.example.com/users/HOST");
  account->email = g_strdup ("hanna@host.example");

  rule->created_at = START;

  return tpt_event_types_table_save (session, type, error)
         && tpt_match_rules_table_save (session, rule, error)
         && tpt_set_aside_table_save (session, "https://api.example.com/bad", "no start", "{}",
                                      error)
         && tpt_settings_table_set_account (session, account, error)
         && tpt_settings_table_set_text (session, "relay.cursor", "41", error)
         && tpt_settings_table_set_int (session, "sync.last-at", START, error);
}

static gboolean
fill (TptSession  *session,
      gpointer     data,
      GError     **error)
{
  return save_customers (session, error) && save_meetings (session, error)
         && save_rest (session, error);
}

/* Filled, and closed again. */
void
tpt_test_record_make (const char *path)
{
  TptStore *store = tpt_test_store_open (path);

  tpt_test_store_transact (store, fill, NULL);
  tpt_test_store_close (store);
}

static gboolean
add_one (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();

  customer->name = g_strdup ("After the backup");

  return tpt_customers_table_save (session, customer, error);
}

/* One customer more. */
void
tpt_test_record_add (TptStore *store)
{
  tpt_test_store_transact (store, add_one, NULL);
}

/* So that nothing of any table can be read. */
void
tpt_test_record_ruin (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  memset (bytes + 100, 0xaa, length - 100);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

gint64
tpt_test_record_query (const char *path,
                       const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSqlite) sqlite = tpt_sqlite_open (path, &error);
  gint64 value;

  g_assert_no_error (error);
  tpt_sqlite_query_int (sqlite, sql, &value, &error);
  g_assert_no_error (error);

  return value;
}

static void
append_rows (GString    *text,
             sqlite3    *connection,
             const char *sql)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (connection, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const guint8 *bytes = sqlite3_column_blob (statement, i);

          for (int j = 0; j < sqlite3_column_bytes (statement, i); j++)
            g_string_append_printf (text, "%02x", bytes[j]);
          g_string_append_c (text, ' ');
        }
      g_string_append_c (text, '\n');
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

static char *
dump (const char        *path,
      const char *const *queries)
{
  GString *text = g_string_new (NULL);
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  for (gsize i = 0; queries[i] != NULL; i++)
    {
      g_string_append_printf (text, "%s\n", queries[i]);
      append_rows (text, connection, queries[i]);
    }
  g_assert_cmpint (sqlite3_close (connection), ==, SQLITE_OK);

  return g_string_free (text, FALSE);
}

/* Every row of every table but that of the key, bit by bit. */
char *
tpt_test_record_dump (const char *path)
{
  static const char *const queries[] = {
    "SELECT * FROM settings WHERE name <> 'restoration' ORDER BY 1",
    "SELECT * FROM customers ORDER BY 1",
    "SELECT * FROM stakeholders ORDER BY 1",
    "SELECT * FROM stakeholder_emails ORDER BY 1, 2",
    "SELECT * FROM links ORDER BY 1",
    "SELECT * FROM match_rules ORDER BY 1",
    "SELECT * FROM event_types ORDER BY 1",
    "SELECT * FROM meetings ORDER BY 1",
    "SELECT * FROM hosts ORDER BY 1, 2",
    "SELECT * FROM invitees ORDER BY 1",
    "SELECT * FROM set_aside ORDER BY 1",
    NULL,
  };

  return dump (path, queries);
}

/* Only what cannot be pulled again. */
char *
tpt_test_record_dump_local (const char *path)
{
  static const char *const queries[] = {
    "SELECT * FROM settings WHERE name NOT GLOB 'sync.*' AND name <> 'restoration' ORDER BY 1",
    "SELECT * FROM customers ORDER BY 1",
    "SELECT * FROM stakeholders ORDER BY 1",
    "SELECT * FROM stakeholder_emails ORDER BY 1, 2",
    "SELECT * FROM links ORDER BY 1",
    "SELECT * FROM match_rules ORDER BY 1",
    "SELECT * FROM meetings WHERE id IN " DECIDED_MEETINGS " ORDER BY 1",
    "SELECT * FROM hosts WHERE meeting IN " DECIDED_MEETINGS " ORDER BY 1, 2",
    "SELECT * FROM invitees WHERE meeting IN " DECIDED_MEETINGS " ORDER BY 1",
    NULL,
  };

  return dump (path, queries);
}
