/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-verify.h"

#include "tpt-account-check.h"
#include "tpt-connection-error.h"
#include "tpt-connection-private.h"
#include "tpt-settings-table.h"

/* Role, plan and organisation change about once in a year, and a sync is due every minute. */
#define FRESH (15 * TPT_MINUTE)

typedef struct
{
  TptApiClient *client;
  TptTime now;
  TptTime checked_at;
  TptUser *account;        /* as the service knows it */
  gboolean is_forced;
  gboolean has_moved;
} Verify;

static void
verify_free (Verify *verify)
{
  g_object_unref (verify->client);
  g_clear_object (&verify->account);
  g_free (verify);
}

static gboolean
is_due (const Verify *verify)
{
  TptTime age = verify->now - verify->checked_at;

  return verify->is_forced || verify->checked_at == TPT_TIME_NONE || age < 0 || age >= FRESH;
}

static gboolean
is_same (TptUser *a,
         TptUser *b)
{
  return g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->email, b->email) == 0
         && g_strcmp0 (a->timezone, b->timezone) == 0
         && g_strcmp0 (a->scheduling_url, b->scheduling_url) == 0
         && g_strcmp0 (a->role, b->role) == 0 && g_strcmp0 (a->plan, b->plan) == 0
         && g_strcmp0 (a->organization_name, b->organization_name) == 0;
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Verify *verify = user_data;

  if (verify->has_moved)
    return tpt_settings_table_set_int (session, TPT_SETTING_MOVED, TRUE, error);

  return tpt_settings_table_set_account (session, verify->account, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_CHECKED_AT, verify->now, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptConnection *self = g_task_get_source_object (task);
  Verify *verify = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }
  /* Somebody has signed in or out in the meantime: that says more than this answer. */
  if (self->account == NULL || g_strcmp0 (self->account->uri, verify->account->uri) != 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (verify->has_moved)
    {
      tpt_connection_set_moved (self);
      g_task_return_error (task, tpt_connection_error_new_moved (self->account));
      return;
    }
  if (!is_same (self->account, verify->account))
    tpt_connection_set_account (self, verify->account);
  g_task_return_boolean (task, TRUE);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptConnection *self = g_task_get_source_object (task);
  Verify *verify = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  verify->account = tpt_account_check_finish (TPT_API_CLIENT (source), result, &error);
  if (verify->account == NULL && !tpt_account_check_is_refusal (error))
    {
      g_task_return_error (task, tpt_connection_take_error (self, error));
      return;
    }
  /* A sign-in that may not know whose it is any more still sees meetings. And an account that is
   * being left is nobody's business here. */
  if (verify->account == NULL || self->account == NULL || tpt_connection_is_ending (self)
      || g_strcmp0 (self->account->uri, verify->account->uri) != 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  verify->has_moved =
    g_strcmp0 (self->account->organization, verify->account->organization) != 0;
  tpt_store_transact_async (self->store, save_func, verify, NULL, NULL, saved_cb,
                            g_object_ref (task));
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_settings_table_get_int (session, TPT_SETTING_CHECKED_AT,
                                     &((Verify *) user_data)->checked_at, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Verify *verify = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_error (task, tpt_connection_error_map (error));
  else if (!is_due (verify))
    g_task_return_boolean (task, TRUE);
  else
    tpt_account_check_async (verify->client, g_task_get_cancellable (task), checked_cb,
                             g_object_ref (task));
}

/**
 * tpt_account_verify_async:
 * @now: in any case, and not just when nobody has asked for a while
 *
 * Takes over what has changed of the account: role, plan, name. Where it belongs to another
 * organisation, the connection ends in %TPT_CONNECTION_ERROR_OTHER_ACCOUNT before anything of that
 * comes into the record. Errors are of %TPT_CONNECTION_ERROR.
 */
void
tpt_account_verify_async (TptConnection       *connection,
                          TptApiClient        *client,
                          gboolean             now,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (connection, cancellable, callback, user_data);
  Verify *verify = g_new0 (Verify, 1);

  verify->client = g_object_ref (client);
  verify->now = tpt_clock_now (tpt_store_get_clock (connection->store));
  verify->is_forced = now;
  g_task_set_source_tag (task, tpt_account_verify_async);
  g_task_set_task_data (task, verify, (GDestroyNotify) verify_free);
  tpt_store_transact_async (connection->store, read_func, verify, NULL, cancellable, read_cb, task);
}

gboolean
tpt_account_verify_finish (TptConnection  *connection,
                           GAsyncResult   *result,
                           GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
