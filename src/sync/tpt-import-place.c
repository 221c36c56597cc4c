/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-import-place.h"

#include "tpt-import-tally.h"
#include "tpt-settings-table.h"

/* That there is an import comes back from a backup, but not how far it had come: what it brought is
 * not in there. */
#define START "import.start"
#define END "import.end"
#define REACHED "sync.import-reached"
#define REACHED_AT "sync.import-reached-at"
#define GOES_ON "import.goes-on"

gboolean
tpt_import_place_load (TptSession  *session,
                       gpointer     place,
                       GError     **error)
{
  TptImportPlace *self = place;
  gint64 goes_on;

  if (!tpt_settings_table_get_int (session, START, &self->range.start, error)
      || !tpt_settings_table_get_int (session, END, &self->range.end, error)
      || !tpt_settings_table_get_int (session, REACHED, &self->reached, error)
      || !tpt_settings_table_get_int (session, REACHED_AT, &self->reached_at, error)
      || !tpt_settings_table_get_int (session, GOES_ON, &goes_on, error)
      || !tpt_import_tally_count (session, &self->synced, error))
    return FALSE;
  self->goes_on = goes_on != 0;

  return TRUE;
}

/* From now on it goes on by itself. */
gboolean
tpt_import_place_go_on (TptSession  *session,
                        gpointer     nothing,
                        GError     **error)
{
  return tpt_settings_table_set_int (session, GOES_ON, 1, error);
}

/* It goes on only when somebody says so. */
gboolean
tpt_import_place_rest (TptSession  *session,
                       gpointer     nothing,
                       GError     **error)
{
  return tpt_settings_table_set_int (session, GOES_ON, 0, error);
}

gboolean
tpt_import_place_forget (TptSession  *session,
                         gpointer     nothing,
                         GError     **error)
{
  return tpt_settings_table_set_int (session, START, 0, error)
         && tpt_settings_table_set_int (session, END, 0, error)
         && tpt_settings_table_set_int (session, REACHED, 0, error)
         && tpt_settings_table_set_int (session, REACHED_AT, 0, error)
         && tpt_settings_table_set_int (session, GOES_ON, 0, error)
         && tpt_import_tally_forget (session, error);
}

/* A place belongs to a range, so the range is noted before anything of it is asked for. */
gboolean
tpt_import_place_begin (TptSession          *session,
                        const TptTimeRange  *range,
                        GError             **error)
{
  return tpt_settings_table_set_int (session, START, range->start, error)
         && tpt_settings_table_set_int (session, END, range->end, error)
         && tpt_settings_table_set_int (session, REACHED, 0, error)
         && tpt_settings_table_set_int (session, REACHED_AT, 0, error)
         && tpt_import_tally_forget (session, error);
}

/* Everything that starts before @reached is in the store. */
gboolean
tpt_import_place_save (TptSession  *session,
                       TptTime      reached,
                       TptTime      now,
                       GError     **error)
{
  return tpt_settings_table_set_int (session, REACHED, reached, error)
         && tpt_settings_table_set_int (session, REACHED_AT, now, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_pointer (
      task, g_memdup2 (g_task_get_task_data (task), sizeof (TptImportPlace)), g_free);
  else
    g_task_return_error (task, error);
}

void
tpt_import_place_read_async (TptStore            *store,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  TptImportPlace *place = g_new0 (TptImportPlace, 1);

  g_task_set_source_tag (task, tpt_import_place_read_async);
  g_task_set_task_data (task, place, g_free);
  tpt_store_transact_async (store, tpt_import_place_load, place, NULL, cancellable, read_cb, task);
}

/* Returns: (transfer full) */
TptImportPlace *
tpt_import_place_read_finish (TptStore      *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
