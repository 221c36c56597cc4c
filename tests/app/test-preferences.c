/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app-fixture.h"
#include "app-screen.h"
#include "tpt-config.h"
#include "tpt-customers-settings.h"
#include "tpt-organization-group.h"
#include "tpt-preferences-window.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

typedef struct
{
  GSettings *settings;
  TptWorkspace *workspace;
  GtkWidget *window;
} Preferences;

static Preferences
show_preferences (ServicesFixture *fixture)
{
  Preferences preferences = { .settings = g_settings_new (TPT_APP_ID) };

  preferences.workspace = app_fixture_make_workspace (fixture);
  preferences.window = tpt_preferences_window_new (preferences.workspace, preferences.settings);
  app_screen_present (preferences.window);

  return preferences;
}

static void
close_preferences (Preferences *preferences)
{
  tpt_test_screen_close (preferences->window);
  g_object_unref (preferences->workspace);
  g_object_unref (preferences->settings);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }

  return NULL;
}

static void
answer (const char *response)
{
  GtkWidget *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
shows_not_connected (gpointer user_data)
{
  return tpt_test_screen_shows (user_data, "Not connected");
}

/* Who is connected, and the way out: asked about first; the record is kept when that is said. */
static void
test_preferences_account (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  TptConnection *connection = fixture->services->connection;
  Preferences preferences;

  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  before = services_fixture_meetings (fixture);
  preferences = show_preferences (fixture);
  title = g_strdup_printf ("Connected as %s", tpt_connection_get_account (connection)->email);
  g_assert_true (tpt_test_screen_shows (preferences.window, title));
  g_assert_true (tpt_test_screen_shows (preferences.window, "Brightwater · Owner"));

  app_screen_press (preferences.window, "Disconnect…");
  answer ("cancel");
  g_assert_cmpint (tpt_connection_get_state (connection), ==, TPT_CONNECTION_CONNECTED);
  app_screen_press (preferences.window, "Disconnect…");
  answer ("keep");
  tpt_test_await_func (shows_not_connected, preferences.window);
  g_assert_cmpint (tpt_connection_get_state (connection), ==, TPT_CONNECTION_DISCONNECTED);
  after = services_fixture_meetings (fixture);
  g_assert_cmpuint (after->len, ==, before->len);
  close_preferences (&preferences);
}

/* Erasing takes everything with it. */
static void
test_preferences_erase (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  Preferences preferences;

  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  preferences = show_preferences (fixture);
  app_screen_press (preferences.window, "Disconnect…");
  answer ("erase");
  tpt_test_await_func (shows_not_connected, preferences.window);
  meetings = services_fixture_meetings (fixture);
  g_assert_cmpuint (meetings->len, ==, 0);
  close_preferences (&preferences);
}

static gboolean
is_loaded (gpointer user_data)
{
  return g_list_model_get_n_items (user_data) > 0;
}

/* Every tier of a customer has its days, which the figures then count with. */
static void
test_preferences_tiers (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  g_autoptr (TptImportReport) report = services_fixture_import (fixture);
  g_autoptr (GPtrArray) customers = services_fixture_customers (fixture);
  g_autoptr (GHashTable) tiers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) cadences = NULL;
  Preferences preferences = show_preferences (fixture);
  GtkWidget *page, *spin;
  GHashTableIter iter;
  gpointer tier, days;

  g_assert_nonnull (report);
  g_settings_reset (preferences.settings, "tier-cadences");
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);

      if (customer->tier != NULL)
        g_hash_table_add (tiers, customer->tier);
    }
  g_assert_cmpuint (g_hash_table_size (tiers), >, 0);
  tpt_test_await_func (is_loaded, preferences.workspace->portfolio);
  page = tpt_test_screen_find (preferences.window, TPT_TYPE_CUSTOMERS_SETTINGS, 0);
  g_assert_cmpuint (tpt_test_screen_count (page, GTK_TYPE_SPIN_BUTTON), ==,
                    g_hash_table_size (tiers));

  spin = tpt_test_screen_find (page, GTK_TYPE_SPIN_BUTTON, 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 77);
  cadences = tpt_tier_cadence_read (preferences.settings);
  g_assert_cmpuint (g_hash_table_size (cadences), ==, 1);
  g_hash_table_iter_init (&iter, cadences);
  g_assert_true (g_hash_table_iter_next (&iter, &tier, &days));
  g_assert_true (g_hash_table_contains (tiers, tier));
  g_assert_cmpint (GPOINTER_TO_INT (days), ==, 77);
  close_preferences (&preferences);
}

static gboolean
is_asked (gpointer user_data)
{
  return find_dialog () != NULL;
}

static gboolean
is_everyones (gpointer view)
{
  return tpt_organization_view_get_state (view) == TPT_VIEW_EVERYONE;
}

static gboolean
is_own (gpointer view)
{
  return tpt_organization_view_get_state (view) == TPT_VIEW_OWN;
}

static guint
count_meetings (ServicesFixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);

  return meetings->len;
}

