/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "tpt-fault-vfs.h"
#include "tpt-restoration.h"
#include "tpt-schema.h"
#include "tpt-settings-table.h"
#include "tpt-stakeholders-table.h"
#include "tpt-test-record.h"
#include "tpt-test-worker.h"

/* Enough that there is a cut at every step. */
#define MOST_OPERATIONS 2000

/* From one cut to the next: at every operation of the newest step; torn pages here and there; and
 * the steps before it were cut everywhere when they were the newest. */
#define STRIDE 1
#define STRIDE_TORN 3
#define STRIDE_BEFORE 9

#define KILLS 20

/* D-11 */

static void
put_fixture (TptTestStorePlace *place,
             int                version)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autofree char *name = g_strdup_printf ("db/v%d.db", version);
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = tpt_test_fixture (name, &length);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    tpt_test_remove_dir (folder);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (place->path, bytes, (gssize) length, NULL));
}

static gboolean
read_cursor (TptSession  *session,
             gpointer     data,
             GError     **error)
{
  return tpt_settings_table_get_text (session, "relay.cursor", data, error);
}

/* Everybody has the address that they had when each had one, and is found by it as ever. */
static gboolean
check_people (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  const GPtrArray *customers = data;

  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);
      TptStakeholder *person = g_ptr_array_index (customer->stakeholders, 0);
      g_autofree char *email = g_strdup_printf ("person@customer%u.example", i + 1);
      g_autofree char *written = g_ascii_strup (email, -1);
      g_autoptr (GPtrArray) found = NULL;

      g_assert_cmpstr (tpt_stakeholder_get_email (person), ==, email);
      if (!tpt_stakeholders_table_list_email (session, written, &found, error))
        return FALSE;
      g_assert_cmpuint (found->len, ==, 1);
      g_assert_cmpint (((TptStakeholder *) g_ptr_array_index (found, 0))->id, ==, person->id);
    }

  return TRUE;
}

/* All of it, as the program of today sees it. */
static void
assert_whole (TptTestStorePlace *place)
{
  g_autofree char *copy = g_strconcat (place->path, ".before-migration", NULL);
  TptStore *store = tpt_test_store_open (place->path);
  g_autoptr (GPtrArray) customers = tpt_test_store_list_customers (store);
  g_autoptr (GPtrArray) links = tpt_test_store_list_links (store, 0);
  g_autoptr (GPtrArray) meetings = tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });
  g_autofree char *cursor = NULL;
  guint decisions = 0;

  g_assert_null (tpt_store_get_restoration (store));
  g_assert_true (tpt_test_store_check (store));
  g_assert_cmpuint (customers->len, ==, TPT_TEST_RECORD_CUSTOMERS);
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);
      g_autofree char *name = g_strdup_printf ("Customer %u „Ω“", i);

      g_assert_cmpstr (customer->name, ==, name);
      g_assert_cmpuint (customer->stakeholders->len, ==, 1);
      g_assert_cmpstr (g_hash_table_lookup (customer->fields, "region"), ==, "north");
    }
  tpt_test_store_transact (store, check_people, customers);
  g_assert_cmpuint (links->len, ==, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_cmpuint (meetings->len, ==, TPT_TEST_RECORD_MEETINGS);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      g_assert_cmpuint (meeting->invitees->len, ==, 2);
      for (guint j = 0; j < 2; j++)
        decisions += tpt_match_reason_is_manual (
          ((TptInvitee *) g_ptr_array_index (meeting->invitees, j))->match);
    }
  g_assert_cmpuint (decisions, ==, TPT_TEST_RECORD_DECISIONS);
  tpt_test_store_transact (store, read_cursor, &cursor);
  g_assert_cmpstr (cursor, ==, "41");
  tpt_test_store_close (store);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
