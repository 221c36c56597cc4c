/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-oauth-app.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-bounce-redirect.h"
#include "tpt-connection-error.h"
#include "tpt-loopback-redirect.h"
#include "tpt-scheme-redirect.h"
#include "tpt-scopes.h"
#include "tpt-secret.h"

/* What to register beside a fixed port. */
#define REDIRECT_PATH "/oauth/callback"

struct _TptOauthApp
{
  GObject parent_instance;

  /* owned */
  TptClock *clock;
  char *auth_url;
  char *client_id;
  char *host;
  guint16 port;
  TptRedirectMethod method;
  TptRedirectMethod once;  /* for the next sign-in only; AUTO: as ever */
  gboolean is_reachable;   /* addresses that the desktop opens come here */
  char *relay;             /* its address, or NULL */
  char *bearer;
  TptListenerClient *client;
  TptRedirect *redirect;   /* of the flow under way, or NULL */
};

G_DEFINE_FINAL_TYPE (TptOauthApp, tpt_oauth_app, G_TYPE_OBJECT)

static void
flow_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptOauthApp *self = g_task_get_source_object (task);
  TptGrant *grant = tpt_auth_flow_run_finish (result, &error);

  /* That of a newer flow stays. */
  if (self->redirect == g_task_get_task_data (task))
    g_clear_object (&self->redirect);
  if (grant == NULL)
    g_task_return_error (task, tpt_connection_error_map_sign_in (error));
  else
    g_task_return_pointer (task, grant, (GDestroyNotify) tpt_grant_free);
}

static TptRedirectMethod
choose (TptOauthApp *self)
{
  if (self->once != TPT_REDIRECT_AUTO)
    return self->once;
  if (self->method != TPT_REDIRECT_AUTO)
    return self->method;

  return self->relay != NULL ? TPT_REDIRECT_BOUNCE : TPT_REDIRECT_LOOPBACK;
}

/* Returns: (transfer full) (nullable): NULL where the way that is set cannot be gone */
static TptRedirect *
make_redirect (TptOauthApp  *self,
               GError      **error)
{
  TptRedirectMethod method = choose (self);

  if (method == TPT_REDIRECT_BOUNCE && self->relay != NULL)
    return tpt_bounce_redirect_new (self->client, self->relay, self->bearer);
  if (method == TPT_REDIRECT_SCHEME && self->is_reachable)
    return tpt_scheme_redirect_new ();
  if (method == TPT_REDIRECT_BOUNCE)
    g_set_error_literal (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED,
                         _ ("Signing in through the relay needs a relay. Set one, choose another "
                            "way in the preferences, or use a personal access token."));
  else if (method == TPT_REDIRECT_SCHEME)
    g_set_error_literal (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED,
                         _ ("The browser comes back to the Touchpoint window only. Open that and "
                            "try again, choose another way in the preferences, or use a personal "
                            "access token."));
  else
    return tpt_loopback_redirect_new (self->host, self->port,
                                      self->port != 0 ? REDIRECT_PATH : NULL);

  return NULL;
}

static void
tpt_oauth_app_finalize (GObject *object)
{
  TptOauthApp *self = TPT_OAUTH_APP (object);

  g_object_unref (self->clock);
  g_free (self->auth_url);
  g_free (self->client_id);
  g_free (self->host);
  g_free (self->relay);
  tpt_secret_free (self->bearer);
  g_object_unref (self->client);
  g_clear_object (&self->redirect);

  G_OBJECT_CLASS (tpt_oauth_app_parent_class)->finalize (object);
}

static void
tpt_oauth_app_class_init (TptOauthAppClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_oauth_app_finalize;
}

static void
tpt_oauth_app_init (TptOauthApp *self)
{
  self->client = tpt_listener_client_new ();
}

TptOauthApp *
tpt_oauth_app_new (const char *auth_url,
                   TptClock   *clock)
{
  TptOauthApp *self = g_object_new (TPT_TYPE_OAUTH_APP, NULL);

  self->auth_url = g_strdup (auth_url);
  self->clock = g_object_ref (clock);

  return self;
}

