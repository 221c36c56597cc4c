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
  TptGrant *grant;
  TptUser *account;
  char *refused;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->store);
  g_free (load->api_url);
  g_clear_pointer (&load->grant, tpt_grant_free);
  g_clear_object (&load->account);
  g_free (load->refused);
  g_free (load);
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_settings_table_set_account (session, ((Load *) user_data)->account, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
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

  load->account = tpt_candidate_check_finish (TPT_CANDIDATE (source), result, &error);
  if (load->account != NULL)
    {
      tpt_store_transact_async (load->store, save_func, load, NULL, NULL, saved_cb,
                                g_object_ref (task));
      return;
    }

  /* Without a network it stays unknown for now; the next sync asks again. */
  g_message ("Whose account it is could not be asked: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Load *load = user_data;

  return tpt_settings_table_get_account (session, &load->account, error)
         && tpt_settings_table_get_text (session, TPT_SETTING_REFUSED_SCOPES, &load->refused,
                                         error);
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
  else if (load->account != NULL || load->grant->access_token == NULL)
    g_task_return_boolean (task, TRUE);
  else
    {
      g_autoptr (TptCandidate) candidate = tpt_candidate_new (load->grant->access_token);

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

  if (!tpt_token_refresh_read_finish (TPT_TOKEN_REFRESH (source), result, &load->grant, &error))
    g_task_return_error (task, tpt_connection_error_map (error));
  else if (load->grant == NULL)
    g_task_return_boolean (task, TRUE);
  else
    tpt_store_transact_async (load->store, read_func, load, NULL, g_task_get_cancellable (task),
                              read_cb, g_object_ref (task));
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
  g_task_set_source_tag (task, tpt_account_loader_run_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  tpt_token_refresh_read_async (tokens, cancellable, grant_cb, task);
}

/**
 * tpt_account_loader_run_finish:
 * @grant: (out) (transfer full) (nullable): %NULL where nobody is signed in
 * @account: (out) (transfer full) (nullable): %NULL where it is not known
 * @refused: (out) (transfer full) (nullable): scopes that requests were refused for
 */
gboolean
tpt_account_loader_run_finish (GAsyncResult  *result,
                               TptGrant     **grant,
                               TptUser      **account,
                               char         **refused,
                               GError       **error)
{
  Load *load = g_task_get_task_data (G_TASK (result));

  *grant = g_steal_pointer (&load->grant);
  *account = g_steal_pointer (&load->account);
  *refused = g_steal_pointer (&load->refused);

  return g_task_propagate_boolean (G_TASK (result), error);
}
