/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-pages.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

/* What the window was asked for. */
static char *said;
static guint dashboards;

static void
toast_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  g_free (said);
  said = g_variant_dup_string (parameter, NULL);
}

static void
dashboard_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  dashboards++;
  tpt_pages_show_dashboard (user_data);
}

static void
add_window_actions (TptTestDesk *desk)
{
  static const GActionEntry entries[] = {
    { .name = "toast", .activate = toast_cb, .parameter_type = "s" },
    { .name = "dashboard", .activate = dashboard_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   desk->page);
  gtk_widget_insert_action_group (desk->window, "win", G_ACTION_GROUP (group));
}

static gboolean
was_left (gpointer user_data)
{
  return dashboards > 0;
}

static gboolean
is_loaded (gpointer user_data)
{
  TptTestDesk *desk = user_data;

  return tpt_portfolio_find (desk->world->workspace->portfolio, desk->world->hostile) != NULL;
}

/* Who is merged away elsewhere while somebody looks at the page: they are told why it went. */
static void
test_merged_away (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  TptPages *pages = g_object_new (TPT_TYPE_PAGES, NULL);

  tpt_test_await_func (is_loaded, desk);
  tpt_pages_set_workspace (pages, desk->world->workspace, settings);
  tpt_test_desk_show (desk, GTK_WIDGET (pages));
  add_window_actions (desk);
  tpt_pages_show_customer (pages, desk->world->hostile);
  tpt_inbox_model_act (desk->world->workspace->inbox,
                       tpt_match_act_new_merge (desk->world->busy, desk->world->quiet), "Merged");
  tpt_test_screen_await (desk->window, "Merged", TRUE);
  g_assert_cmpuint (dashboards, ==, 0);

  tpt_inbox_model_act (desk->world->workspace->inbox,
                       tpt_match_act_new_merge (desk->world->busy, desk->world->hostile), "Merged");
  tpt_test_await_func (was_left, NULL);
  g_assert_cmpuint (dashboards, ==, 1);
  g_assert_nonnull (said);
  g_assert_nonnull (strstr (said, "<b>x</b>"));
  g_assert_nonnull (strstr (said, "is not here any more"));
  g_clear_pointer (&said, g_free);
  tpt_test_desk_free (desk);
}

/* Where everything was erased nobody was merged, and no erased name is said once more. */
static void
test_erased (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  g_autoptr (GSettings) settings = g_settings_new (TPT_APP_ID);
  TptPages *pages = g_object_new (TPT_TYPE_PAGES, NULL);

  dashboards = 0;
  tpt_test_await_func (is_loaded, desk);
  tpt_pages_set_workspace (pages, desk->world->workspace, settings);
  tpt_test_desk_show (desk, GTK_WIDGET (pages));
  add_window_actions (desk);
  tpt_pages_show_customer (pages, desk->world->hostile);
  tpt_test_world_erase (desk->world);
  tpt_test_await_func (was_left, NULL);
  g_assert_null (said);
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/pages/merged-away", test_merged_away);
  g_test_add_func ("/pages/erased", test_erased);

  return g_test_run ();
}
