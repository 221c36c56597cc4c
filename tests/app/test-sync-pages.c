/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-fixture.h"
#include "app-screen.h"
#include "services-relay.h"
#include "tpt-busy-button.h"
#include "tpt-connect-page.h"
#include "tpt-config.h"
#include "tpt-date-button.h"
#include "tpt-preferences-window.h"
#include "tpt-step-window.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

typedef struct
{
  GSettings *settings;
  TptWorkspace *workspace;
  GtkWidget *window;
  const char *awaited;
} Pages;

static void
open_page (Pages           *pages,
           ServicesFixture *fixture,
           const char      *name)
{
  pages->settings = g_settings_new (TPT_APP_ID);
  pages->workspace = app_fixture_make_workspace (fixture);
  pages->window = tpt_preferences_window_new (pages->workspace, pages->settings);
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (pages->window), name);
  if (g_getenv ("TPT_TEST_NARROW") != NULL)
    gtk_window_set_default_size (GTK_WINDOW (pages->window), 360, 720);
  else
    gtk_window_set_default_size (GTK_WINDOW (pages->window), 640, 1100);
  app_screen_present (pages->window);
}

static void
close_page (Pages *pages)
{
  tpt_test_screen_close (pages->window);
  g_object_unref (pages->workspace);
  g_object_unref (pages->settings);
}

static gboolean
is_shown (gpointer user_data)
{
  Pages *pages = user_data;

  return tpt_test_screen_shows (pages->window, pages->awaited);
}

static void
await_text (Pages      *pages,
            const char *text)
{
  g_test_message ("waits for “%s”", text);
  pages->awaited = text;
  tpt_test_await_func (is_shown, pages);
}

/* The range as a person would set it. */
static void
set_days (Pages  *pages,
          gint64  from,
          gint64  to)
{
  GtkWidget *button = tpt_test_screen_find (pages->window, TPT_TYPE_DATE_BUTTON, 0);

  tpt_date_button_set_day (TPT_DATE_BUTTON (button), from);
  button = tpt_test_screen_find (pages->window, TPT_TYPE_DATE_BUTTON, 1);
  tpt_date_button_set_day (TPT_DATE_BUTTON (button), to);
  g_signal_emit_by_name (button, "changed");
}

/* Days that lie the wrong way round cannot be imported; the others are, with a pause in the middle,
 * and at the end there are the counts and what could not be read. */
static void
test_pages_history (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 today = tpt_clock_now (fixture->services->clock) / TPT_DAY;
  Pages pages;

  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees\",\"skip\":150,"
                        "\"times\":1,\"status\":404,\"body\":{\"title\":\"Resource Not Found\","
                        "\"message\":\"Gone\"}},"
                        "{\"path\":\"/scheduled_events/*/invitees\",\"skip\":160,"
                        "\"times\":1,\"status\":200,\"body\":{\"collection\":\"none\"}},"
                        "{\"path\":\"/scheduled_events/*\",\"delay_ms\":10}]}");
  open_page (&pages, fixture, "health");
  g_assert_true (tpt_test_screen_shows (pages.window, "Nothing is set aside"));
  set_days (&pages, today, today - 1);
  g_assert_false (gtk_widget_is_sensitive (app_screen_find_button (pages.window, "Import")));
  g_assert_true (tpt_test_screen_shows (pages.window, "The first day is after the last one"));
  set_days (&pages, today - 800, today + 300);
  g_assert_false (tpt_test_screen_shows (pages.window, "The first day is after the last one"));
  app_screen_press (pages.window, "Import");
  await_text (&pages, "meetings, up to ");
  g_assert_true (tpt_test_screen_shows (pages.window, "Importing…"));

  tpt_test_screen_shoot (pages.window, "health-importing");
  app_screen_press (pages.window, "Pause");
  await_text (&pages, "Paused");
  app_screen_press (pages.window, "Resume");
  await_text (&pages, "Done");
  await_text (&pages, "2 records were set aside");
  await_text (&pages, "A meeting");
  tpt_test_screen_shoot (pages.window, "health");
  g_assert_true (tpt_test_screen_shows (pages.window, "Calendly does not know"));
  g_assert_true (tpt_test_screen_shows (pages.window, "makes no sense: answer.collection"));
  g_assert_nonnull (app_screen_find_button (pages.window, "Try Again"));
  g_assert_nonnull (app_screen_find_button (pages.window, "Import"));
  close_page (&pages);
}

