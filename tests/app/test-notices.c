/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-screen.h"
#include "services-fixture.h"
#include "tpt-config.h"
#include "tpt-dashboard-card.h"
#include "tpt-dashboard.h"
#include "tpt-debug-info.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"
#include "tpt-window.h"

#include <signal.h>
#include <sys/resource.h>

#define FAULT(body) "{\"rules\":[{\"path\":\"*\",\"times\":100000," body "}]}"

/* A window on the real services, connected to the stand-in. */
static GtkWidget *
show_window (ServicesFixture *fixture,
             GSettings       *settings)
{
  TptServices *services = fixture->services;
  g_autoptr (TptWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = GTK_WIDGET (tpt_window_new (NULL, settings));

  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  g_assert_no_error (error);
  workspace = tpt_workspace_new (services->clock, services->store, services->connection,
                                 services->engine, services->link_maker, services->importer,
                                 services->listener);
  app_screen_present (window);
  tpt_window_set_workspace (TPT_WINDOW (window), workspace, FALSE);

  return window;
}

static gboolean
shows_content (gpointer user_data)
{
  return g_str_equal (tpt_window_get_view (user_data), "main");
}

static void
sync_record (ServicesFixture *fixture,
             gboolean         works)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSyncReport) report = services_fixture_sync (fixture, NULL, &error);

  if (works)
    g_assert_no_error (error);
  else
    g_assert_nonnull (error);
  g_assert_true ((report != NULL) == works);
}

