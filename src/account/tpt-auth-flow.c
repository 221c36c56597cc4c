/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-auth-flow.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-secret.h"
#include "tpt-token-endpoint.h"

#include <glib/gi18n-lib.h>

#define SECRET_BYTES 32
#define TIMEOUT_MS   (5 * 60 * 1000)

typedef struct
{
  TptRedirect *redirect;
  TptClock *clock;
  char *auth_url;
  char *client_id;
  GStrv scopes;
  guint timeout_ms;
  TptAuthFlowOpenFunc open;
  gpointer open_data;
  char *redirect_uri;
  char *state;
  char *verifier;
  char *code;
  GSource *timer;
  gulong cancelled_handler;
  gboolean late;
} Flow;

static void
flow_free (Flow *flow)
{
  g_clear_object (&flow->redirect);
  g_clear_object (&flow->clock);
  g_free (flow->auth_url);
  g_free (flow->client_id);
  g_strfreev (flow->scopes);
  g_free (flow->redirect_uri);
  tpt_secret_free (flow->state);
  tpt_secret_free (flow->verifier);
  tpt_secret_free (flow->code);
  g_free (flow);
}

/* From here on nothing listens any more, whatever the outcome was. */
static void
close_redirect (GTask *task)
{
  Flow *flow = g_task_get_task_data (task);

  g_source_destroy (flow->timer);
  g_clear_pointer (&flow->timer, g_source_unref);
  if (g_task_get_cancellable (task) != NULL)
    g_cancellable_disconnect (g_task_get_cancellable (task), flow->cancelled_handler);
  tpt_redirect_stop (flow->redirect);
  g_clear_object (&flow->redirect);
}

static void
exchange_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Flow *flow = task_data;
  GError *error = NULL;
  TptGrant *grant = tpt_token_endpoint_exchange (flow->auth_url, flow->client_id, flow->code,
                                                 flow->redirect_uri, flow->verifier,
                                                 tpt_clock_now (flow->clock), cancellable, &error);

  /* Here this does not mean that a sign-in has ended: there was none yet. */
  if (g_error_matches (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_INVALID_GRANT))
    {
      g_clear_error (&error);
      g_set_error_literal (
          &error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_EXCHANGE,
          _ ("Calendly did not accept the answer of the browser; please try again"));
    }
  if (grant != NULL)
    g_task_return_pointer (task, grant, (GDestroyNotify) tpt_grant_free);
  else
    g_task_return_error (task, error);
}

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Flow *flow = g_task_get_task_data (task);
  GError *error = NULL;

  flow->code = tpt_redirect_wait_finish (flow->redirect, result, &error);
  close_redirect (task);
  if (flow->code != NULL)
    {
      g_task_run_in_thread (task, exchange_thread);
      return;
    }
  if (flow->late)
    {
      g_clear_error (&error);
      g_set_error_literal (&error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_TIMEOUT,
                           _("Nobody answered in the browser in time"));
    }
  g_task_return_error (task, error);
}

static gboolean
late_cb (gpointer user_data)
{
  Flow *flow = user_data;

  flow->late = TRUE;
  tpt_redirect_stop (flow->redirect);

  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer user_data)
{
  tpt_redirect_stop (user_data);

  return G_SOURCE_REMOVE;
}

/* May come from any thread, and stopping at once would disconnect this handler while it runs. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  Flow *flow = g_task_get_task_data (task);
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_priority (idle, G_PRIORITY_DEFAULT);
  g_source_set_callback (idle, stop_cb, g_object_ref (flow->redirect), g_object_unref);
  g_source_attach (idle, g_task_get_context (task));
}

/* RFC 6749, 4.1.1 and RFC 7636, 4.3. */
static char *
make_address (const Flow *flow)
{
  g_autofree char *challenge = tpt_secret_make_challenge (flow->verifier);
  g_autofree char *scopes = g_strjoinv (" ", flow->scopes);
  const char *const pairs[][2] = {
    { "client_id", flow->client_id },
    { "response_type", "code" },
    { "redirect_uri", flow->redirect_uri },
    { "code_challenge_method", "S256" },
    { "code_challenge", challenge },
    { "state", flow->state },
    { "scope", scopes },
  };
  GString *address = g_string_new (flow->auth_url);

  g_string_append (address, "/oauth/authorize");
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_string_append_printf (address, "%c%s=", i == 0 ? '?' : '&', pairs[i][0]);
      g_string_append_uri_escaped (address, pairs[i][1], NULL, FALSE);
    }

  return g_string_free (address, FALSE);
}

/* The browser may come from now on, and the five minutes begin. */
static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Flow *flow = g_task_get_task_data (task);
  g_autofree char *address = NULL;
  GError *error = NULL;

  flow->redirect_uri = tpt_redirect_start_finish (flow->redirect, result, &error);
  if (flow->redirect_uri == NULL || g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      tpt_redirect_stop (flow->redirect);
      g_task_return_error (task, error);
      return;
    }

  flow->timer = g_timeout_source_new (flow->timeout_ms);
  g_source_set_callback (flow->timer, late_cb, flow, NULL);
  g_source_attach (flow->timer, g_task_get_context (task));
  address = make_address (flow);
  tpt_redirect_wait_async (flow->redirect, NULL, waited_cb, g_object_ref (task));
  if (cancellable != NULL)
    flow->cancelled_handler
        = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, NULL);
  flow->open (address, flow->open_data);
}

static Flow *
flow_new (const TptAuthFlowOptions *options,
          TptClock                 *clock)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->redirect = g_object_ref (options->redirect);
  flow->clock = g_object_ref (clock);
  flow->auth_url = g_strdup (options->auth_url);
  flow->client_id = g_strdup (options->client_id);
  flow->scopes = g_strdupv ((char **) options->scopes);
  flow->timeout_ms = options->timeout_ms != 0 ? options->timeout_ms : TIMEOUT_MS;
  flow->state = tpt_secret_make_random (SECRET_BYTES);
  flow->verifier = tpt_secret_make_random (SECRET_BYTES);

  return flow;
}

/**
 * tpt_auth_flow_run_async:
 * @open: called once everything is ready for the browser's answer
 *
 * Signs in through the browser: authorization code with PKCE (RFC 8252). The grant is not stored.
 */
void
tpt_auth_flow_run_async (const TptAuthFlowOptions *options,
                         TptClock                 *clock,
                         TptAuthFlowOpenFunc       open,
                         gpointer                  open_data,
                         GCancellable             *cancellable,
                         GAsyncReadyCallback       callback,
                         gpointer                  user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Flow *flow = flow_new (options, clock);

  flow->open = open;
  flow->open_data = open_data;
  g_task_set_source_tag (task, tpt_auth_flow_run_async);
  g_task_set_task_data (task, flow, (GDestroyNotify) flow_free);
  tpt_redirect_start_async (flow->redirect, flow->state, cancellable, started_cb, task);
}

/**
 * tpt_auth_flow_run_finish:
 *
 * Returns: (transfer full) (nullable): the grant; %NULL with %TPT_ACCOUNT_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
TptGrant *
tpt_auth_flow_run_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
