/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-loader.h"

#include "tpt-candidate.h"
#include "tpt-connection-error.h"
#include "tpt-permissions.h"
#include "tpt-settings-table.h"

typedef struct
{
  TptStore *store;
  char *api_url;
  TptAccountRecord *record;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->store);
  g_free (load->api_url);
  g_clear_pointer (&load->record, tpt_account_record_free);
  g_free (load);
}

static void
succeed (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&load->record),
                         (GDestroyNotify) tpt_account_record_free);
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_settings_table_set_account (session, ((Load *) user_data)->record->account, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    succeed (task);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Load *load = g_task_get_task_data (task);

  load->record->account = tpt_candidate_check_finish (TPT_CANDIDATE (source), result, &error);
  if (load->record->account != NULL)
    {
      tpt_store_transact_async (load->store, save_func, load, NULL, NULL, saved_cb,
                                g_object_ref (task));
      return;
    }

  /* Without a network it stays unknown for now; the next sync asks again. */
  g_message ("Whose account it is could not be asked: %s", error->message);
  succeed (task);
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  TptAccountRecord *record = ((Load *) user_data)->record;
  gint64 moved;

  if (!tpt_settings_table_get_account (session, &record->account, error)
      || !tpt_settings_table_get_text (session, TPT_SETTING_REFUSED_SCOPES, &record->refused,
                                       error)
      || !tpt_settings_table_get_int (session, TPT_SETTING_MOVED, &moved, error)
      || !tpt_view_memory_load (session, &record->view, error))
    return FALSE;
  record->has_moved = moved != 0;

  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Load *load = g_task_get_task_data (task);

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_error (task, tpt_connection_error_map (error));
  else if (load->record->account != NULL || load->record->grant->access_token == NULL)
    succeed (task);
  else
    {
      const char *token = load->record->grant->access_token;
      g_autoptr (TptCandidate) candidate = tpt_candidate_new (token);

      tpt_candidate_check_async (candidate, load->api_url, g_task_get_cancellable (task),
                                 checked_cb, g_object_ref (task));
    }
}

static void
grant_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Load *load = g_task_get_task_data (task);

  if (!tpt_token_refresh_read_finish (TPT_TOKEN_REFRESH (source), result, &load->record->grant,
                                      &error))
    g_task_return_error (task, tpt_connection_error_map (error));
  else if (load->record->grant == NULL)
    succeed (task);
  else
    tpt_store_transact_async (load->store, read_func, load, NULL, g_task_get_cancellable (task),
                              read_cb, g_object_ref (task));
}

void
tpt_account_record_free (TptAccountRecord *self)
{
  g_clear_pointer (&self->grant, tpt_grant_free);
  g_clear_object (&self->account);
  g_free (self->refused);
  g_free (self->view.words);
  g_free (self);
}

/* Errors are of %TPT_CONNECTION_ERROR. */
void
tpt_account_loader_run_async (TptStore            *store,
                              TptTokenRefresh     *tokens,
                              const char          *api_url,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->store = g_object_ref (store);
  load->api_url = g_strdup (api_url);
  load->record = g_new0 (TptAccountRecord, 1);
  g_task_set_source_tag (task, tpt_account_loader_run_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  tpt_token_refresh_read_async (tokens, cancellable, grant_cb, task);
}

/* Returns: (transfer full) */
TptAccountRecord *
tpt_account_loader_run_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