static void
set_true_cb (gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
is_last_sync_told (GtkWidget  *window,
                   const char *text)
{
  GtkWidget *button;

  for (guint i = 0; (button = tpt_test_screen_find (window, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      const char *tooltip = gtk_widget_get_tooltip_text (button);

      if (tooltip != NULL && strstr (tooltip, text) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* It is another day. The portfolio notices within a minute, or when it counts anyway. */
static void
await_day (ServicesFixture *fixture,
           GtkWidget       *window)
{
  TptWorkspace *workspace = tpt_window_get_workspace (TPT_WINDOW (window));
  TptClock *clock = fixture->services->clock;
  gboolean changed = FALSE;
  gulong handler;

  g_assert_true (is_last_sync_told (window, "(last: Today, 10:20)"));
  handler =
    g_signal_connect_swapped (workspace, "date-changed", G_CALLBACK (set_true_cb), &changed);
  tpt_clock_set (clock, tpt_clock_now (clock) + TPT_DAY);
  tpt_portfolio_set_tier_cadence (workspace->portfolio, NULL);
  tpt_test_await_bool (&changed);
  g_signal_handler_disconnect (workspace, handler);
}

/* The next try may take a minute; until it is known better, the window says what it knows. */
static void
check_meanwhile (ServicesFixture *fixture,
                 GtkWidget       *window)
{
  TptEngine *engine = fixture->services->engine;
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptSyncReport) report = NULL;

  tpt_engine_sync_async (engine, NULL, NULL, tpt_test_result_cb, &waiting);
  g_assert_cmpint (tpt_engine_get_state (engine), ==, TPT_ENGINE_SYNCING);
  g_assert_true (app_screen_alerts (window, "What you see is from yesterday, 10:20"));
  result = tpt_test_await (&waiting);
  report = tpt_engine_sync_finish (engine, result, NULL);
  g_assert_null (report);
  g_assert_true (app_screen_alerts (window, "What you see is from yesterday, 10:20"));
}

/* The service cannot be reached, and can again. */
static void
test_offline (ServicesFixture *fixture,
              gconstpointer    user_data)
{
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  GtkWidget *window = show_window (fixture, settings);

  tpt_test_await_func (shows_content, window);
  g_assert_false (app_screen_alerts (window, ""));
  services_fixture_ask (fixture, "PUT", "/faults", FAULT ("\"status\":503"));
  sync_record (fixture, FALSE);
  g_assert_true (app_screen_alerts (window, "Calendly cannot be reached. Trying again"));

  services_fixture_ask (fixture, "PUT", "/faults", "{\"rules\":[]}");
  sync_record (fixture, TRUE);
  g_assert_false (app_screen_alerts (window, ""));

  services_fixture_ask (fixture, "PUT", "/faults", FAULT ("\"status\":503"));
  sync_record (fixture, FALSE);
  g_assert_true (app_screen_alerts (window, "What you see is from today, 10:20"));
  await_day (fixture, window);
  g_assert_true (app_screen_alerts (window, "What you see is from yesterday, 10:20"));
  g_assert_true (is_last_sync_told (window, "(last: Yesterday, 10:20)"));
  check_meanwhile (fixture, window);
  g_assert_true (services_fixture_disconnect (fixture, FALSE, NULL, NULL));
  g_assert_false (app_screen_alerts (window, "cannot be reached"));
  g_assert_true (app_screen_alerts (window, "Not connected to Calendly: what you see is from "
                                            "yesterday, 09:20."));
  tpt_test_screen_close (window);
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes != 0 ? bytes : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
order (ServicesFixture *fixture)
{
  g_autoptr (TptEventType) type = services_fixture_event_type (fixture);
  g_autofree char *body = g_strdup_printf (
    "{\"event_type\":\"%s\",\"name\":\"Ada\",\"email\":\"ada@customer.example\"}", type->uri);

  json_node_unref (services_fixture_ask (fixture, "POST", "/book", body));
}

/* D-5: nothing more can be written: the window says so, with what is there still to be seen, until
 * there is room again. */
static void
test_disk_full (ServicesFixture *fixture,
                gconstpointer    user_data)
{
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  GtkWidget *window = show_window (fixture, settings);

  sync_record (fixture, TRUE);
  tpt_test_await_func (shows_content, window);
  g_assert_false (app_screen_alerts (window, ""));
  order (fixture);
  limit_files (4096);
  sync_record (fixture, FALSE);
  g_assert_true (app_screen_alerts (window, "The disk is full"));
  g_assert_true (shows_content (window));
  g_assert_nonnull (app_screen_find_button (window, "Retry"));

  limit_files (0);
  sync_record (fixture, TRUE);
  g_assert_false (app_screen_alerts (window, ""));
  tpt_test_screen_close (window);
}

/* The sign-in ends while the window is open; what was there stays to be read. */
static void
test_reconnect (ServicesFixture *fixture,
                gconstpointer    user_data)
{
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  g_autofree char *debug = NULL;
  GtkWidget *window = show_window (fixture, settings);

  tpt_test_await_func (shows_content, window);
  services_fixture_ask (fixture, "PUT", "/faults",
                        FAULT ("\"status\":401,\"body\":{\"title\":\"Unauthenticated\","
                               "\"message\":\"The access token was revoked\"}"));
  sync_record (fixture, FALSE);
  g_assert_true (app_screen_alerts (window, "Your sign-in to Calendly has ended"));
  g_assert_nonnull (app_screen_find_button (window, "Reconnect"));
  g_assert_true (shows_content (window));
  debug = tpt_debug_info_make (fixture->services);
  g_assert_nonnull (strstr (debug, "Account: sign-in ended\n"));
  tpt_test_screen_close (window);
}

/* The account lives where nobody here knows what time it is, and moves back. */
static void
test_unknown_zone (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  g_autoptr (GError) error = NULL;
  g_autofree char *rules = NULL;
  GtkWidget *window = show_window (fixture, settings);
  TptUser *account = tpt_connection_get_account (fixture->services->connection);

  tpt_test_await_func (shows_content, window);
  rules = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/users/me\",\"status\":200,\"body\":{\"resource\":{"
    "\"uri\":\"%s\",\"name\":\"Robin Falk\",\"email\":\"%s\",\"timezone\":\"Mars/Base\","
    "\"scheduling_url\":\"https://calendly.com/robin\",\"current_organization\":\"%s\"}}}]}",
    account->uri, account->email, account->organization);
  services_fixture_ask (fixture, "PUT", "/faults", rules);
  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  g_assert_true (app_screen_alerts (window, "Times are in UTC"));
  g_assert_true (app_screen_alerts (window, "Mars/Base"));

  services_fixture_ask (fixture, "PUT", "/faults", "{\"rules\":[]}");
  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  g_assert_false (app_screen_alerts (window, ""));
  tpt_test_screen_close (window);
}

static gboolean
has_content (gpointer user_data)
{
  return tpt_dashboard_card_get_state (user_data) == TPT_CARD_CONTENT;
}

/* With customers and meetings in the record, the dashboard shows them without being told to. */
static void
test_content (ServicesFixture *fixture,
              gconstpointer    user_data)
{
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  g_autoptr (TptImportReport) report = NULL;
  GtkWidget *window = show_window (fixture, settings);
  GtkWidget *dashboard, *figures;

  report = services_fixture_import (fixture);
  sync_record (fixture, TRUE);
  tpt_test_await_func (shows_content, window);
  dashboard = tpt_test_screen_find (window, TPT_TYPE_DASHBOARD, 0);
  figures = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), "figures");
  tpt_test_await_func (has_content, tpt_test_screen_find (figures, TPT_TYPE_DASHBOARD_CARD, 0));
  tpt_test_screen_shoot (window, "window");
  tpt_test_screen_close (window);
}

static void
assert_absent (const char *text,
               const char *secret)
{
  g_assert_nonnull (secret);
  g_assert_null (strstr (text, secret));
}

/* What is sent with a bug report names nobody. */
static void
test_debug_info (ServicesFixture *fixture,
                 gconstpointer    user_data)
{
  g_autofree char *debug = NULL;
  g_autoptr (GError) error = NULL;
  TptUser *account;

  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  sync_record (fixture, TRUE);
  account = tpt_connection_get_account (fixture->services->connection);
  debug = tpt_debug_info_make (fixture->services);
  g_assert_nonnull (strstr (debug, "Account: connected\n"));
  assert_absent (debug, "@");
  assert_absent (debug, "sandbox-pat");
  assert_absent (debug, "sandbox-client");
  assert_absent (debug, account->name);
  assert_absent (debug, account->email);
  assert_absent (debug, account->uri);
}

/* The next test begins with an empty home, since its keyring is another one. */
static void
tear_down (ServicesFixture *fixture,
           gconstpointer    user_data)
{
  g_autofree char *data = g_build_filename (g_getenv ("XDG_DATA_HOME"), "touchpoint", NULL);

  services_fixture_tear_down (fixture, NULL);
  tpt_test_remove_dir (data);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = tpt_test_make_dir ();
  int status;

  /* A limit on the size of files shall be an error of the write, not the end of the program. */
  signal (SIGXFSZ, SIG_IGN);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  tpt_test_screen_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add (path, ServicesFixture, "60", services_fixture_set_up, function, \
              tear_down)
  ADD ("/notices/offline", test_offline);
  ADD ("/notices/disk-full", test_disk_full);
  ADD ("/notices/reconnect", test_reconnect);
  ADD ("/notices/unknown-zone", test_unknown_zone);
  ADD ("/notices/content", test_content);
  ADD ("/notices/debug-info", test_debug_info);
#undef ADD

  status = g_test_run ();
  tpt_test_remove_dir (home);

  return status;
}
