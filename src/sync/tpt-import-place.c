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

/* The one that another range came before it was done: its numbers, in the order of the fields. */
#define SHELF "sync.import-shelf"
#define SHELF_FIELDS 5

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

static gboolean
is_same (const TptTimeRange *first,
         const TptTimeRange *second)
{
  return first->start == second->start && first->end == second->end;
}

static gboolean
write_place (TptSession            *session,
             const TptImportPlace  *place,
             GError               **error)
{
  return tpt_settings_table_set_int (session, START, place->range.start, error)
         && tpt_settings_table_set_int (session, END, place->range.end, error)
         && tpt_settings_table_set_int (session, REACHED, place->reached, error)
         && tpt_settings_table_set_int (session, REACHED_AT, place->reached_at, error)
         && tpt_settings_table_set_int (session, GOES_ON, place->goes_on, error);
}

static gboolean
write_shelf (TptSession            *session,
             const TptImportPlace  *place,
             GError               **error)
{
  g_autofree char *text = NULL;

  if (tpt_sync_plan_is_import (&place->range))
    text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                            " %" G_GINT64_FORMAT " %d",
                            place->range.start, place->range.end, place->reached,
                            place->reached_at, place->goes_on);

  return tpt_settings_table_set_text (session, SHELF, text, error);
}

/* @place stays empty where nothing lies there. */
static gboolean
read_shelf (TptSession      *session,
            TptImportPlace  *place,
            GError         **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  gint64 numbers[SHELF_FIELDS];

  *place = (TptImportPlace) { 0 };
  if (!tpt_settings_table_get_text (session, SHELF, &text, error))
    return FALSE;
  parts = g_strsplit (text != NULL ? text : "", " ", -1);
  if (g_strv_length (parts) != SHELF_FIELDS)
    return TRUE;
  for (guint i = 0; i < SHELF_FIELDS; i++)
    {
      if (!g_ascii_string_to_signed (parts[i], 10, G_MININT64, G_MAXINT64, &numbers[i], NULL))
        return TRUE;
    }
  place->range = (TptTimeRange) { numbers[0], numbers[1] };
  place->reached = numbers[2];
  place->reached_at = numbers[3];
  place->goes_on = numbers[4] != 0;

  return TRUE;
}

static gboolean
forget_shelf (TptSession  *session,
              GError     **error)
{
  const TptImportPlace none = { 0 };

  return write_shelf (session, &none, error) && tpt_import_tally_swap (session, error)
         && tpt_import_tally_forget (session, error);
}

/* The one of @range is not to go on, nor is one that waits behind it. Where another one has its
 * turn, that is none of this one's business. */
gboolean
tpt_import_place_forget (TptSession  *session,
                         gpointer     range,
                         GError     **error)
{
  const TptImportPlace none = { 0 };
  TptImportPlace place, shelf;

  if (!tpt_import_place_load (session, &place, error) || !read_shelf (session, &shelf, error))
    return FALSE;
  if (!tpt_sync_plan_is_import (&place.range) || is_same (&place.range, range))
    return write_place (session, &none, error) && tpt_import_tally_forget (session, error)
           && forget_shelf (session, error);
  if (!tpt_import_place_rest (session, NULL, error))
    return FALSE;

  return !is_same (&shelf.range, range)
         || (forget_shelf (session, error) && tpt_import_tally_swap (session, error));
}

/* This one is done: the one that it came before is there again. */
gboolean
tpt_import_place_end (TptSession  *session,
                      GError     **error)
{
  const TptImportPlace none = { 0 };
  TptImportPlace shelf;

  return read_shelf (session, &shelf, error) && write_place (session, &shelf, error)
         && tpt_import_tally_forget (session, error) && write_shelf (session, &none, error)
         && tpt_import_tally_swap (session, error);
}

/**
 * tpt_import_place_begin:
 * @place: (out): where @range begins, or goes on where another one came before it was done
 *
 * A place belongs to a range, so the range is noted before anything of it is asked for. An import
 * that was paused, or cut off, is not lost by another one, nor is what it did. One that is here
 * already begins anew.
 */
gboolean
tpt_import_place_begin (TptSession          *session,
                        const TptTimeRange  *range,
                        TptImportPlace      *place,
                        GError             **error)
{
  TptImportPlace before = { 0 };
  gboolean is_shelved, is_other;

  if (!tpt_import_place_load (session, &before, error) || !read_shelf (session, place, error))
    return FALSE;
  is_shelved = is_same (&place->range, range);
  is_other = !is_same (&before.range, range);
  if (!is_shelved)
    *place = (TptImportPlace) { .range = *range };
  place->goes_on = before.goes_on;
  if (!write_place (session, place, error))
    return FALSE;
  if (is_other && (is_shelved || tpt_sync_plan_is_import (&before.range))
      && (!write_shelf (session, &before, error) || !tpt_import_tally_swap (session, error)))
    return FALSE;

  return is_shelved || tpt_import_tally_forget (session, error);
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
