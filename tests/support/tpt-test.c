/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test.h"

#include <glib/gstdio.h>

#define WAIT_SECONDS 20

static gboolean
timeout_cb (gpointer user_data)
{
  g_error ("Waited %d s for something that did not happen", WAIT_SECONDS);
  return G_SOURCE_REMOVE;
}

/* Sets up GLib's test framework with directories of its own, so that no test reads or writes the
 * home. */
void
tpt_test_init (int    *argc,
               char ***argv)
{
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
}

void
tpt_test_result_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  TptTestResult *waiting = user_data;

  g_assert_null (waiting->result);
  waiting->result = g_object_ref (result);
}

/* Runs the default main context until the result is there, at most WAIT_SECONDS. The caller owns
 * the result. */
GAsyncResult *
tpt_test_await (TptTestResult *waiting)
{
  guint source = g_timeout_add_seconds (WAIT_SECONDS, timeout_cb, NULL);

  while (waiting->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);

  return g_steal_pointer (&waiting->result);
}

void
tpt_test_await_bool (const gboolean *flag)
{
  guint source = g_timeout_add_seconds (WAIT_SECONDS, timeout_cb, NULL);

  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

/* Waits until @condition says TRUE; asks again after each event and at least every 5 ms. */
void
tpt_test_await_func (gboolean (*condition) (gpointer),
                     gpointer   user_data)
{
  guint source = g_timeout_add_seconds (WAIT_SECONDS, timeout_cb, NULL);

  while (!condition (user_data))
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (5000);
    }
  g_source_remove (source);
}

static gboolean
is_gone (gpointer user_data)
{
  gpointer *weak = user_data;

  return *weak == NULL;
}

/* Drops the last reference of @object and proves that it was the last one, but for those of what
 * is under way on other threads. */
void
tpt_test_finalized (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (G_OBJECT (object), &weak);
  g_object_unref (object);
  tpt_test_await_func (is_gone, &weak);
}

/* The bytes of tests/fixtures/@name, NUL-terminated. */
char *
tpt_test_fixture (const char *name,
                  gsize      *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);

  return contents;
}

char *
tpt_test_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("touchpoint-test-XXXXXX", &error);

  g_assert_no_error (error);

  return path;
}

void
tpt_test_remove_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        tpt_test_remove_dir (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}