/**
 * tpt_oauth_app_set_client:
 * @client_id: (nullable): %NULL where none is registered
 * @host: (nullable): how the registration names this machine; by default
 *   localhost with a fixed port, else 127.0.0.1
 * @port: as registered, or 0 for a free one
 */
void
tpt_oauth_app_set_client (TptOauthApp *self,
                          const char  *client_id,
                          const char  *host,
                          guint16      port)
{
  g_free (self->client_id);
  g_free (self->host);
  self->client_id = client_id != NULL && *client_id != '\0' ? g_strdup (client_id) : NULL;
  /* A fixed port is registered, and Calendly's Sandbox apps register it with localhost. */
  if (host == NULL || *host == '\0')
    host = port != 0 ? "localhost" : "127.0.0.1";
  self->host = g_strdup (host);
  self->port = port;
}

void
tpt_oauth_app_set_method (TptOauthApp       *self,
                          TptRedirectMethod  method)
{
  self->method = method;
}

/* The way for the next sign-in, whatever is set for the others. */
void
tpt_oauth_app_set_once (TptOauthApp       *self,
                        TptRedirectMethod  method)
{
  self->once = method;
}

/**
 * tpt_oauth_app_set_relay:
 * @url: (nullable): %NULL where none is set
 * @bearer: (nullable): what it knows this device by
 */
void
tpt_oauth_app_set_relay (TptOauthApp *self,
                         const char  *url,
                         const char  *bearer)
{
  g_free (self->relay);
  tpt_secret_free (self->bearer);
  self->relay = g_strdup (url);
  self->bearer = g_strdup (bearer);
}

/* Whether somebody will call tpt_oauth_app_take_address (). */
void
tpt_oauth_app_set_reachable (TptOauthApp *self,
                             gboolean     is_reachable)
{
  self->is_reachable = is_reachable;
}

/* Returns: (transfer full) (nullable): what is to be registered with Calendly for the way that is
 *   set; NULL where that is not known yet */
char *
tpt_oauth_app_get_redirect (TptOauthApp *self)
{
  switch (choose (self))
    {
    case TPT_REDIRECT_BOUNCE:
      return self->relay != NULL ? tpt_bounce_redirect_make_uri (self->relay) : NULL;
    case TPT_REDIRECT_SCHEME:
      return g_strdup (TPT_SCHEME_REDIRECT_URI);
    case TPT_REDIRECT_LOOPBACK:
    case TPT_REDIRECT_AUTO:
    default:
      if (self->port == 0)
        return g_strdup_printf ("http://%s", self->host);
      return g_strdup_printf ("http://%s:%u%s", self->host, self->port, REDIRECT_PATH);
    }
}

/* Returns: whether @address was what a sign-in under way waits for */
gboolean
tpt_oauth_app_take_address (TptOauthApp *self,
                            const char  *address)
{
  return TPT_IS_SCHEME_REDIRECT (self->redirect)
         && tpt_scheme_redirect_take (TPT_SCHEME_REDIRECT (self->redirect), address);
}

/* Errors are of %TPT_CONNECTION_ERROR. */
void
tpt_oauth_app_sign_in_async (TptOauthApp         *self,
                             TptAuthFlowOpenFunc  open,
                             gpointer             open_data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  TptAuthFlowOptions options = { .auth_url = self->auth_url, .client_id = self->client_id };
  GError *error = NULL;

  g_task_set_source_tag (task, tpt_oauth_app_sign_in_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->client_id == NULL)
    {
      g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED, "%s",
                               _ ("Signing in through the browser needs the client ID of your "
                                  "company’s Calendly app. Set it in the preferences, or use a "
                                  "personal access token."));
      self->once = TPT_REDIRECT_AUTO;
      g_object_unref (task);
      return;
    }

  options.redirect = make_redirect (self, &error);
  self->once = TPT_REDIRECT_AUTO;
  if (options.redirect == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_set_object (&self->redirect, options.redirect);
  g_task_set_task_data (task, options.redirect, g_object_unref);
  options.scopes = tpt_scopes_get_needed ();
  tpt_auth_flow_run_async (&options, self->clock, open, open_data, cancellable, flow_cb, task);
}

/* Returns: (transfer full): a grant that is stored nowhere yet */
TptGrant *
tpt_oauth_app_sign_in_finish (TptOauthApp   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