/* Colleagues' meetings come with a switch, and go again after a question that says how many. */
static void
test_preferences_everyone (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (TptSyncReport) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  TptOrganizationView *view = tpt_connection_get_view (fixture->services->connection);
  Preferences preferences;
  GtkSwitch *everyone;
  guint own, all;

  g_assert_true (services_fixture_connect (fixture, "sandbox-pat", &error));
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  own = count_meetings (fixture);
  preferences = show_preferences (fixture);
  everyone = GTK_SWITCH (tpt_test_screen_find (
    tpt_test_screen_find (preferences.window, TPT_TYPE_ORGANIZATION_GROUP, 0), GTK_TYPE_SWITCH, 0));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (everyone)));
  g_assert_false (gtk_switch_get_active (everyone));
  gtk_switch_set_active (everyone, TRUE);
  tpt_test_await_func (is_everyones, view);
  again = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  all = count_meetings (fixture);
  g_assert_cmpuint (all, >, own);

  gtk_switch_set_active (everyone, FALSE);
  tpt_test_await_func (is_asked, NULL);
  number = g_strdup_printf ("%u meeting", all - own);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_dialog ())),
                            number));
  answer ("cancel");
  g_assert_true (gtk_switch_get_active (everyone));
  g_assert_cmpuint (count_meetings (fixture), ==, all);
  gtk_switch_set_active (everyone, FALSE);
  tpt_test_await_func (is_asked, NULL);
  answer ("remove");
  tpt_test_await_func (is_own, view);
  g_assert_cmpuint (count_meetings (fixture), ==, own);
  g_assert_false (gtk_switch_get_active (everyone));
  close_preferences (&preferences);
}

/* Who may not is told what it takes. */
static void
test_preferences_member (ServicesFixture *fixture,
                         gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;
  Preferences preferences;
  GtkWidget *group;

  g_assert_true (services_fixture_connect (fixture, "sandbox-pat-member", &error));
  preferences = show_preferences (fixture);
  group = tpt_test_screen_find (preferences.window, TPT_TYPE_ORGANIZATION_GROUP, 0);
  g_assert_false (gtk_widget_is_sensitive (tpt_test_screen_find (group, GTK_TYPE_SWITCH, 0)));
  g_assert_true (tpt_test_screen_shows (group, "you are a member"));
  close_preferences (&preferences);
}

/* The switches of the dashboard's cards and the values for signing in are kept as settings. */
static void
test_preferences_settings (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  Preferences preferences = show_preferences (fixture);
  GtkWidget *page = tpt_test_screen_find (preferences.window, TPT_TYPE_CUSTOMERS_SETTINGS, 0);
  GtkWidget *client_id = tpt_test_screen_find (preferences.window, ADW_TYPE_ENTRY_ROW, 0);
  g_autofree char *stored = NULL;
  g_autofree char *chosen = NULL;
  AdwComboRow *method;
  g_auto (GStrv) hidden = NULL;
  g_auto (GStrv) shown = NULL;
  GtkSwitch *first;

  g_settings_reset (preferences.settings, "hidden-cards");
  first = GTK_SWITCH (tpt_test_screen_find (page, GTK_TYPE_SWITCH, 0));
  g_assert_true (gtk_switch_get_active (first));
  gtk_switch_set_active (first, FALSE);
  hidden = g_settings_get_strv (preferences.settings, "hidden-cards");
  g_assert_cmpuint (g_strv_length (hidden), ==, 1);
  gtk_switch_set_active (first, TRUE);
  shown = g_settings_get_strv (preferences.settings, "hidden-cards");
  g_assert_cmpuint (g_strv_length (shown), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (client_id), "of-the-company");
  stored = g_settings_get_string (preferences.settings, "client-id");
  g_assert_cmpstr (stored, ==, "of-the-company");
  g_settings_reset (preferences.settings, "client-id");

  method = ADW_COMBO_ROW (tpt_test_screen_find (preferences.window, ADW_TYPE_COMBO_ROW, 0));
  g_assert_cmpuint (adw_combo_row_get_selected (method), ==, TPT_REDIRECT_AUTO);
  adw_combo_row_set_selected (method, TPT_REDIRECT_SCHEME);
  chosen = g_settings_get_string (preferences.settings, "redirect-method");
  g_assert_cmpstr (chosen, ==, "scheme");
  g_settings_set_string (preferences.settings, "redirect-method", "bounce");
  g_assert_cmpuint (adw_combo_row_get_selected (method), ==, TPT_REDIRECT_BOUNCE);
  g_settings_reset (preferences.settings, "redirect-method");
  close_preferences (&preferences);
}

int
main (int    argc,
      char **argv)
{
  app_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add (path, ServicesFixture, "40", app_fixture_set_up, function, \
              services_fixture_tear_down)
  ADD ("/preferences/account", test_preferences_account);
  ADD ("/preferences/erase", test_preferences_erase);
  ADD ("/preferences/tiers", test_preferences_tiers);
  ADD ("/preferences/everyone", test_preferences_everyone);
  ADD ("/preferences/member", test_preferences_member);
  ADD ("/preferences/settings", test_preferences_settings);
#undef ADD

  return app_fixture_run ();
}
