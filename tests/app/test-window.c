/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-screen.h"
#include "tpt-config.h"
#include "tpt-dashboard-card.h"
#include "tpt-dashboard.h"
#include "tpt-debug-info.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"
#include "tpt-trouble.h"

typedef struct
{
  GSettings *settings;
  TptServices *services;
  TptWorkspace *workspace;
  GtkWidget *window;
} Desk;

/* The whole of the services, in memory, with no account. */
static void
set_up (Desk          *desk,
        gconstpointer  user_data)
{
  const TptServicesOptions options = { .flags = TPT_SERVICES_SESSION_ONLY };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  desk->settings = g_settings_new (TPT_APP_ID);
  g_settings_reset (desk->settings, "setup-skipped");
  tpt_services_open_async (&options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  desk->services = tpt_services_open_finish (result, &error);
  g_assert_no_error (error);
  desk->workspace = tpt_workspace_new (desk->services->clock, desk->services->store,
                                       desk->services->connection, desk->services->engine,
                                       desk->services->link_maker, desk->services->importer,
                                       desk->services->listener);
  tpt_workspace_set_inbox (desk->workspace, desk->services->inbox);
  desk->window = GTK_WIDGET (tpt_window_new (NULL, desk->settings));
}

static void
close_services (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_services_close_async (desk->services, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_services_close_finish (desk->services, result, &error));
  g_assert_no_error (error);
}

static void
tear_down (Desk          *desk,
           gconstpointer  user_data)
{
  if (desk->window != NULL)
    tpt_test_screen_close (desk->window);
  g_clear_object (&desk->workspace);
  if (desk->services != NULL)
    {
      close_services (desk);
      g_clear_object (&desk->services);
    }
  g_clear_object (&desk->settings);
}

static void
assert_view (Desk       *desk,
             const char *view)
{
  g_assert_cmpstr (tpt_window_get_view (TPT_WINDOW (desk->window)), ==, view);
}

static gboolean
is_decided (gpointer user_data)
{
  return !g_str_equal (tpt_window_get_view (user_data), "loading");
}

static void
show_workspace (Desk *desk)
{
  tpt_window_set_workspace (TPT_WINDOW (desk->window), desk->workspace, TRUE);
  tpt_test_await_func (is_decided, desk->window);
  tpt_test_screen_settle (desk->window);
}

/* The window stands before there is anything to show, and its keys do no harm then. */
static void
test_loading (Desk          *desk,
              gconstpointer  user_data)
{
  app_screen_present (desk->window);
  assert_view (desk, "loading");
  g_assert_false (tpt_test_screen_shows (desk->window, "Waiting for it"));
  tpt_window_show_loading (TPT_WINDOW (desk->window), "Waiting for it");
  g_assert_true (tpt_test_screen_shows (desk->window, "Waiting for it"));
  tpt_window_show_loading (TPT_WINDOW (desk->window), NULL);
  g_assert_false (tpt_test_screen_shows (desk->window, "Waiting for it"));
  g_assert_null (tpt_window_get_workspace (TPT_WINDOW (desk->window)));
  for (const TptShortcut *entry = tpt_window_shortcuts; entry->action != NULL; entry++)
    {
      if (g_str_has_prefix (entry->action, "win.") && !entry->by_widget)
        g_assert_true (gtk_widget_activate_action (desk->window, entry->action, NULL));
    }
  assert_view (desk, "loading");
}

static void
count_cb (TptWindow *window,
          guint     *count)
{
  (*count)++;
}

/* Each way in which the record cannot be opened: which remedies are offered. */
static const struct
{
  TptServicesError code;
  TptRemedy remedies;
} troubles[] = {
  { TPT_SERVICES_ERROR_KEYRING_ABSENT, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_KEYRING_LOCKED, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_KEYRING_REFUSED, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_KEY_MISSING,
    TPT_REMEDY_RETRY | TPT_REMEDY_START_ANEW | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_BUSY, TPT_REMEDY_RETRY },
  { TPT_SERVICES_ERROR_NEWER, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_CORRUPT, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_READ_ONLY, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_FULL, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_FOREIGN, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  { TPT_SERVICES_ERROR_ENVIRONMENT, TPT_REMEDY_NONE },
  { TPT_SERVICES_ERROR_FAILED, TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
};

static void
press_remedy (GtkWidget  *window,
              const char *label,
              gboolean    offered,
              guint      *count)
{
  const guint before = *count;

  if (offered)
    app_screen_press (window, label);
  else
    g_assert_null (app_screen_find_button (window, label));
  g_assert_cmpuint (*count, ==, before + (offered ? 1 : 0));
}

/* Nothing begins anew before it was said what that loses. */
static void
press_anew (GtkWidget *window,
            gboolean   offered,
            guint     *count)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GtkWidget) dialog = NULL;

  if (!offered)
    {
      g_assert_null (app_screen_find_button (window, "Start Anew…"));
      return;
    }
  app_screen_press (window, "Start Anew…");
  g_assert_cmpuint (*count, ==, 0);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) candidate = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (candidate))
        g_set_object (&dialog, candidate);
    }
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "anew");
  g_assert_cmpuint (*count, ==, 1);
}

