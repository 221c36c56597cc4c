/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sign-in.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-candidate.h"
#include "tpt-connection-error.h"
#include "tpt-meetings-table.h"
#include "tpt-settings-table.h"

typedef struct
{
  TptStore *store;
  TptTokenRefresh *tokens;
  TptGrant *grant;
  TptUser *user;
} SignIn;

static void
sign_in_free (SignIn *data)
{
  g_object_unref (data->store);
  g_object_unref (data->tokens);
  tpt_grant_free (data->grant);
  g_clear_object (&data->user);
  g_free (data);
}

/* Refuses another account than the one whose meetings are here; an empty record is nobody's. */
static gboolean
compare_func (TptSession  *session,
              gpointer     user_data,
              GError     **error)
{
  SignIn *data = user_data;
  g_autoptr (TptUser) known = NULL;
  gint64 count;

  if (!tpt_settings_table_get_account (session, &known, error)
      || !tpt_meetings_table_count (session, &count, error))
    return FALSE;
  if (known == NULL || count == 0
      || (g_strcmp0 (known->uri, data->user->uri) == 0
          && g_strcmp0 (known->organization, data->user->organization) == 0))
    return TRUE;

  g_set_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT,
               _ ("The meetings here belong to %s, and this sign-in to %s. Nothing was changed. "
                  "To use the other account, disconnect and erase the data first."),
               known->email, data->user->email);

  return FALSE;
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  SignIn *data = user_data;

  /* Once more: since then a sync may have brought another account's meetings. */
  return compare_func (session, user_data, error)
         && tpt_settings_table_set_account (session, data->user, error);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_token_refresh_remove_finish (TPT_TOKEN_REFRESH (source), result, NULL, &error))
    g_message ("The half of a sign-in stays in the keyring: %s", error->message);
  g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED, "%s",
                           _ ("The account could not be saved. Try again."));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_pointer (task, g_object_ref (data->user), g_object_unref);
  else
    tpt_token_refresh_remove_async (data->tokens, NULL, undone_cb, g_object_ref (task));
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  if (!tpt_token_refresh_put_finish (TPT_TOKEN_REFRESH (source), result, &error))
    g_task_return_error (task, tpt_connection_error_map_sign_in (error));
  else
    tpt_store_transact_async (data->store, save_func, data, NULL, NULL, saved_cb,
                              g_object_ref (task));
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, tpt_connection_error_map_sign_in (error));
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  /* From here on it is not called off: what is half done would be worse. */
  tpt_token_refresh_put_async (data->tokens, data->grant, NULL, put_cb, g_object_ref (task));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  data->user = tpt_candidate_check_finish (TPT_CANDIDATE (source), result, &error);
  if (data->user == NULL)
    g_task_return_error (task, tpt_connection_error_map_sign_in (error));
  else
    tpt_store_transact_async (data->store, compare_func, data, NULL,
                              g_task_get_cancellable (task), compared_cb, g_object_ref (task));
}

/**
 * tpt_sign_in_run_async:
 * @grant: not stored anywhere yet
 *
 * Errors are of %TPT_CONNECTION_ERROR; after one of them everything is as it was.
 */
void
tpt_sign_in_run_async (TptStore            *store,
                       TptTokenRefresh     *tokens,
                       const char          *api_url,
                       const TptGrant      *grant,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (TptCandidate) candidate = tpt_candidate_new (grant->access_token);
  SignIn *data = g_new0 (SignIn, 1);

  data->store = g_object_ref (store);
  data->tokens = g_object_ref (tokens);
  data->grant = tpt_grant_copy (grant);
  g_task_set_source_tag (task, tpt_sign_in_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, data, (GDestroyNotify) sign_in_free);
  if (grant->access_token == NULL || *grant->access_token == '\0')
    {
      g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_REJECTED, "%s",
                               _ ("Paste a personal access token first."));
      g_object_unref (task);
      return;
    }
  tpt_candidate_check_async (candidate, api_url, cancellable, checked_cb, task);
}

/* Returns: (transfer full): the account */
TptUser *
tpt_sign_in_run_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
