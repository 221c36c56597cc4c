/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"
#include "services-opening.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tpt-invitees-table.h"
#include "tpt-restoration-text.h"
#include "tpt-test.h"

static char *
get_path (ServicesFixture *fixture)
{
  return g_strdup (tpt_store_get_path (fixture->services->store));
}

static void
sync_all (ServicesFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TptSyncReport *report = services_fixture_sync (fixture, NULL, &error);

  g_assert_no_error (error);
  tpt_sync_report_free (report);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Whose each booking is, and why: what matters of the record. */
static char *
describe (ServicesFixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      for (guint j = 0; j < meeting->invitees->len; j++)
        {
          TptInvitee *invitee = g_ptr_array_index (meeting->invitees, j);

          g_ptr_array_add (lines,
                           g_strdup_printf ("%s %d %d %d %u", invitee->uri, (int) invitee->customer,
                                            (int) invitee->stakeholder, (int) invitee->match,
                                            invitee->reschedules));
        }
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static gboolean
decide (TptSession  *session,
        gpointer     data,
        GError     **error)
{
  TptInvitee *invitee = data;

  return tpt_invitees_table_set_match (session, invitee->id, 1, 0, TPT_MATCH_MANUAL, error);
}

/* Links one booking by hand with the first customer. */
static void
decide_one (ServicesFixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  TptMeeting *meeting = g_ptr_array_index (meetings, meetings->len / 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (fixture->services->store, decide,
                            g_ptr_array_index (meeting->invitees, 0), NULL, NULL,
                            tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (fixture->services->store, result, &error);
  g_assert_no_error (error);
}

/* D-9: after damage that leaves nothing, backup and service together give the same record again,
 * the sign-in included. */
static void
test_same_again (ServicesFixture *fixture,
                 gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (45 * 60);
  TptRestoration *restoration;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  tpt_import_report_free (services_fixture_import (fixture));
  sync_all (fixture);
  decide_one (fixture);
  before = describe (fixture);
  services_fixture_close (fixture);
  /* As on the next day: the backup is older than what was decided. */
  g_setenv ("TOUCHPOINT_NOW", "2026-03-05T09:20:00Z", TRUE);
  services_fixture_open (fixture);
  services_fixture_ruin (fixture);
  restoration = tpt_store_get_restoration (fixture->services->store);
  g_assert_nonnull (restoration);
  g_assert_cmpint (restoration->source, ==, TPT_RESTORATION_BACKUP);
  g_assert_cmpint (restoration->decisions, ==, 1);
  text = tpt_restoration_describe (restoration, zone);
  g_assert_nonnull (strstr (text, restoration->kept_as));
  g_assert_nonnull (strstr (text, "2026-03-05"));
  g_assert_cmpint (tpt_connection_get_state (fixture->services->connection), ==,
                   TPT_CONNECTION_CONNECTED);
  g_assert_cmpint (tpt_engine_get_last_sync (fixture->services->engine), ==, TPT_TIME_NONE);
  sync_all (fixture);
  after = describe (fixture);
  g_assert_true (g_str_equal (before, after));
}

/* Whoever starts anew does not get the old record back from its backup; that is put aside, too. */
static void
test_start_anew (ServicesFixture *fixture,
                 gconstpointer    data)
{
  TptServicesOptions options = { .flags = TPT_SERVICES_START_ANEW, .secrets = fixture->secrets };
  g_autofree char *path = get_path (fixture);
  g_autofree char *backup = g_strconcat (path, ".backup-1", NULL);
  g_autoptr (GPtrArray) customers = NULL;

  tpt_import_report_free (services_fixture_import (fixture));
  services_fixture_close (fixture);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  fixture->services = services_opening_open (&options);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_assert_null (tpt_store_get_restoration (fixture->services->store));
  customers = services_fixture_customers (fixture);
  g_assert_cmpuint (customers->len, ==, 0);
}

/* Where file and key are gone, the backups wait for the old key: who finds the keyring again has
 * lost nothing. A new key would make a new record without a word. */
static void
test_key_missing (ServicesFixture *fixture,
                  gconstpointer    data)
{
  TptServicesOptions options = { .secrets = fixture->secrets };
  g_autofree char *path = get_path (fixture);
  g_autofree char *key = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  guint count;

  tpt_import_report_free (services_fixture_import (fixture));
  customers = services_fixture_customers (fixture);
  count = customers->len;
  services_fixture_close (fixture);
  tpt_token_store_lookup (fixture->secrets, TPT_SECRET_DATABASE_KEY, &key, NULL, &error);
  tpt_token_store_clear (fixture->secrets, TPT_SECRET_DATABASE_KEY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  tpt_services_open_async (&options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_services_open_finish (result, &missing));
  g_assert_error (missing, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEY_MISSING);

  tpt_token_store_save (fixture->secrets, TPT_SECRET_DATABASE_KEY, key, NULL, &error);
  g_assert_no_error (error);
  services_fixture_open (fixture);
  g_ptr_array_unref (customers);
  customers = services_fixture_customers (fixture);
  g_assert_cmpuint (count, >, 0);
  g_assert_cmpuint (customers->len, ==, count);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add ("/services/rescue/same-again", ServicesFixture, "60", services_fixture_set_up,
              test_same_again, services_fixture_tear_down);
  g_test_add ("/services/rescue/start-anew", ServicesFixture, "20", services_fixture_set_up,
              test_start_anew, services_fixture_tear_down);
  g_test_add ("/services/rescue/key-missing", ServicesFixture, "20", services_fixture_set_up,
              test_key_missing, services_fixture_tear_down);

  return g_test_run ();
}
