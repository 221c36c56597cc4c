/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-whole-file.h"

/* Closing is what puts the new file in the place of the old one, however much of it was written,
 * and letting go of the stream closes it, too. Only a close that is cancelled throws it away; a
 * file that was not there before is written in its place. */
static void
give_up (GFile         *file,
         GOutputStream *stream,
         gboolean       was_there)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
  if (!was_there)
    g_file_delete (file, NULL, NULL);
}

/* Where no other file can be made beside it, as on a disk that has no room for one more, GIO takes
 * the old one away before it knows whether there is room for what comes in its place. */
static gboolean
check_room_beside (GFile         *file,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (".touchpoint-", unique, NULL);
  g_autoptr (GFile) other = g_file_get_child (folder, name);
  g_autoptr (GFileOutputStream) stream =
    g_file_create (other, G_FILE_CREATE_PRIVATE, cancellable, error);

  return stream != NULL && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error)
         && g_file_delete (other, NULL, error);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      contents,
              GCancellable *cancellable)
{
  const GFileCreateFlags flags = G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION;
  gboolean was_there = g_file_query_exists (G_FILE (source), cancellable);
  g_autoptr (GFileOutputStream) stream = NULL;
  GError *error = NULL;
  gsize length;
  gconstpointer bytes = g_bytes_get_data (contents, &length);

  if (!was_there || check_room_beside (G_FILE (source), cancellable, &error))
    stream = g_file_replace (G_FILE (source), NULL, FALSE, flags, cancellable, &error);
  if (stream != NULL
      && g_output_stream_write_all (G_OUTPUT_STREAM (stream), bytes, length, NULL, cancellable,
                                    &error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (stream != NULL)
    give_up (G_FILE (source), G_OUTPUT_STREAM (stream), was_there);
  g_task_return_error (task, error);
}

/**
 * tpt_whole_file_write_async:
 *
 * Writes @contents to @file, for the user's eyes alone. A file that is there already is replaced
 * when the new one is complete, and stays what it is where that fails.
 */
void
tpt_whole_file_write_async (GFile               *file,
                            GBytes              *contents,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_whole_file_write_async);
  g_task_set_task_data (task, g_bytes_ref (contents), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, write_thread);
}

gboolean
tpt_whole_file_write_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
