/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-restoration-dialog.h"
#include "tpt-restoration.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static TptStore *
open_store (const char *path)
{
  static const guint8 key_bytes[TPT_STORE_KEY_BYTES] = { 1 };
  g_autoptr (GBytes) key = g_bytes_new_static (key_bytes, sizeof key_bytes);
  g_autoptr (TptClock) clock = tpt_clock_new_frozen (1780000000 * TPT_SECOND);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptStore *store;

  tpt_store_open_async (path, key, clock, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  store = tpt_store_open_finish (result, &error);
  g_assert_no_error (error);

  return store;
}

static void
close_store (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_close_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_close_finish (store, result, NULL));
  g_clear_object (&result);
  tpt_test_finalized (store);
}

static gboolean
save (TptSession  *session,
      gpointer     data,
      GError     **error)
{
  return tpt_restoration_save (session, data, error);
}

/* A record that was made anew in the run before. */
static void
make_record (const char *path)
{
  g_autoptr (TptRestoration) restoration = tpt_restoration_new ();
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  TptStore *store = open_store (path);

  restoration->source = TPT_RESTORATION_NOTHING;
  restoration->at = 1780000000 * TPT_SECOND;
  restoration->kept_as = g_strdup ("/home/<b>me</b>/touchpoint.db.corrupt-1");
  tpt_store_transact_async (store, save, restoration, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_transact_finish (store, result, NULL));
  g_clear_object (&result);
  close_store (store);
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (ADW_IS_MESSAGE_DIALOG (l->data))
        return l->data;
    }

  return NULL;
}

static gboolean
is_ready (gpointer user_data)
{
  return tpt_portfolio_get_state (user_data) == TPT_PORTFOLIO_READY;
}

/* A window on @store, for somebody whose clock is not that of this computer.
 *
 * @portfolio: (out) (optional): what tells the zone */
static GtkWidget *
watch (TptStore      *store,
       TptPortfolio **portfolio)
{
  GtkWidget *window = tpt_test_screen_show (gtk_label_new ("The record"), 400, 300);
  g_autoptr (TptClock) clock = tpt_clock_new_frozen (1780000000 * TPT_SECOND);
  g_autoptr (TptWorkspace) workspace = tpt_workspace_new (clock, store, NULL, NULL, NULL, NULL,
                                                          NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600 + 45 * 60);

  tpt_portfolio_set_zone (workspace->portfolio, zone);
  tpt_test_await_func (is_ready, workspace->portfolio);
  tpt_restoration_dialog_watch (GTK_WINDOW (window), workspace);
  if (portfolio != NULL)
    *portfolio = g_object_ref (workspace->portfolio);
  tpt_test_screen_settle (window);

  return window;
}

/* It says what was lost and where the old file is, in the times that the window shows, and does so
 * until somebody closed it. */
static void
test_told_once (void)
{
  g_autofree char *folder = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (folder, "data", "x.db", NULL);
  GtkWidget *window;
  TptStore *store;

  make_record (path);
  store = open_store (path);
  window = watch (store, NULL);
  g_assert_nonnull (find_dialog ());
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "no backup"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "<b>me</b>"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "On 2026-05-29 02:11"));
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  tpt_test_screen_settle (window);
  g_assert_null (find_dialog ());
  tpt_test_screen_close (window);
  close_store (store);

  store = open_store (path);
  window = watch (store, NULL);
  g_assert_null (find_dialog ());
  tpt_test_screen_close (window);
  close_store (store);
  tpt_test_remove_dir (folder);
}

static gboolean
is_told_anew (gpointer unused)
{
  return strstr (adw_message_dialog_get_body (find_dialog ()), "On 2026-05-28 20:26") != NULL;
}

/* Another account signs in while it is open: its zone counts. */
static void
test_zone (void)
{
  g_autofree char *folder = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (folder, "data", "x.db", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (TptPortfolio) portfolio = NULL;
  GtkWidget *window;
  TptStore *store;

  make_record (path);
  store = open_store (path);
  window = watch (store, &portfolio);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "On 2026-05-29 02:11"));
  tpt_portfolio_set_zone (portfolio, utc);
  tpt_test_await_func (is_told_anew, NULL);
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  tpt_test_screen_settle (window);
  tpt_test_screen_close (window);
  g_clear_object (&portfolio);
  close_store (store);
  tpt_test_remove_dir (folder);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/restoration-dialog/told-once", test_told_once);
  g_test_add_func ("/restoration-dialog/zone", test_zone);

  return g_test_run ();
}
