/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-connection.h"

#include "tpt-account-loader.h"
#include "tpt-connection-error.h"
#include "tpt-farewell.h"
#include "tpt-oauth-app.h"
#include "tpt-scopes.h"
#include "tpt-secret.h"
#include "tpt-sign-in.h"
#include "tpt-token-refresh.h"
#include "tpt-token-source.h"

struct _TptConnection
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptTokenRefresh *tokens;
  char *api_url;
  TptOauthApp *app;
  TptUser *account;
  TptGrantKind kind;
  GStrv scopes;            /* NULL where nobody said */
  GStrv missing;
  TptConnectionState state;
  GCancellable *current;   /* of the sign-in under way */
};

enum
{
  PROP_STATE = 1,
  PROP_ACCOUNT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void token_source_init (TptTokenSourceInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptConnection, tpt_connection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_SOURCE, token_source_init))

static void
set_state (TptConnection      *self,
           TptConnectionState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_account (TptConnection *self,
             TptUser       *account)
{
  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACCOUNT]);
}

static void
set_grant (TptConnection  *self,
           const TptGrant *grant)
{
  g_clear_pointer (&self->scopes, g_strfreev);
  g_clear_pointer (&self->missing, g_strfreev);
  if (grant != NULL && grant->scopes != NULL && grant->scopes[0] != NULL)
    self->scopes = g_strdupv (grant->scopes);
  if (grant != NULL)
    {
      self->kind = grant->kind;
      self->missing = tpt_scopes_get_missing ((const char *const *) self->scopes);
    }
}

/* A second sign-in ends the first one. */
static GCancellable *
begin (TptConnection *self,
       GCancellable  *cancellable)
{
  if (self->current != NULL)
    g_cancellable_cancel (self->current);
  g_clear_object (&self->current);
  self->current = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();

  return self->current;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TptGrant) grant = NULL;
  g_autoptr (TptUser) account = NULL;
  TptConnection *self = g_task_get_source_object (task);
  TptConnectionState state = TPT_CONNECTION_DISCONNECTED;
  GError *error = NULL;

  if (!tpt_account_loader_run_finish (result, &grant, &account, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (grant != NULL)
    state = grant->access_token != NULL ? TPT_CONNECTION_CONNECTED : TPT_CONNECTION_RECONNECT;
  set_grant (self, grant);
  set_account (self, account);
  set_state (self, state);
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
  g_autoptr (TptUser) user = NULL;
  GError *error = NULL;

  user = tpt_sign_in_run_finish (result, &error);
  if (user == NULL)
    g_task_return_error (task, error);
  else
    reload (task);
}

static void
flow_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptConnection *self = g_task_get_source_object (task);
  GError *error = NULL;
  TptGrant *grant = tpt_oauth_app_sign_in_finish (TPT_OAUTH_APP (source), result, &error);

  if (grant == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, grant, (GDestroyNotify) tpt_grant_free);
  tpt_sign_in_run_async (self->store, self->tokens, self->api_url, grant,
                         g_task_get_cancellable (task), signed_in_cb, g_object_ref (task));
}

static void
farewell_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_farewell_run_finish (result, g_task_get_task_data (task), &error))
    reload (task);
  else
    g_task_return_error (task, error);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptConnection *self = g_task_get_source_object (task);
  g_autoptr (TptGrant) grant =
    tpt_token_refresh_get_finish (TPT_TOKEN_REFRESH (source), result, &error);

  if (grant == NULL)
    g_task_return_error (task, tpt_connection_take_error (self, error));
  else
    g_task_return_pointer (task, g_strdup (grant->access_token), (GDestroyNotify) tpt_secret_free);
}

static void
tpt_connection_get_token_async (TptTokenSource      *source,
                                const char          *rejected,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  TptConnection *self = TPT_CONNECTION (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_connection_get_token_async);
  tpt_token_refresh_get_async (self->tokens, rejected, cancellable, token_cb, task);
}