/* An import that was called off leaves nothing to go on with, and says what becomes of the rest. */
static void
test_pages_cancel (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 today = tpt_clock_now (fixture->services->clock) / TPT_DAY;
  Pages pages;

  open_page (&pages, fixture, "health");
  g_assert_null (app_screen_find_button (pages.window, "Import"));
  g_assert_nonnull (app_screen_find_button (pages.window, "Connect…"));
  g_assert_true (tpt_test_screen_shows (pages.window, "Connect your Calendly account"));
  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events/*\",\"delay_ms\":10}]}");
  g_assert_null (app_screen_find_button (pages.window, "Connect…"));
  set_days (&pages, today - 800, today + 300);
  app_screen_press (pages.window, "Import");
  await_text (&pages, "meetings, up to ");
  app_screen_press (pages.window, "Cancel");
  while (app_screen_find_button (pages.window, "Import") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (tpt_test_screen_shows (pages.window, "Importing…"));
  g_assert_true (tpt_test_screen_shows (pages.window, "What had come by then is kept"));
  close_page (&pages);
}

static void
relay_set_up (ServicesRelay *fixture,
              gconstpointer  user_data)
{
  app_fixture_clear ();
  services_relay_set_up (fixture, GINT_TO_POINTER (TRUE));
}

static gboolean
is_idle (gpointer user_data)
{
  return !tpt_busy_button_get_busy (user_data);
}

static void
run_checks (Pages *pages)
{
  GtkWidget *button = tpt_test_screen_find (pages->window, TPT_TYPE_BUSY_BUTTON, 0);

  g_signal_emit_by_name (button, "clicked");
  g_assert_true (tpt_busy_button_get_busy (TPT_BUSY_BUTTON (button)));
  tpt_test_await_func (is_idle, button);
}

/* Everything is checked in order; what is wrong says so in its line, with what to do next. */
static void
test_pages_checkup (ServicesRelay *fixture,
                    gconstpointer  user_data)
{
  Pages pages;

  services_relay_go_live (fixture);
  open_page (&pages, &fixture->base, "relay");
  g_assert_true (tpt_test_screen_shows (pages.window, "Not checked"));
  run_checks (&pages);
  g_assert_true (tpt_test_screen_shows (pages.window, "All right"));
  g_assert_false (tpt_test_screen_shows (pages.window, "Not checked"));

  services_fixture_ask (&fixture->base, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/webhook_subscriptions\",\"status\":403,\"body\":"
                        "{\"title\":\"Permission Denied\",\"message\":\"Please upgrade your "
                        "Calendly account to Standard\"}}]}");
  run_checks (&pages);
  g_assert_true (tpt_test_screen_shows (pages.window, "paid Calendly plan"));
  g_assert_true (tpt_test_screen_shows (pages.window, "Not checked"));
  tpt_test_screen_shoot (pages.window, "relay-checkup");
  close_page (&pages);
}

static AdwMessageDialog *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  g_assert_not_reached ();
}

static gboolean
is_enrolled (ServicesRelay *fixture)
{
  return tpt_relay_listener_get_url (fixture->base.services->listener) != NULL;
}

/* A wrong code is told where it was typed; a right one is enrolled with, and what it takes is
 * checked at once. Nothing is forgotten before it was asked about. */
static void
test_pages_enrol (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *code = services_relay_make_code (fixture);
  GtkWidget *address, *entry;
  Pages pages;

  tpt_relay_listener_start (fixture->base.services->listener);
  open_page (&pages, &fixture->base, "relay");
  /* The first is that of the client ID. */
  address = tpt_test_screen_find (pages.window, ADW_TYPE_ENTRY_ROW, 1);
  entry = tpt_test_screen_find (pages.window, ADW_TYPE_ENTRY_ROW, 2);
  gtk_editable_set_text (GTK_EDITABLE (address), fixture->url);
  gtk_editable_set_text (GTK_EDITABLE (entry), "nonsense");
  app_screen_press (pages.window, "Enrol");
  await_text (&pages, "wrong or has expired");
  g_assert_false (tpt_test_screen_shows (pages.window, "Retry"));
  g_assert_false (is_enrolled (fixture));
  tpt_test_screen_shoot (pages.window, "relay-wrong-code");
  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  app_screen_press (pages.window, "Enrol");
  await_text (&pages, "This computer is enrolled");
  await_text (&pages, "All right");

  app_screen_press (pages.window, "Forget This Relay…");
  adw_message_dialog_response (find_question (), "cancel");
  tpt_test_screen_settle (pages.window);
  g_assert_true (is_enrolled (fixture));
  app_screen_press (pages.window, "Forget This Relay…");
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (find_question ()), "a new code"));
  g_assert_true (is_enrolled (fixture));
  adw_message_dialog_response (find_question (), "forget");
  await_text (&pages, "Enrol This Computer");
  g_assert_false (is_enrolled (fixture));
  close_page (&pages);
}

