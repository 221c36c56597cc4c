/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-fixture.h"

#include "tpt-test-screen.h"
#include "tpt-test.h"

static char *home;

/* What the test before left behind is sealed with a key that is gone with its keyring. */
void
app_fixture_clear (void)
{
  g_autofree char *path = g_build_filename (home, "touchpoint", NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    tpt_test_remove_dir (path);
}

/* As tpt_test_screen_init (), with a home of its own for the record: tests run side by side. */
void
app_fixture_init (int    *argc,
                  char ***argv)
{
  home = tpt_test_make_dir ();
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  tpt_test_screen_init (argc, argv);
}

int
app_fixture_run (void)
{
  int status = g_test_run ();

  tpt_test_remove_dir (home);
  g_clear_pointer (&home, g_free);

  return status;
}

/* As services_fixture_set_up (), after the test before. */
void
app_fixture_set_up (ServicesFixture *fixture,
                    gconstpointer    meetings)
{
  app_fixture_clear ();
  services_fixture_set_up (fixture, meetings);
}

TptWorkspace *
app_fixture_make_workspace (ServicesFixture *fixture)
{
  TptServices *services = fixture->services;

  return tpt_workspace_new (services->clock, services->store, services->connection,
                            services->engine, services->link_maker, services->importer,
                            services->listener);
}