static char *
tpt_connection_get_token_finish (TptTokenSource  *source,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
token_source_init (TptTokenSourceInterface *interface)
{
  interface->get_token_async = tpt_connection_get_token_async;
  interface->get_token_finish = tpt_connection_get_token_finish;
}

static void
tpt_connection_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TptConnection *self = TPT_CONNECTION (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tpt_connection_finalize (GObject *object)
{
  TptConnection *self = TPT_CONNECTION (object);

  g_object_unref (self->store);
  g_object_unref (self->tokens);
  g_free (self->api_url);
  g_object_unref (self->app);
  g_clear_object (&self->account);
  g_clear_object (&self->current);
  g_strfreev (self->scopes);
  g_strfreev (self->missing);

  G_OBJECT_CLASS (tpt_connection_parent_class)->finalize (object);
}

static void
tpt_connection_class_init (TptConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tpt_connection_finalize;
  object_class->get_property = tpt_connection_get_property;

  props[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, TPT_CONNECTION_DISCONNECTED, TPT_CONNECTION_RECONNECT,
                      TPT_CONNECTION_DISCONNECTED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, TPT_TYPE_USER,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tpt_connection_init (TptConnection *self)
{
}

TptConnection *
tpt_connection_new (TptStore                    *store,
                    TptTokenRefresh             *tokens,
                    const TptConnectionSettings *settings)
{
  TptConnection *self = g_object_new (TPT_TYPE_CONNECTION, NULL);

  self->store = g_object_ref (store);
  self->tokens = g_object_ref (tokens);
  self->api_url = g_strdup (settings->api_url);
  self->app = tpt_oauth_app_new (settings->auth_url, tpt_store_get_clock (store));
  tpt_connection_set_client (self, settings->client_id, settings->redirect_host,
                             settings->redirect_port);

  return self;
}

/* As tpt_oauth_app_set_client (). */
void
tpt_connection_set_client (TptConnection *self,
                           const char    *client_id,
                           const char    *host,
                           guint16        port)
{
  tpt_oauth_app_set_client (self->app, client_id, host, port);
}

TptStore *
tpt_connection_get_store (TptConnection *self)
{
  return self->store;
}

TptConnectionState
tpt_connection_get_state (TptConnection *self)
{
  return self->state;
}

/* Returns: (transfer none) (nullable): whose account it is; %NULL while nobody is signed in */
TptUser *
tpt_connection_get_account (TptConnection *self)
{
  return self->account;
}

/* Whether it is a personal token, and not a sign-in through the browser. */
gboolean
tpt_connection_is_personal (TptConnection *self)
{
  return self->kind == TPT_GRANT_PERSONAL;
}

/* Returns: (nullable): what was granted; %NULL where nobody said, as with a personal token */
const char *const *
tpt_connection_get_scopes (TptConnection *self)
{
  return (const char *const *) self->scopes;
}

/* Returns: (nullable): tpt_scopes_get_feature () says what each switches off */
const char *const *
tpt_connection_get_missing_scopes (TptConnection *self)
{
  return (const char *const *) self->missing;
}

/**
 * tpt_connection_take_error:
 * @error: what a request ended with
 *
 * Notices the end of the sign-in.
 *
 * Returns: (transfer full): the same as an error of %TPT_CONNECTION_ERROR
 */
GError *
tpt_connection_take_error (TptConnection *self,
                           const GError  *error)
{
  GError *mapped = tpt_connection_error_map (error);

  if (g_error_matches (mapped, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT)
      && self->state == TPT_CONNECTION_CONNECTED)
    set_state (self, TPT_CONNECTION_RECONNECT);

  return mapped;
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
  GTask *task = g_task_new (self, begin (self, cancellable), callback, user_data);
  char *trimmed = g_strstrip (g_strdup (token));
  TptGrant *grant = tpt_grant_new_personal (trimmed);

  tpt_secret_free (trimmed);
  g_task_set_source_tag (task, tpt_connection_use_token_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, grant, (GDestroyNotify) tpt_grant_free);
  tpt_sign_in_run_async (self->store, self->tokens, self->api_url, grant,
                         g_task_get_cancellable (task), signed_in_cb, task);
}

gboolean
tpt_connection_use_token_finish (TptConnection  *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  GTask *task = g_task_new (self, begin (self, cancellable), callback, user_data);

  g_task_set_source_tag (task, tpt_connection_use_browser_async);
  g_task_set_check_cancellable (task, FALSE);
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

/* Revokes and deletes as far as the network lets it, forgets the tokens in any case. */
void
tpt_connection_disconnect_async (TptConnection       *self,
                                 gboolean             erase_data,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (self, begin (self, cancellable), callback, user_data);

  g_task_set_source_tag (task, tpt_connection_disconnect_async);
  g_task_set_task_data (task, g_new0 (TptDisconnection, 1), g_free);
  g_task_set_check_cancellable (task, FALSE);
  tpt_farewell_run_async (self, self->tokens, self->api_url, erase_data, cancellable, farewell_cb,
                          task);
}

gboolean
tpt_connection_disconnect_finish (TptConnection     *self,
                                  GAsyncResult      *result,
                                  TptDisconnection  *outcome,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (outcome != NULL)
    *outcome = *(TptDisconnection *) g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error);
}