/* What the relay delivers appears while somebody looks. */
static void
test_pages_deliveries (ServicesRelay *fixture,
                       gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  GtkWidget *list;
  Pages pages;

  services_relay_go_live (fixture);
  open_page (&pages, &fixture->base, "relay");
  g_assert_true (tpt_test_screen_shows (pages.window, "None yet"));
  first = services_relay_order (fixture);
  await_text (&pages, "1 delivery");
  for (guint i = 0; (list = tpt_test_screen_find (pages.window, ADW_TYPE_EXPANDER_ROW, i)); i++)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (list), TRUE);
  await_text (&pages, "Booked: ");
  g_assert_true (tpt_test_screen_shows (pages.window, "Applied"));
  second = services_relay_do (fixture, "/cancel", first);
  await_text (&pages, "Canceled: ");
  g_assert_true (tpt_test_screen_shows (pages.window, "The last 2 deliveries"));
  tpt_test_screen_shoot (pages.window, "relay-deliveries");
  close_page (&pages);
}

/* A booking that the relay should have told of shows once a sync has found it; who has no relay
 * reads nothing about one. */
static void
test_pages_missed (ServicesRelay *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *unheard = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  Pages pages;

  open_page (&pages, &fixture->base, "health");
  g_assert_false (tpt_test_screen_shows (pages.window, "Missed deliveries"));
  services_relay_go_live (fixture);
  await_text (&pages, "Missed deliveries");
  g_assert_true (tpt_test_screen_shows (pages.window, "None in the last 30 days"));

  services_fixture_ask (&fixture->base, "PUT", "/faults", "{\"webhook\":{\"drop\":1}}");
  unheard = services_relay_order (fixture);
  services_relay_move_on (fixture);
  report = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);
  await_text (&pages, "1 in the last 30 days");
  tpt_test_screen_shoot (pages.window, "health-missed");
  close_page (&pages);
}

static gboolean
has_problem (gpointer user_data)
{
  return tpt_connect_page_get_problem (user_data) != NULL;
}

/* Where the relay is away that the browser would come back through, the other ways are one press
 * away, and only then. */
static void
test_pages_way_back (ServicesRelay *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *code = services_relay_make_code (fixture);
  g_autoptr (TptWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window, *page;

  services_relay_enrol (fixture, code, &error);
  g_assert_no_error (error);
  services_relay_stop (fixture);
  workspace = app_fixture_make_workspace (&fixture->base);
  window = tpt_step_window_new_connect (workspace);
  app_screen_present (window);
  page = tpt_test_screen_find (window, TPT_TYPE_CONNECT_PAGE, 0);
  g_assert_false (tpt_test_screen_shows (window, "Straight to This Computer"));

  app_screen_press (window, "Sign In with Calendly");
  tpt_test_await_func (has_problem, page);
  tpt_test_screen_settle (window);
  g_assert_nonnull (strstr (tpt_connect_page_get_problem (TPT_CONNECT_PAGE (page)), "relay"));
  g_assert_null (strchr (tpt_connect_page_get_problem (TPT_CONNECT_PAGE (page)), '\n'));
  g_assert_true (tpt_test_screen_shows (window, "Straight to This Computer"));
  g_assert_true (tpt_test_screen_shows (window, "By a “touchpoint:” Address"));
  tpt_test_screen_shoot (window, "connect-way-back");
  app_screen_press (window, "Use a Personal Access Token");
  tpt_test_screen_settle (window);
  g_assert_null (tpt_connect_page_get_problem (TPT_CONNECT_PAGE (page)));
  tpt_connect_page_go_back (TPT_CONNECT_PAGE (page));
  tpt_test_screen_settle (window);
  g_assert_false (tpt_test_screen_shows (window, "Straight to This Computer"));
  tpt_test_screen_close (window);
}

int
main (int    argc,
      char **argv)
{
  app_fixture_init (&argc, &argv);

  g_test_add ("/sync-pages/history", ServicesFixture, "500", app_fixture_set_up,
              test_pages_history, services_fixture_tear_down);
  g_test_add ("/sync-pages/cancel", ServicesFixture, "500", app_fixture_set_up, test_pages_cancel,
              services_fixture_tear_down);
  g_test_add ("/sync-pages/checkup", ServicesRelay, NULL, relay_set_up, test_pages_checkup,
              services_relay_tear_down);
  g_test_add ("/sync-pages/enrol", ServicesRelay, NULL, relay_set_up, test_pages_enrol,
              services_relay_tear_down);
  g_test_add ("/sync-pages/way-back", ServicesRelay, NULL, relay_set_up, test_pages_way_back,
              services_relay_tear_down);
  g_test_add ("/sync-pages/deliveries", ServicesRelay, NULL, relay_set_up, test_pages_deliveries,
              services_relay_tear_down);
  g_test_add ("/sync-pages/missed", ServicesRelay, NULL, relay_set_up, test_pages_missed,
              services_relay_tear_down);

  return app_fixture_run ();
}
