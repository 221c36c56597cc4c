/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-connection-private.h"

#include "tpt-farewell.h"
#include "tpt-relay-listener.h"
#include "tpt-secret.h"
#include "tpt-sign-in.h"
#include "tpt-text.h"

/* What a way in or out is about, and what became of it. */
typedef struct
{
  TptGrant *grant;
  TptOtherAccount other;
  gboolean erase;
  TptDisconnection outcome;
  GError *error;           /* to be told when what is left is known */
} Way;

static void
way_free (Way *way)
{
  tpt_grant_free (way->grant);
  g_clear_error (&way->error);
  g_free (way);
}

/* Whoever signs in or out ends the sign-in before. */
static void
call_off (TptConnection *self)
{
  if (self->current != NULL)
    g_cancellable_cancel (self->current);
  g_clear_object (&self->current);
  g_clear_pointer (&self->pending, tpt_grant_free);
}

static GTask *
begin (TptConnection       *self,
       gpointer             source_tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task;

  call_off (self);
  /* Not the caller's own, which may be used for more than this. */
  self->current = g_cancellable_new ();
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                             self->current, G_CONNECT_SWAPPED);
  if (g_cancellable_is_cancelled (cancellable))
    g_cancellable_cancel (self->current);
  task = g_task_new (self, self->current, callback, user_data);
  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_new0 (Way, 1), (GDestroyNotify) way_free);

  return task;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TptAccountRecord) record = NULL;
  TptConnection *self = g_task_get_source_object (task);
  Way *way = g_task_get_task_data (task);
  GError *error = NULL;

  record = tpt_account_loader_run_finish (result, &error);
  if (record == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  tpt_connection_set (self, record);
  if (way != NULL && way->error != NULL)
    g_task_return_error (task, g_steal_pointer (&way->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* What keyring and store say counts, whoever else has signed in or out in the meantime. */
static void
reload (GTask *task)
{
  TptConnection *self = g_task_get_source_object (task);

  tpt_account_loader_run_async (self->store, self->tokens, self->api_url, NULL, loaded_cb,
                                g_object_ref (task));
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptConnection *self = g_task_get_source_object (task);
  Way *way = g_task_get_task_data (task);

  if (tpt_sign_in_run_finish (result, &way->error) || way->other != TPT_OTHER_ACCOUNT_ASK)
    {
      reload (task);
      return;
    }

  if (g_error_matches (way->error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    self->pending = g_steal_pointer (&way->grant);
  g_task_return_error (task, g_steal_pointer (&way->error));
}

static void
sign_in (GTask *task)
{
  TptConnection *self = g_task_get_source_object (task);
  Way *way = g_task_get_task_data (task);

  tpt_sign_in_run_async (self, self->tokens, self->api_url, way->grant, way->other,
                         g_task_get_cancellable (task), signed_in_cb, task);
}

static void
flow_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptConnection *self = g_task_get_source_object (task);
  Way *way = g_task_get_task_data (task);
  GError *error = NULL;

  way->grant = tpt_oauth_app_sign_in_finish (TPT_OAUTH_APP (source), result, &error);
  if (way->grant == NULL)
    g_task_return_error (task, error);
  else
    tpt_turns_push (&self->turns, g_object_ref (task), sign_in);
}

static void
farewell_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Way *way = g_task_get_task_data (task);

  tpt_farewell_run_finish (result, &way->outcome, &way->error);
  reload (task);
}

static void
leave (GTask *task)
{
  TptConnection *self = g_task_get_source_object (task);
  Way *way = g_task_get_task_data (task);

  tpt_farewell_run_async (self, self->tokens, self->api_url,
                          way->erase ? TPT_FAREWELL_ERASE : TPT_FAREWELL_KEEP, self->account,
                          g_task_get_cancellable (task), farewell_cb, task);
}

/* Reads what the keyring and the store know. */
void
tpt_connection_load_async (TptConnection       *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_connection_load_async);
  tpt_account_loader_run_async (self->store, self->tokens, self->api_url, cancellable, loaded_cb,
                                task);
}

gboolean
tpt_connection_load_finish (TptConnection  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tpt_connection_use_token_async:
 * @token: a personal access token, as a person pasted it
 */
void
tpt_connection_use_token_async (TptConnection       *self,
                                const char          *token,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = begin (self, tpt_connection_use_token_async, cancellable, callback, user_data);
  Way *way = g_task_get_task_data (task);
  char *trimmed = tpt_text_trim (token);

  way->grant = tpt_grant_new_personal (trimmed);
  tpt_secret_free (trimmed);
  tpt_turns_push (&self->turns, task, sign_in);
}

gboolean
tpt_connection_use_token_finish (TptConnection  *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The relay may have been set, left or enrolled with since the last time. */
static void
tell_relay (TptConnection *self)
{
  if (self->relay != NULL)
    tpt_oauth_app_set_relay (self->app, tpt_relay_listener_get_url (self->relay),
                             tpt_relay_listener_get_bearer (self->relay));
}

/* As tpt_oauth_app_get_redirect (). */
char *
tpt_connection_get_redirect (TptConnection *self)
{
  tell_relay (self);

  return tpt_oauth_app_get_redirect (self->app);
}

/* As tpt_oauth_app_take_address (). */
gboolean
tpt_connection_take_address (TptConnection *self,
                             const char    *address)
{
  return tpt_oauth_app_take_address (self->app, address);
}

/* Signs in through the system's browser; @open gets the address to show there. */
void
tpt_connection_use_browser_async (TptConnection         *self,
                                  TptConnectionOpenFunc  open,
                                  gpointer               open_data,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  GTask *task = begin (self, tpt_connection_use_browser_async, cancellable, callback, user_data);

  tell_relay (self);
  tpt_oauth_app_sign_in_async (self->app, open, open_data, g_task_get_cancellable (task), flow_cb,
                               task);
}

gboolean
tpt_connection_use_browser_finish (TptConnection  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tpt_connection_switch_async:
 * @other: what becomes of the record of the first account
 *
 * Goes on with the sign-in that ended in %TPT_CONNECTION_ERROR_OTHER_ACCOUNT: the first account is
 * left, at the relay, too, and the new one finds the record it had here, if it had one.
 */
void
tpt_connection_switch_async (TptConnection       *self,
                             TptOtherAccount      other,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  TptGrant *pending = g_steal_pointer (&self->pending);
  GTask *task = begin (self, tpt_connection_switch_async, cancellable, callback, user_data);
  Way *way = g_task_get_task_data (task);

  g_return_if_fail (other != TPT_OTHER_ACCOUNT_ASK);

  way->grant = pending != NULL ? pending : tpt_grant_new_personal (NULL);
  way->other = other;
  tpt_turns_push (&self->turns, task, sign_in);
}

gboolean
tpt_connection_switch_finish (TptConnection  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Revokes and deletes as far as the network lets it, forgets the tokens in any case. */
void
tpt_connection_disconnect_async (TptConnection       *self,
                                 gboolean             erase_data,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = begin (self, tpt_connection_disconnect_async, cancellable, callback, user_data);
  Way *way = g_task_get_task_data (task);

  /* Who signs in later waits for the end of this, and does not call it off. */
  g_clear_object (&self->current);
  way->erase = erase_data;
  tpt_turns_push (&self->turns, task, leave);
}

gboolean
tpt_connection_disconnect_finish (TptConnection     *self,
                                  GAsyncResult      *result,
                                  TptDisconnection  *outcome,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (outcome != NULL)
    *outcome = ((Way *) g_task_get_task_data (G_TASK (result)))->outcome;

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
keyring_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_token_refresh_check_finish (TPT_TOKEN_REFRESH (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tpt_connection_take_error (g_task_get_source_object (task), error));
}

/**
 * tpt_connection_check_keyring_async:
 *
 * Whether what nobody asked for may go on, without somebody being asked once more for the password
 * of the keyring.
 */
void
tpt_connection_check_keyring_async (TptConnection       *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_connection_check_keyring_async);
  tpt_token_refresh_check_async (self->tokens, cancellable, keyring_cb, task);
}

gboolean
tpt_connection_check_keyring_finish (TptConnection  *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
