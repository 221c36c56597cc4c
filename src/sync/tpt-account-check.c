/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-check.h"

#include "tpt-organization-client.h"
#include "tpt-user-client.h"

static void
plan_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptUser *user = g_task_get_task_data (task);

  user->plan = tpt_organization_client_get_plan_finish (TPT_API_CLIENT (source), result,
                                                        &user->organization_name, &error);
  if (error != NULL && !tpt_account_check_is_refusal (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (user), g_object_unref);
}

static void
role_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptUser *user = g_task_get_task_data (task);

  user->role = tpt_organization_client_get_role_finish (TPT_API_CLIENT (source), result, &error);
  if (error != NULL && !tpt_account_check_is_refusal (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  tpt_organization_client_get_plan_async (TPT_API_CLIENT (source), user->organization,
                                          g_task_get_cancellable (task), plan_cb,
                                          g_object_ref (task));
}

static void
me_cb (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptUser *user;
  GError *error = NULL;

  user = tpt_user_client_get_me_finish (TPT_API_CLIENT (source), result, &error);
  if (user == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, user, g_object_unref);
  tpt_organization_client_get_role_async (TPT_API_CLIENT (source), user,
                                          g_task_get_cancellable (task), role_cb,
                                          g_object_ref (task));
}

/* Errors are of %TPT_API_ERROR. */
void
tpt_account_check_async (TptApiClient        *client,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_account_check_async);
  tpt_user_client_get_me_async (client, cancellable, me_cb, task);
}

/* Returns: (transfer full) */
TptUser *
tpt_account_check_finish (TptApiClient  *client,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whether it was asked for something that the sign-in may not know, which is a sign-in all the
 * same. */
gboolean
tpt_account_check_is_refusal (const GError *error)
{
  return g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_SCOPE)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PERMISSION)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PLAN)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND);
}
