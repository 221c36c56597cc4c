/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-calendar-saver.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tpt-calendar-file.h"
#include "tpt-literal.h"
#include "tpt-whole-file.h"

/* The contents are those of the moment when it was asked for, however long the dialog stays. */
typedef struct
{
  GtkFileChooserNative *chooser;
  GBytes *contents;
} Save;

static void
save_free (Save *save)
{
  g_clear_object (&save->chooser);
  g_bytes_unref (save->contents);
  g_free (save);
}

static GTask *
make_task (const GPtrArray     *meetings,
           TptTime              now,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);
  char *text = tpt_calendar_file_write (meetings, now, NULL);

  save->contents = g_bytes_new_take (text, strlen (text));
  g_task_set_source_tag (task, make_task);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);

  return task;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_whole_file_write_finish (result, &error))
    g_task_return_pointer (task, g_file_get_basename (G_FILE (source)), g_free);
  else
    g_task_return_error (task, error);
}

static void
write_to (GTask *task,
          GFile *file)
{
  Save *save = g_task_get_task_data (task);

  tpt_whole_file_write_async (file, save->contents, g_task_get_cancellable (task), written_cb,
                              g_object_ref (task));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = NULL;

  g_signal_handlers_disconnect_by_func (dialog, response_cb, task);
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    write_to (task, file);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was chosen");
}

/**
 * tpt_calendar_saver_ask_async:
 * @meetings: (element-type TptMeeting)
 * @subject: (nullable): what the file's name is made from
 *
 * Asks for a file and writes @meetings into it as they are now.
 */
void
tpt_calendar_saver_ask_async (GtkWindow           *parent,
                              const GPtrArray     *meetings,
                              const char          *subject,
                              TptTime              now,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = make_task (meetings, now, cancellable, callback, user_data);
  g_autofree char *name = tpt_calendar_file_get_name (subject);
  g_autoptr (GtkFileFilter) calendars = gtk_file_filter_new ();
  Save *save = g_task_get_task_data (task);

  save->chooser = gtk_file_chooser_native_new (_("Save as Calendar File"), parent,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
                                               _("_Cancel"));
  gtk_file_filter_set_name (calendars, _("Calendar files"));
  gtk_file_filter_add_mime_type (calendars, "text/calendar");
  gtk_file_filter_add_suffix (calendars, "ics");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (save->chooser), calendars);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (save->chooser), name);
  g_signal_connect (save->chooser, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (save->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (save->chooser));
}

/** tpt_calendar_saver_write_async: the same for a file that is known already */
void
tpt_calendar_saver_write_async (GFile               *file,
                                const GPtrArray     *meetings,
                                TptTime              now,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = make_task (meetings, now, cancellable, callback, user_data);

  write_to (task, file);
}

/** tpt_calendar_saver_finish: (transfer full) (nullable): the name of the file, not its place */
char *
tpt_calendar_saver_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_calendar_saver_describe:
 *
 * (transfer full) (nullable): finishes it and says what became of it; %NULL where it was called off
 */
char *
tpt_calendar_saver_describe (GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = tpt_calendar_saver_finish (result, &error);
  g_autofree char *shown = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  shown = tpt_literal_part (error != NULL ? error->message : name);
  if (error != NULL)
    /* Translators: a sentence that says why */
    return g_strdup_printf (_("Not saved: %s"), shown);

  /* Translators: name of a file */
  return g_strdup_printf (_("Saved as %s"), shown);
}