static void
test_troubles (Desk          *desk,
               gconstpointer  user_data)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint retries = 0, sessions = 0, anew = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (troubles) == TPT_SERVICES_ERROR_FAILED + 1);
  g_signal_connect (desk->window, "retry", G_CALLBACK (count_cb), &retries);
  g_signal_connect (desk->window, "session-only", G_CALLBACK (count_cb), &sessions);
  g_signal_connect (desk->window, "start-anew", G_CALLBACK (count_cb), &anew);
  app_screen_present (desk->window);
  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (TPT_SERVICES_ERROR, (int) troubles[i].code,
                                                      "The <b>words</b> & of the error");
      TptRemedy remedies = troubles[i].remedies;
      GtkWidget *page;
      const char *title;

      tpt_trouble_show (TPT_WINDOW (desk->window), error);
      tpt_test_screen_settle (desk->window);
      assert_view (desk, "trouble");
      page = tpt_test_screen_find (desk->window, TPT_TYPE_TROUBLE_PAGE, 0);
      title = tpt_trouble_page_get_title (TPT_TROUBLE_PAGE (page));
      g_assert_true (tpt_test_screen_shows (page, title));
      g_assert_true (g_hash_table_add (titles, g_strdup (title)));
      if (error->code >= TPT_SERVICES_ERROR_FOREIGN || error->code == TPT_SERVICES_ERROR_BUSY)
        g_assert_true (tpt_test_screen_shows (page, error->message));
      press_remedy (page, "Try Again", (remedies & TPT_REMEDY_RETRY) != 0, &retries);
      press_remedy (page, "Use for This Session Only", (remedies & TPT_REMEDY_SESSION_ONLY) != 0,
                    &sessions);
      press_anew (page, (remedies & TPT_REMEDY_START_ANEW) != 0, &anew);
    }
  g_assert_cmpuint (retries, ==, 11);
  g_assert_cmpuint (sessions, ==, 10);
  g_assert_cmpuint (anew, ==, 1);
}

/* Nobody was ever connected: the first steps, which "Not Now" puts off for good. */
static void
test_setup (Desk          *desk,
            gconstpointer  user_data)
{
  app_screen_present (desk->window);
  show_workspace (desk);
  assert_view (desk, "setup");
  app_screen_press (desk->window, "Not Now");
  assert_view (desk, "main");
  g_assert_true (g_settings_get_boolean (desk->settings, "setup-skipped"));
  g_assert_true (app_screen_alerts (desk->window, "This session only"));

  tpt_test_screen_close (desk->window);
  desk->window = GTK_WIDGET (tpt_window_new (NULL, desk->settings));
  app_screen_present (desk->window);
  show_workspace (desk);
  assert_view (desk, "main");
}

