/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-connection-private.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-connection-error.h"
#include "tpt-settings-table.h"
#include "tpt-token-source.h"
#include "tpt-secret.h"

enum
{
  PROP_STATE = 1,
  PROP_ACCOUNT,
  PROP_MISSING_SCOPES,
  N_PROPS,
};

enum
{
  SIGNAL_ENDING,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

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
permissions_cb (TptConnection *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MISSING_SCOPES]);
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

static char *
tpt_connection_dup_token (TptTokenSource *source)
{
  return tpt_token_refresh_dup_token (TPT_CONNECTION (source)->tokens);
}

static void
tpt_connection_note_refusal (TptTokenSource *source,
                             const GError   *error)
{
  tpt_permissions_learn (TPT_CONNECTION (source)->permissions, error);
}

static void
tpt_connection_note_answer (TptTokenSource *source,
                            const char     *scope)
{
  tpt_permissions_confirm (TPT_CONNECTION (source)->permissions, scope);
}

static void
token_source_init (TptTokenSourceInterface *interface)
{
  interface->get_token_async = tpt_connection_get_token_async;
  interface->get_token_finish = tpt_connection_get_token_finish;
  interface->note_refusal = tpt_connection_note_refusal;
  interface->note_answer = tpt_connection_note_answer;
  interface->dup_token = tpt_connection_dup_token;
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
    case PROP_MISSING_SCOPES:
      g_value_set_boxed (value, tpt_permissions_get_missing (self->permissions));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tpt_connection_finalize (GObject *object)
{
  TptConnection *self = TPT_CONNECTION (object);

  g_clear_weak_pointer (&self->relay);
  g_object_unref (self->store);
  g_object_unref (self->tokens);
  g_free (self->api_url);
  g_object_unref (self->app);
  g_object_unref (self->permissions);
  g_object_unref (self->view);
  g_clear_object (&self->account);
  g_clear_object (&self->current);
  tpt_grant_free (self->pending);

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
  props[PROP_MISSING_SCOPES] =
    g_param_spec_boxed ("missing-scopes", NULL, NULL, G_TYPE_STRV,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_ENDING] = g_signal_new ("ending", TPT_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
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
  self->permissions = tpt_permissions_new (store);
  self->view = tpt_organization_view_new (store);
  g_signal_connect_object (self->permissions, "changed", G_CALLBACK (permissions_cb), self,
                           G_CONNECT_SWAPPED);
  tpt_connection_set_client (self, settings->client_id, settings->redirect_host,
                             settings->redirect_port);
  tpt_connection_set_redirect (self, settings->redirect_method);
  tpt_oauth_app_set_reachable (self->app, settings->is_reachable);

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

/* As tpt_oauth_app_set_method (). */
void
tpt_connection_set_redirect (TptConnection     *self,
                             TptRedirectMethod  method)
{
  tpt_oauth_app_set_method (self->app, method);
}

/* As tpt_oauth_app_set_once (). */
void
tpt_connection_set_redirect_once (TptConnection     *self,
                                  TptRedirectMethod  method)
{
  tpt_oauth_app_set_once (self->app, method);
}

/* @relay, which is not kept alive, is told when the data of an account goes. */
void
tpt_connection_set_relay (TptConnection    *self,
                          TptRelayListener *relay)
{
  g_set_weak_pointer (&self->relay, relay);
}

/* Returns: (transfer none) (nullable) */
TptRelayListener *
tpt_connection_get_relay (TptConnection *self)
{
  return self->relay;
}

TptStore *
tpt_connection_get_store (TptConnection *self)
{
  return self->store;
}

/* Returns: (transfer none): whose meetings are looked at */
TptOrganizationView *
tpt_connection_get_view (TptConnection *self)
{
  return self->view;
}

/* Whether meetings that the account does not host itself may be in the record. */
gboolean
tpt_connection_has_colleagues (TptConnection *self)
{
  return tpt_organization_view_is_wanted (self->view);
}

/* Whether the account was found in another organisation than the record here: it has to sign in
 * again, which asks what becomes of that. */
gboolean
tpt_connection_has_moved (TptConnection *self)
{
  return self->has_moved;
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
  return tpt_permissions_is_personal (self->permissions);
}

/* As tpt_permissions_get_granted (). */
const char *const *
tpt_connection_get_scopes (TptConnection *self)
{
  return tpt_permissions_get_granted (self->permissions);
}

/* As tpt_permissions_get_missing (). */
const char *const *
tpt_connection_get_missing_scopes (TptConnection *self)
{
  return tpt_permissions_get_missing (self->permissions);
}

/* The keyring has nothing although somebody is signed in and nobody here signs out: the user, or
 * another program, has deleted the item. */
static gboolean
has_lost_tokens (TptConnection *self,
                 const GError  *mapped)
{
  return g_error_matches (mapped, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_CONNECTED)
         && self->state == TPT_CONNECTION_CONNECTED && !self->is_ending;
}

static gboolean
save_refusal_func (TptSession  *session,
                   gpointer     nothing,
                   GError     **error)
{
  return tpt_settings_table_set_int (session, TPT_SETTING_REFUSED, TRUE, error);
}

/* The next request meets it again. */
static void
saved_refusal_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_message ("That the sign-in was refused was not written down: %s", error->message);
}

/**
 * tpt_connection_take_error:
 * @error: what a request ended with
 *
 * Notices the end of the sign-in, also that its tokens are gone.
 *
 * Returns: (transfer full): the same as an error of %TPT_CONNECTION_ERROR
 */
GError *
tpt_connection_take_error (TptConnection *self,
                           const GError  *error)
{
  GError *mapped = tpt_connection_error_map (error);

  if (has_lost_tokens (self, mapped))
    {
      set_state (self, TPT_CONNECTION_RECONNECT);
      g_clear_error (&mapped);
      tpt_connection_check (self, &mapped);
    }
  else if (g_error_matches (mapped, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT)
           && self->state == TPT_CONNECTION_CONNECTED)
    {
      tpt_store_transact_async (self->store, save_refusal_func, NULL, NULL, NULL, saved_refusal_cb,
                                NULL);
      set_state (self, TPT_CONNECTION_RECONNECT);
    }

  return mapped;
}

/* What keyring and store say counts from now on. */
void
tpt_connection_set (TptConnection          *self,
                    const TptAccountRecord *record)
{
  const TptGrant *grant = record->grant;
  TptConnectionState state = TPT_CONNECTION_DISCONNECTED;

  self->is_ending = FALSE;
  self->has_moved = grant != NULL && record->has_moved;
  if (grant != NULL)
    state = grant->access_token != NULL && !self->has_moved ? TPT_CONNECTION_CONNECTED
                                                            : TPT_CONNECTION_RECONNECT;
  tpt_permissions_set_grant (self->permissions, grant, record->refused);
  tpt_organization_view_set (self->view, record->account, &record->view);
  tpt_connection_set_account (self, record->account);
  set_state (self, state);
}

/* The same account, of which something may have changed at the service. */
void
tpt_connection_set_account (TptConnection *self,
                            TptUser       *account)
{
  tpt_organization_view_set (self->view, account, NULL);
  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACCOUNT]);
}

