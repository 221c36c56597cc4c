/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-list-file.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command.h"

/* A list of customers, not a film, as in the window: it goes over the session bus at once. */
#define MOST_BYTES (32 * 1024 * 1024)
#define CHUNK      (64 * 1024)

/* A pipe or a device does not tell how much there is. */
static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (G_FILE (source), cancellable, &error);
  g_autoptr (GByteArray) list = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize got = -1;

  while (stream != NULL && list->len <= MOST_BYTES
         && (got = g_input_stream_read (G_INPUT_STREAM (stream), chunk, CHUNK, cancellable,
                                        &error)) > 0)
    g_byte_array_append (list, chunk, (guint) got);
  if (got < 0)
    g_task_return_error (task, error);
  else if (list->len > MOST_BYTES)
    g_task_return_new_error (task, G_FILE_ERROR, G_FILE_ERROR_NOMEM, "%s",
                             _("The file is too large for a list of customers."));
  else
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&list)),
                           (GDestroyNotify) g_bytes_unref);
}

/**
 * tpt_list_file_find:
 * @argv: the words after the program's name
 *
 * What was typed wrongly, or does not need a file, names none: the command says so itself.
 *
 * Returns: (transfer full) (nullable): the path that is to be read
 */
char *
tpt_list_file_find (const char *const *argv)
{
  guint words = 0;
  const TptCommand *command = tpt_command_find (argv, &words);
  const char *path = NULL;
  gboolean is_over = FALSE;

  if (command == NULL || command->run != tpt_customers_import_command_run)
    return NULL;

  for (const char *const *word = argv + words; *word != NULL; word++)
    {
      gboolean is_option = !is_over && **word == '-' && (*word)[1] != '\0';

      if (is_option && g_str_equal (*word, "--"))
        is_over = TRUE;
      else if (is_option ? !g_str_equal (*word, "--json") : path != NULL)
        return NULL;
      else if (!is_option)
        path = *word;
    }

  return g_strdup (path);
}

/** tpt_list_file_read_async: reads all of the file at @path, to its end where it is a pipe */
void
tpt_list_file_read_async (const char          *path,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_list_file_read_async);
  /* Nobody may ever write into a pipe; then Ctrl+C ends the wait. */
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, read_thread);
}

/* Returns: (transfer full) */
GBytes *
tpt_list_file_read_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
