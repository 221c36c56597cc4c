/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdlib.h>
#include <string.h>

#include "services-opening.h"
#include "tpt-collection.h"
#include "tpt-import-place.h"
#include "tpt-import-tally.h"
#include "tpt-settings-table.h"
#include "tpt-test.h"

/* A program to be killed. `import-worker HOME import FROM TO` says where it begins, how many
 * meetings there are and how many records were set aside before that, imports, and says what it
 * did; `import-worker HOME sync` says when all was synced
 * last, how many meetings there are, how many of them near today, and when the first of them was,
 * syncs all, and says so; `import-worker HOME dump` says what there is. */

#define TOKEN "sandbox-pat"

static GPtrArray *
list (TptServices *services)
{
  TptMeetingQuery query = { .with_superseded = TRUE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *meetings;

  tpt_store_list_meetings_async (services->store, &query, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  meetings = tpt_store_list_meetings_finish (services->store, result, &error);
  g_assert_no_error (error);

  return meetings;
}

static gboolean
load_tally (TptSession  *session,
            gpointer     report,
            GError     **error)
{
  g_autoptr (GHashTable) counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return tpt_import_tally_load (session, report, counted, error);
}

/* What the import that was cut off says it did. */
static TptSyncReport *
get_tally (TptServices *services)
{
  TptSyncReport *report = tpt_sync_report_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (services->store, load_tally, report, NULL, NULL, tpt_test_result_cb,
                            &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (services->store, result, &error);
  g_assert_no_error (error);

  return report;
}

static TptTime
get_reached (TptServices *services)
{
  g_autofree TptImportPlace *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_import_place_read_async (services->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  place = tpt_import_place_read_finish (services->store, result, &error);
  g_assert_no_error (error);

  return place->reached;
}

static void
connect_account (TptServices *services)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_connection_use_token_async (services->connection, TOKEN, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_connection_use_token_finish (services->connection, result, &error);
  g_assert_no_error (error);
}

static void
run (TptServices          *services,
     const TptSyncOptions *options)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  connect_account (services);
  tpt_engine_sync_async (services->engine, options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  report = tpt_engine_sync_finish (services->engine, result, &error);
  g_assert_no_error (error);
  g_print ("done %u %u %u %u %u\n", report->synced, report->created, report->updated,
           report->unchanged, report->failed->len);
}

static void
import (TptServices *services,
        const char  *from,
        const char  *to)
{
  g_autoptr (GPtrArray) meetings = list (services);
  g_autoptr (TptSyncReport) tally = get_tally (services);
  TptSyncOptions options = { .full = FALSE };

  g_print ("begins %" G_GINT64_FORMAT " %u %u\n", get_reached (services), meetings->len,
           tally->failed->len);
  g_assert_true (tpt_time_parse (from, &options.range.start, NULL));
  g_assert_true (tpt_time_parse (to, &options.range.end, NULL));
  run (services, &options);
}

static gboolean
read_full_at (TptSession  *session,
              gpointer     full_at,
              GError     **error)
{
  return tpt_settings_table_get_int (session, TPT_SETTING_FULL_AT, full_at, error);
}

static gint64
get_full_at (TptServices *services)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  gint64 full_at = 0;

  tpt_store_transact_async (services->store, read_full_at, &full_at, NULL, NULL,
                            tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (services->store, result, &error);
  g_assert_no_error (error);

  return full_at;
}

static void
synchronize (TptServices *services)
{
  TptTime now = tpt_clock_now (tpt_store_get_clock (services->store));
  g_autoptr (GPtrArray) meetings = list (services);
  TptSyncOptions options = { .full = TRUE };
  TptTime first = G_MAXINT64;
  guint near = 0;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      first = MIN (first, meeting->start);
      if (meeting->start > now - 30 * TPT_DAY && meeting->start < now + 90 * TPT_DAY)
        near++;
    }
  g_print ("begins %" G_GINT64_FORMAT " %u %u %" G_GINT64_FORMAT "\n", get_full_at (services),
           meetings->len, near, first);
  run (services, &options);
}

static int
compare_invitees (gconstpointer a,
                  gconstpointer b)
{
  return strcmp ((*(TptInvitee *const *) a)->uri, (*(TptInvitee *const *) b)->uri);
}

static int
compare_meetings (gconstpointer a,
                  gconstpointer b)
{
  return strcmp ((*(TptMeeting *const *) a)->uri, (*(TptMeeting *const *) b)->uri);
}

/* What is known of every meeting, in an order of its own, without when it was heard of. */
static void
dump (TptServices *services)
{
  g_autoptr (GPtrArray) meetings = list (services);

  g_ptr_array_sort (meetings, compare_meetings);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      g_print ("%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", meeting->uri, meeting->name,
               meeting->start, meeting->end, meeting->canceled);
      g_ptr_array_sort (meeting->invitees, compare_invitees);
      for (guint j = 0; j < meeting->invitees->len; j++)
        {
          TptInvitee *invitee = g_ptr_array_index (meeting->invitees, j);

          g_print ("  %s %s %s %d %d %s %s %s\n", invitee->uri, invitee->email, invitee->name,
                   invitee->canceled, invitee->rescheduled, invitee->old_invitee,
                   invitee->new_invitee, invitee->no_show_uri);
        }
    }
}

static void
use_home (const char *home)
{
  static const char *const names[] = { "CONFIG", "CACHE", "DATA", "STATE" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *variable = g_strdup_printf ("XDG_%s_HOME", names[i]);
      g_autofree char *folder = g_build_filename (home, names[i], NULL);

      g_setenv (variable, folder, TRUE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TptTokenStore) secrets = services_opening_make_secrets (NULL);
  g_autoptr (TptServices) services = NULL;
  TptServicesOptions options = { .secrets = secrets };

  g_assert_cmpint (argc, >=, 3);
  use_home (argv[1]);
  services = services_opening_open (&options);
  if (strcmp (argv[2], "import") == 0)
    {
      g_assert_cmpint (argc, ==, 5);
      import (services, argv[3], argv[4]);
    }
  else if (strcmp (argv[2], "sync") == 0)
    synchronize (services);
  else
    dump (services);

  return EXIT_SUCCESS;
}
