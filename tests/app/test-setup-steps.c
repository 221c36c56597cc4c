/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-fixture.h"
#include "app-screen.h"
#include "tpt-config.h"
#include "tpt-connect-page.h"
#include "tpt-import-page.h"
#include "tpt-setup-page.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

typedef struct
{
  GSettings *settings;
  TptWorkspace *workspace;
  GtkWidget *setup;
  GtkWidget *window;
} Steps;

static Steps
show_steps (ServicesFixture *fixture)
{
  Steps steps = { .settings = g_settings_new (TPT_APP_ID) };

  g_settings_reset (steps.settings, "setup-skipped");
  steps.workspace = app_fixture_make_workspace (fixture);
  steps.setup = tpt_setup_page_new (steps.workspace, steps.settings);
  steps.window = tpt_test_screen_show (steps.setup, 800, 800);

  return steps;
}

static void
close_steps (Steps *steps)
{
  tpt_test_screen_close (steps->window);
  g_object_unref (steps->workspace);
  g_object_unref (steps->settings);
}

static void
press (Steps      *steps,
       const char *label)
{
  app_screen_press (steps->window, label);
  tpt_test_screen_settle (steps->window);
}

static void
assert_step (Steps      *steps,
             const char *name)
{
  g_assert_cmpstr (tpt_setup_page_get_step (TPT_SETUP_PAGE (steps->setup)), ==, name);
}

static void
enter_token (Steps      *steps,
             const char *token)
{
  GtkWidget *row = tpt_test_screen_find (steps->window, ADW_TYPE_PASSWORD_ENTRY_ROW, 0);

  gtk_editable_set_text (GTK_EDITABLE (row), token);
  press (steps, "Connect");
}

static gboolean
has_problem (gpointer user_data)
{
  return tpt_connect_page_get_problem (user_data) != NULL;
}

static gboolean
is_import (gpointer user_data)
{
  return g_str_equal (tpt_setup_page_get_step (user_data), "import");
}

/* A wrong token is told where it was typed, and stays there to be put right. */
static void
test_steps_token (ServicesFixture *fixture,
                  gconstpointer    user_data)
{
  Steps steps = show_steps (fixture);
  GtkWidget *page, *focus;

  press (&steps, "Set Up");
  assert_step (&steps, "connect");
  press (&steps, "Use a Personal Access Token");
  enter_token (&steps, "nonsense");
  page = tpt_test_screen_find (steps.window, TPT_TYPE_CONNECT_PAGE, 0);
  tpt_test_await_func (has_problem, page);
  assert_step (&steps, "connect");
  g_assert_cmpint (tpt_connection_get_state (fixture->services->connection), ==,
                   TPT_CONNECTION_DISCONNECTED);
  focus = gtk_root_get_focus (GTK_ROOT (steps.window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_PASSWORD_ENTRY_ROW));
  tpt_test_screen_shoot (steps.window, "setup-wrong-token");

  enter_token (&steps, " sandbox-pat ");
  tpt_test_await_func (is_import, steps.setup);
  g_assert_null (tpt_connect_page_get_problem (TPT_CONNECT_PAGE (page)));
  close_steps (&steps);
}

/* Nothing is forced: each step can be skipped, and the way back works. */
static void
test_steps_skipped (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  Steps steps = show_steps (fixture);

  assert_step (&steps, "welcome");
  press (&steps, "Set Up");
  press (&steps, "Use a Personal Access Token");
  press (&steps, "Back");
  assert_step (&steps, "connect");
  press (&steps, "Skip");
  assert_step (&steps, "import");
  press (&steps, "Skip");
  assert_step (&steps, "done");
  g_assert_false (g_settings_get_boolean (steps.settings, "setup-skipped"));
  press (&steps, "Open Touchpoint");
  g_assert_true (g_settings_get_boolean (steps.settings, "setup-skipped"));
  close_steps (&steps);
}

static gboolean
is_told (gpointer user_data)
{
  return !g_str_equal (tpt_import_page_get_step (user_data), "working");
}

/* Leaves the page as it is after the file with @content was chosen. */
static TptImportPage *
import_text (Steps      *steps,
             const char *content,
             gssize      length)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (directory, "customers.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GtkWidget *page = tpt_test_screen_find (steps->window, TPT_TYPE_IMPORT_PAGE, 0);

  if (content != NULL)
    g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  tpt_import_page_import_file (TPT_IMPORT_PAGE (page), file);
  tpt_test_await_func (is_told, page);
  tpt_test_screen_settle (steps->window);
  tpt_test_remove_dir (directory);

  return TPT_IMPORT_PAGE (page);
}

/* A file that is no list of customers, or is not there, is told inline; nothing is taken of it. */
static void
test_steps_bad_files (ServicesFixture *fixture,
                      gconstpointer    user_data)
{
  static const struct
  {
    const char *content;
    gssize length;
  } files[] = {
    { NULL, 0 },
    { "", 0 },
    { "colour,shape\nred,round\n", -1 },
    { "name,domains\n\xff\xfe\n", -1 },
    { "\x7f"
      "ELF\0\0\0",
      8 },
  };
  Steps steps = show_steps (fixture);

  press (&steps, "Set Up");
  press (&steps, "Skip");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      TptImportPage *page = import_text (&steps, files[i].content, files[i].length);
      g_autoptr (GPtrArray) customers = services_fixture_customers (fixture);

      g_assert_cmpstr (tpt_import_page_get_step (page), ==, "choose");
      g_assert_nonnull (tpt_import_page_get_problem (page));
      g_assert_cmpuint (customers->len, ==, 0);
    }
  assert_step (&steps, "import");
  close_steps (&steps);
}

/* What became of each row: taken ones are counted, others named with their number and reason. */
static void
test_steps_report (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  Steps steps = show_steps (fixture);
  g_autoptr (GPtrArray) customers = NULL;
  TptImportPage *page;

  press (&steps, "Set Up");
  press (&steps, "Skip");
  g_assert_true (tpt_test_screen_shows (steps.window, "Skip"));
  page = import_text (&steps, "name,domains\n<b>One</b> & Co,one.example\n,two.example\n"
                              "Three,gmail.com\n", -1);
  g_assert_cmpstr (tpt_import_page_get_step (page), ==, "report");
  g_assert_null (tpt_import_page_get_problem (page));
  g_assert_false (tpt_test_screen_shows (steps.window, "Skip"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (page), "2 new customers"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (page), "Row 3"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (page), "Row 4"));
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (page), "gmail.com"));
  /* And who has mended it comes with the next file from here. */
  g_assert_true (tpt_test_screen_shows (GTK_WIDGET (page), "Choose Another File"));
  tpt_test_screen_shoot (steps.window, "setup-report");
  customers = services_fixture_customers (fixture);
  g_assert_cmpuint (customers->len, ==, 2);
  press (&steps, "Continue");
  assert_step (&steps, "done");
  close_steps (&steps);
}

int
main (int    argc,
      char **argv)
{
  app_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add (path, ServicesFixture, "20", app_fixture_set_up, function, \
              services_fixture_tear_down)
  ADD ("/setup-steps/token", test_steps_token);
  ADD ("/setup-steps/skipped", test_steps_skipped);
  ADD ("/setup-steps/bad-files", test_steps_bad_files);
  ADD ("/setup-steps/report", test_steps_report);
#undef ADD

  return app_fixture_run ();
}
