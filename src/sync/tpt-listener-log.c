/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-log.h"

static gboolean
list_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_deliveries_table_list (session, user_data, error);
}

static void
free_list (gpointer data)
{
  GPtrArray **list = data;

  g_clear_pointer (list, g_ptr_array_unref);
  g_free (list);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray **list = g_task_get_task_data (task);
  GError *error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (list), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
tpt_listener_log_list_async (TptStore            *store,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  GPtrArray **list = g_new0 (GPtrArray *, 1);

  g_task_set_source_tag (task, tpt_listener_log_list_async);
  g_task_set_task_data (task, list, free_list);
  tpt_store_transact_async (store, list_func, list, NULL, cancellable, listed_cb, task);
}

/* Returns: (transfer full) (element-type TptDelivery): newest first */
GPtrArray *
tpt_listener_log_list_finish (TptStore      *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