test_migrated (TptTestStorePlace *place,
               gconstpointer      data)
{
  for (int version = 1; version < TPT_SCHEMA_VERSION; version++)
    {
      put_fixture (place, version);
      g_assert_cmpint (tpt_test_record_query (place->path, "PRAGMA user_version"), ==, version);
      assert_whole (place);
      g_assert_cmpint (tpt_test_record_query (place->path, "PRAGMA user_version"), ==,
                       TPT_SCHEMA_VERSION);
      assert_whole (place);
    }
}

/* As long as not all steps are done, the old file is there, whole. */
static void
assert_kept (TptTestStorePlace *place,
             int                version)
{
  g_autofree char *copy = g_strconcat (place->path, ".before-migration", NULL);
  gint64 reached = tpt_test_record_query (place->path, "PRAGMA user_version");

  if (reached == TPT_SCHEMA_VERSION || !g_file_test (copy, G_FILE_TEST_EXISTS))
    {
      g_assert_true (reached == TPT_SCHEMA_VERSION || reached == version);
      return;
    }
  g_assert_cmpint (tpt_test_record_query (copy, "PRAGMA user_version"), ==, version);
  g_assert_cmpint (tpt_test_record_query (copy, "SELECT count (*) FROM meetings"), ==,
                   TPT_TEST_RECORD_MEETINGS);
}

/* Cuts the power at @operation of the migration. Returns: whether it came so far */
static gboolean
cut (TptTestStorePlace *place,
     int                version,
     guint              operation,
     TptSurvival        survival)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  TptStore *store;
  gboolean has_struck;

  put_fixture (place, version);
  tpt_fault_vfs_install ();
  tpt_fault_vfs_arm (TPT_FAULT_POWER, operation, TRUE);
  store = tpt_test_store_try_open (place->path, key, &error);
  if (store != NULL)
    tpt_test_store_close (store);
  has_struck = tpt_fault_vfs_has_struck ();
  tpt_fault_vfs_power_on (survival, operation);
  assert_kept (place, version);
  tpt_fault_vfs_uninstall ();
  assert_whole (place);

  return has_struck;
}

static void
test_cut_off (TptTestStorePlace *place,
              gconstpointer      survival)
{
  for (int version = 1; version < TPT_SCHEMA_VERSION; version++)
    {
      guint stride = GPOINTER_TO_UINT (survival) == TPT_SURVIVAL_TORN ? STRIDE_TORN : STRIDE;
      gboolean has_struck = TRUE;
      guint operation;

      if (version < TPT_SCHEMA_VERSION - 1)
        stride = STRIDE_BEFORE;
      for (operation = 1; has_struck; operation += stride)
        {
          g_assert_cmpuint (operation, <, MOST_OPERATIONS);
          has_struck = cut (place, version, operation, GPOINTER_TO_UINT (survival));
        }
      g_test_message ("from version %d: %u cuts", version, operation);
      g_assert_cmpuint (operation, >, 20);
    }
}

static void
test_killed (TptTestStorePlace *place,
             gconstpointer      data)
{
  for (int i = 0; i < KILLS; i++)
    {
      int version = 1 + i % MAX (TPT_SCHEMA_VERSION - 1, 1);
      g_autoptr (GSubprocess) worker = NULL;

      put_fixture (place, version);
      worker = tpt_test_worker_start (NULL, NULL, "open", place->path, NULL);
      g_usleep ((gulong) g_test_rand_int_range (0, 15000));
      g_subprocess_force_exit (worker);
      g_subprocess_wait (worker, NULL, NULL);
      assert_kept (place, version);
      assert_whole (place);
    }
}

#define ADD(path, func, data)                                                                      \
  g_test_add (path, TptTestStorePlace, data, tpt_test_store_set_up, func, tpt_test_store_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/old-databases/migrated", test_migrated, NULL);
  ADD ("/old-databases/cut-off", test_cut_off, GUINT_TO_POINTER (TPT_SURVIVAL_NONE));
  ADD ("/old-databases/cut-off-torn", test_cut_off, GUINT_TO_POINTER (TPT_SURVIVAL_TORN));
  ADD ("/old-databases/killed", test_killed, NULL);

  return g_test_run ();
}
