/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-worker.h"

/* @set_up runs in the child before it becomes the worker. */
GSubprocess *
tpt_test_worker_start (GSpawnChildSetupFunc  set_up,
                       gpointer              data,
                       const char           *what,
                       const char           *path,
                       const char           *number)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "store", "store-worker", NULL);
  const char *const arguments[] = { program, what, path, number, NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *worker;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  if (set_up != NULL)
    g_subprocess_launcher_set_child_setup (launcher, set_up, data, NULL);
  worker = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);

  return worker;
}

/* One line; byte by byte, so that nothing is read too far. %NULL at the end. */
char *
tpt_test_worker_read (GSubprocess *worker)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (worker);
  GString *line = g_string_new (NULL);
  char byte;

  while (g_input_stream_read (stream, &byte, 1, NULL, NULL) == 1)
    {
      if (byte == '\n')
        return g_string_free (line, FALSE);
      g_string_append_c (line, byte);
    }
  g_string_free (line, TRUE);

  return NULL;
}

/* Everything that it says until it ends. */
char *
tpt_test_worker_run (GSpawnChildSetupFunc  set_up,
                     gpointer              data,
                     const char           *what,
                     const char           *path)
{
  g_autoptr (GSubprocess) worker = tpt_test_worker_start (set_up, data, what, path, NULL);
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_subprocess_communicate_utf8 (worker, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (worker));

  return output;
}
