/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-store.h"

#include "tpt-erasure.h"
#include "tpt-rescue.h"
#include "tpt-soundness.h"
#include "tpt-store-call.h"

typedef struct
{
  TptStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
} Transaction;

static void
transaction_free (gpointer data)
{
  Transaction *transaction = data;

  if (transaction->data_free != NULL)
    transaction->data_free (transaction->data);
  g_free (transaction);
}

static gpointer
transact (TptSession  *session,
          gpointer     data,
          GError     **error)
{
  Transaction *transaction = data;

  return tpt_session_run (session, transaction->func, transaction->data, error) ? session : NULL;
}

/* A commit cannot be taken back: cancelling after it must not make it look undone. */
static GTask *
make_task (TptStore             *self,
           gpointer              source_tag,
           GCancellable         *cancellable,
           GAsyncReadyCallback   callback,
           gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

/**
 * tpt_store_transact_async:
 * @func: runs on the store's thread
 * @func_data_free: (nullable): runs on the caller's main context, after @callback
 *
 * Cancelling has an effect until @func begins.
 */
void
tpt_store_transact_async (TptStore            *self,
                          TptStoreFunc         func,
                          gpointer             func_data,
                          GDestroyNotify       func_data_free,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Transaction *transaction;

  g_return_if_fail (TPT_IS_STORE (self));
  g_return_if_fail (func != NULL);

  transaction = g_new0 (Transaction, 1);
  transaction->func = func;
  transaction->data = func_data;
  transaction->data_free = func_data_free;
  tpt_store_push_task (self,
                       make_task (self, tpt_store_transact_async, cancellable, callback, user_data),
                       transact, transaction, transaction_free, NULL);
}

gboolean
tpt_store_transact_finish (TptStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static gpointer
erase (TptSession  *session,
       gpointer     data,
       GError     **error)
{
  const char *path = tpt_sqlite_get_path (session->sqlite);

  if (path != NULL && !tpt_rescue_erase (path, error))
    return NULL;

  return tpt_erasure_run (session, error) ? session : NULL;
}

/**
 * tpt_store_erase_async:
 *
 * Empties every table, and overwrites in the file what was in them. The file and its key stay;
 * backups, and files that were set aside as damaged, go.
 */
void
tpt_store_erase_async (TptStore            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));

  tpt_store_push_task (self,
                       make_task (self, tpt_store_erase_async, cancellable, callback, user_data),
                       erase, NULL, NULL, NULL);
}

gboolean
tpt_store_erase_finish (TptStore      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static gpointer
check (TptSession  *session,
       gpointer     data,
       GError     **error)
{
  return tpt_soundness_check (session->sqlite, session->seal, error) ? session : NULL;
}

/**
 * tpt_store_check_async:
 *
 * Reads the whole file, and opens every sealed field: %TPT_STORE_ERROR_CORRUPT tells the first
 * damage. Other calls wait for it.
 */
void
tpt_store_check_async (TptStore            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (self));

  tpt_store_push_task (self,
                       make_task (self, tpt_store_check_async, cancellable, callback, user_data),
                       check, NULL, NULL, NULL);
}

gboolean
tpt_store_check_finish (TptStore      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
