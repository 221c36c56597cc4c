/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-desk.h"

#include "tpt-memory-token-store.h"
#include "tpt-test.h"

static void
check (gboolean  done,
       GError  **error)
{
  g_assert_no_error (*error);
  g_assert_true (done);
}

/* To be called before anything asks where the home is. Returns: (transfer full): its folder */
char *
tpt_bench_desk_make_home (void)
{
  static const char *const names[] = { "CONFIG", "CACHE", "DATA", "STATE" };
  char *home = tpt_test_make_dir ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *variable = g_strdup_printf ("XDG_%s_HOME", names[i]);
      g_autofree char *folder = g_build_filename (home, names[i], NULL);

      g_setenv (variable, folder, TRUE);
    }

  return home;
}

/* Where the service is that desks opened from now on speak to. */
void
tpt_bench_desk_set_urls (const char *api,
                         const char *auth)
{
  g_setenv ("TOUCHPOINT_CALENDLY_API_URL", api, TRUE);
  g_setenv ("TOUCHPOINT_CALENDLY_AUTH_URL", auth, TRUE);
}

/* With an empty, sealed database; what was there from before is put aside. */
TptServices *
tpt_bench_desk_open (void)
{
  g_autoptr (TptTokenStore) secrets = tpt_memory_token_store_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptServicesOptions options = { .flags = TPT_SERVICES_START_ANEW, .secrets = secrets };
  TptTestResult waiting = { NULL };
  TptServices *desk;

  tpt_services_open_async (&options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  desk = tpt_services_open_finish (result, &error);
  check (desk != NULL, &error);

  return desk;
}

void
tpt_bench_desk_connect (TptServices *desk,
                        const char  *token)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_connection_use_token_async (desk->connection, token, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  check (tpt_connection_use_token_finish (desk->connection, result, &error), &error);
}

void
tpt_bench_desk_import (TptServices *desk,
                       GBytes      *csv)
{
  g_autoptr (TptImportReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_importer_import_async (desk->importer, csv, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  report = tpt_importer_import_finish (desk->importer, result, &error);
  check (report != NULL, &error);
}

/* Everything, from the first meeting to the last. Returns: the requests that it took */
guint
tpt_bench_desk_sync (TptServices *desk)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptSyncOptions options = { .full = TRUE };
  TptTestResult waiting = { NULL };

  tpt_engine_sync_async (desk->engine, &options, NULL, tpt_test_result_cb, &waiting);
  /* As long as it takes: the benchmark as a whole has a limit. */
  while (waiting.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&waiting.result);
  report = tpt_engine_sync_finish (desk->engine, result, &error);
  check (report != NULL, &error);

  return report->requests;
}

/* Drops the caller's reference as well. */
void
tpt_bench_desk_close (TptServices *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_services_close_async (desk, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  check (tpt_services_close_finish (desk, result, &error), &error);
  g_object_unref (desk);
}
