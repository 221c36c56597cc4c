/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-screen.h"
#include "tpt-application.h"
#include "tpt-preferences-window.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static gboolean
is_view (gpointer    application,
         const char *view)
{
  return g_str_equal (tpt_window_get_view (tpt_application_get_window (application)), view);
}

static gboolean
has_trouble (gpointer user_data)
{
  return is_view (user_data, "trouble");
}

static gboolean
has_setup (gpointer user_data)
{
  return is_view (user_data, "setup");
}

static GtkWidget *
find_window (GtkApplication *application,
             GType           type)
{
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type))
        return link->data;
    }

  return NULL;
}

/* Every action of the table exists, and of the buttons in the preferences none is dead. */
static void
check_actions (GtkApplication *application)
{
  const TptShortcut *entry;
  GtkWidget *window;

  for (entry = tpt_application_shortcuts; entry->action != NULL; entry++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (application),
                                              entry->action + strlen ("app.")));
  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  window = find_window (application, TPT_TYPE_PREFERENCES_WINDOW);
  g_assert_nonnull (window);
  app_screen_present (window);
  app_screen_press (window, "Sync Now");
  tpt_test_screen_settle (window);
  g_assert_true (tpt_test_screen_shows (window, "Connect your Calendly account first"));
  gtk_window_destroy (GTK_WINDOW (window));

  g_action_group_activate_action (G_ACTION_GROUP (application), "relay", NULL);
  window = find_window (application, TPT_TYPE_PREFERENCES_WINDOW);
  g_assert_nonnull (window);
  g_assert_cmpstr (adw_preferences_window_get_visible_page_name (ADW_PREFERENCES_WINDOW (window)),
                   ==, "relay");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* There is no keyring here: said as such; for this session only it goes on to the first steps. */
static void
activate_cb (GtkApplication *application,
             gboolean       *walked)
{
  GtkWidget *window = GTK_WIDGET (tpt_application_get_window (TPT_APPLICATION (application)));

  g_assert_nonnull (window);
  g_assert_null (tpt_application_get_services (TPT_APPLICATION (application)));
  tpt_test_await_func (has_trouble, application);
  tpt_test_screen_settle (window);
  g_assert_true (tpt_test_screen_shows (window, "No Keyring"));
  app_screen_press (window, "Use for This Session Only");
  tpt_test_await_func (has_setup, application);
  g_assert_true (tpt_application_get_services (TPT_APPLICATION (application))->is_session_only);
  check_actions (application);
  *walked = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

static void
test_application_walk (void)
{
  TptApplication *application = tpt_application_new ();
  gboolean walked = FALSE;

  g_signal_connect_after (application, "activate", G_CALLBACK (activate_cb), &walked);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_true (walked);
  tpt_test_finalized (application);
}

static void
terminate_cb (GtkApplication *application,
              TptStore      **store)
{
  GtkWidget *window = GTK_WIDGET (tpt_application_get_window (TPT_APPLICATION (application)));

  tpt_test_await_func (has_trouble, application);
  tpt_test_screen_settle (window);
  app_screen_press (window, "Use for This Session Only");
  tpt_test_await_func (has_setup, application);
  *store = g_object_ref (tpt_application_get_services (TPT_APPLICATION (application))->store);
  raise (SIGTERM);
}

/* The end of a session is an end in order: the record is closed. */
static void
test_application_terminated (void)
{
  TptApplication *application = tpt_application_new ();
  g_autoptr (TptStore) store = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  g_signal_connect_after (application, "activate", G_CALLBACK (terminate_cb), &store);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  tpt_store_list_customers_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_store_list_customers_finish (store, result, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CLOSED);
  tpt_test_finalized (application);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/application/walk", test_application_walk);
  g_test_add_func ("/application/terminated", test_application_terminated);

  return g_test_run ();
}