/* The account belongs to another organisation now: nothing of it comes into the record here. */
void
tpt_connection_set_moved (TptConnection *self)
{
  self->has_moved = TRUE;
  set_state (self, TPT_CONNECTION_RECONNECT);
}

/* From now on nothing more shall come in for the account: it is about to be left. */
void
tpt_connection_end (TptConnection *self)
{
  self->is_ending = TRUE;
  g_signal_emit (self, signals[SIGNAL_ENDING], 0);
}

/* Whether the account is being left at this moment. */
gboolean
tpt_connection_is_ending (TptConnection *self)
{
  return self->is_ending;
}

/**
 * tpt_connection_check:
 *
 * Returns: whether somebody is signed in; else the error says what to do
 */
gboolean
tpt_connection_check (TptConnection  *connection,
                      GError        **error)
{
  TptConnectionState state = tpt_connection_get_state (connection);

  switch (tpt_connection_is_ending (connection) ? TPT_CONNECTION_DISCONNECTED : state)
    {
    case TPT_CONNECTION_CONNECTED:
      return TRUE;
    case TPT_CONNECTION_RECONNECT:
      if (tpt_connection_has_moved (connection))
        {
          g_propagate_error (error, tpt_connection_error_new_moved (connection->account));
          return FALSE;
        }
      g_set_error_literal (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT,
                           _ ("The sign-in has ended. Sign in to Calendly again."));
      return FALSE;
    case TPT_CONNECTION_DISCONNECTED:
    default:
      g_set_error_literal (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_CONNECTED,
                           _ ("No Calendly account is connected."));
      return FALSE;
    }
}
