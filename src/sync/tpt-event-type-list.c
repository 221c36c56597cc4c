/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-type-list.h"

#include "tpt-event-types-table.h"
#include "tpt-event-types.h"
#include "tpt-settings-table.h"

typedef struct
{
  TptEngine *engine;
  gboolean is_forced;
  gboolean is_fetched;     /* or it was tried */
  TptEventTypeList *list;
} Load;

static void read_list (GTask *task);

static void
load_free (Load *load)
{
  g_clear_object (&load->engine);
  tpt_event_type_list_free (load->list);
  g_free (load);
}

/* A clock that was put back makes nothing fresh for longer. */
static gboolean
is_fresh (TptEventTypeList *list,
          TptTime           now)
{
  return list->fetched_at != TPT_TIME_NONE
         && ABS (now - list->fetched_at) < TPT_EVENT_TYPES_FRESH;
}

/* Of all records that were set aside. */
static void
keep_event_types (GPtrArray *records)
{
  for (guint i = records->len; i > 0; i--)
    {
      const TptSetAside *record = g_ptr_array_index (records, i - 1);

      if (!tpt_event_types_is_one (record->uri))
        g_ptr_array_remove_index (records, i - 1);
    }
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  TptEventTypeList *list = user_data;

  g_clear_pointer (&list->event_types, g_ptr_array_unref);
  g_clear_pointer (&list->unread, g_ptr_array_unref);
  if (!tpt_set_aside_table_list (session, &list->unread, error))
    return FALSE;
  keep_event_types (list->unread);

  return tpt_event_types_table_list (session, &list->event_types, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_EVENT_TYPES_AT, &list->fetched_at,
                                        error);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Load *load = g_task_get_task_data (task);

  load->is_fetched = TRUE;
  if (tpt_engine_refresh_event_types_finish (TPT_ENGINE (source), result, &error))
    {
      read_list (task);
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || load->list->event_types->len == 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  load->list->failure = g_steal_pointer (&error);
  g_task_return_pointer (task, g_steal_pointer (&load->list),
                         (GDestroyNotify) tpt_event_type_list_free);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  TptTime now = tpt_clock_now (tpt_store_get_clock (TPT_STORE (source)));
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (load->engine == NULL || load->is_fetched
           || (!load->is_forced && is_fresh (load->list, now)))
    g_task_return_pointer (task, g_steal_pointer (&load->list),
                           (GDestroyNotify) tpt_event_type_list_free);
  else
    tpt_engine_refresh_event_types_async (load->engine, g_task_get_cancellable (task), fetched_cb,
                                          g_object_ref (task));
}

static void
read_list (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  tpt_store_transact_async (g_task_get_source_object (task), read_func, load->list, NULL,
                            g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * tpt_event_type_list_load_async:
 * @engine: (nullable): who fetches; %NULL: the list as it was fetched last
 * @is_forced: fetch it even if it is fresh
 *
 * The list that was fetched less than %TPT_EVENT_TYPES_FRESH ago, else a new one. Where that does
 * not come, the old one with the reason; it is an error only where there is no old one.
 */
void
tpt_event_type_list_load_async (TptStore            *store,
                                TptEngine           *engine,
                                gboolean             is_forced,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, tpt_event_type_list_load_async);
  load->list = g_new0 (TptEventTypeList, 1);
  load->is_forced = is_forced;
  g_set_object (&load->engine, engine);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  read_list (task);
}

/** tpt_event_type_list_load_finish: (transfer full) (nullable) */
TptEventTypeList *
tpt_event_type_list_load_finish (TptStore      *store,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tpt_event_type_list_free (TptEventTypeList *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->event_types, g_ptr_array_unref);
  g_clear_pointer (&self->unread, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_free (self);
}