static TptDashboardCard *
get_card (GtkWidget  *dashboard,
          const char *name)
{
  GtkWidget *card = tpt_dashboard_get_card (TPT_DASHBOARD (dashboard), name);

  return TPT_DASHBOARD_CARD (tpt_test_screen_find (card, TPT_TYPE_DASHBOARD_CARD, 0));
}

static gboolean
is_told (gpointer user_data)
{
  return tpt_dashboard_card_get_state (user_data) != TPT_CARD_LOADING;
}

static const char *const cards[] = { "today", "tomorrow", "waiting", "quiet", "figures" };

/* With nothing in the record, every card says so, in a sentence. */
static void
test_dashboard_empty (Desk          *desk,
                      gconstpointer  user_data)
{
  GtkWidget *dashboard;

  g_settings_set_boolean (desk->settings, "setup-skipped", TRUE);
  dashboard = tpt_test_screen_find (desk->window, TPT_TYPE_DASHBOARD, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    g_assert_cmpint (tpt_dashboard_card_get_state (get_card (dashboard, cards[i])), ==,
                     TPT_CARD_LOADING);
  app_screen_present (desk->window);
  show_workspace (desk);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      tpt_test_await_func (is_told, get_card (dashboard, cards[i]));
      g_assert_cmpint (tpt_dashboard_card_get_state (get_card (dashboard, cards[i])), ==,
                       TPT_CARD_EMPTY);
    }
  g_assert_true (tpt_test_screen_shows (dashboard, "No link is waiting for a booking"));
}

/* The record does not answer any more: the cards that ask it say so, with Retry. */
static void
test_dashboard_error (Desk          *desk,
                      gconstpointer  user_data)
{
  GtkWidget *dashboard = tpt_dashboard_new ();
  GtkWidget *window;

  close_services (desk);
  tpt_dashboard_set_workspace (TPT_DASHBOARD (dashboard), desk->workspace, desk->settings);
  window = tpt_test_screen_show (dashboard, 900, 700);
  for (gsize i = 0; i < 3; i++)
    {
      tpt_test_await_func (is_told, get_card (dashboard, cards[i]));
      g_assert_cmpint (tpt_dashboard_card_get_state (get_card (dashboard, cards[i])), ==,
                       TPT_CARD_ERROR);
    }
  tpt_test_screen_settle (window);
  app_screen_press (window, "Retry");
  tpt_test_screen_close (window);
  g_clear_object (&desk->services);
}

static void
test_debug_info (Desk          *desk,
                 gconstpointer  user_data)
{
  g_autofree char *closed = tpt_debug_info_make (NULL);
  g_autofree char *open = tpt_debug_info_make (desk->services);
  static const char *const libraries[] = { "\nGTK: 4.", "\nGLib: 2.", "\nlibsoup: 3.",
                                           "\nSQLite: 3.", "\nGnuTLS: 3.", "\nlibsodium: 1." };

  g_assert_nonnull (strstr (closed, "Record: not open\n"));
  g_assert_nonnull (strstr (open, TPT_APP_NAME ": " TPT_VERSION "\n"));
  g_assert_nonnull (strstr (open, "Account: not connected\n"));
  g_assert_nonnull (strstr (open, "Kept: for this session only\n"));
  g_assert_null (strchr (open, '@'));
  for (guint i = 0; i < G_N_ELEMENTS (libraries); i++)
    g_assert_nonnull (strstr (closed, libraries[i]));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

#define ADD(path, function) g_test_add (path, Desk, NULL, set_up, function, tear_down)
  ADD ("/window/loading", test_loading);
  ADD ("/window/troubles", test_troubles);
  ADD ("/window/setup", test_setup);
  ADD ("/window/dashboard/empty", test_dashboard_empty);
  ADD ("/window/dashboard/error", test_dashboard_error);
  ADD ("/window/debug-info", test_debug_info);
#undef ADD

  return g_test_run ();
}
