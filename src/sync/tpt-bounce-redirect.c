/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bounce-redirect.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-connection.h"
#include "tpt-secret.h"

struct _TptBounceRedirect
{
  TptLoopbackRedirect parent_instance;

  /* owned */
  TptListenerClient *client;
  char *url;
  char *bearer;
};

typedef struct
{
  char *state_hash;
} Start;

G_DEFINE_FINAL_TYPE (TptBounceRedirect, tpt_bounce_redirect, TPT_TYPE_LOOPBACK_REDIRECT)

static void
start_free (Start *start)
{
  g_free (start->state_hash);
  g_free (start);
}

/* Nothing has happened in the browser yet, and there are other ways. */
static GError *
explain (const GError *error)
{
  if (error->domain != TPT_LISTENER_ERROR)
    return g_error_copy (error);
  if (error->code != TPT_LISTENER_ERROR_UNREACHABLE && error->code != TPT_LISTENER_ERROR_BUSY)
    return g_error_new (TPT_LISTENER_ERROR, error->code,
                        /* Translators: what the relay said */
                        _ ("The browser would come back through the relay, so the sign-in was not "
                           "begun. Try another way, or a personal access token. (%s)"),
                        error->message);

  g_info ("The relay is away: %s", error->message);

  return g_error_new_literal (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_WAY_BACK,
                              _ ("The relay, through which the browser would come back, cannot be "
                                 "reached. Try again later, choose another way, or use a personal "
                                 "access token."));
}

static void
registered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptBounceRedirect *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error))
    g_task_return_pointer (task, tpt_bounce_redirect_make_uri (self->url), g_free);
  else
    g_task_return_error (task, explain (error));
}

/* The relay learns where to send the browser before that sets out, and of the state its hash only:
 * who reads the relay's journal cannot come back in the browser's place. */
static void
listening_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptBounceRedirect *self = g_task_get_source_object (task);
  TptLoopbackRedirect *loopback = TPT_LOOPBACK_REDIRECT (self);
  Start *start = g_task_get_task_data (task);
  g_autofree char *address = NULL;
  g_autofree char *body = NULL;
  GError *error = NULL;

  address = tpt_redirect_start_finish (TPT_REDIRECT (self), result, &error);
  if (address == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* Hexadecimal digits, a number, and a path of our own making: nothing to escape. */
  body = g_strdup_printf ("{\"state_hash\":\"%s\",\"port\":%u,\"path\":\"%s\"}", start->state_hash,
                          tpt_loopback_redirect_get_port (loopback),
                          tpt_loopback_redirect_get_path (loopback));
  tpt_listener_client_call_async (self->client, "POST", self->url, "/v1/oauth/flows", self->bearer,
                                  body, g_task_get_cancellable (task), registered_cb,
                                  g_object_ref (task));
}

static void
bounce_start_async (TptRedirect         *redirect,
                    const char          *state,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (redirect, cancellable, callback, user_data);
  Start *start = g_new0 (Start, 1);

  start->state_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, state, -1);
  g_task_set_source_tag (task, bounce_start_async);
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  TPT_REDIRECT_CLASS (tpt_bounce_redirect_parent_class)
      ->start_async (redirect, state, cancellable, listening_cb, task);
}

static void
tpt_bounce_redirect_finalize (GObject *object)
{
  TptBounceRedirect *self = TPT_BOUNCE_REDIRECT (object);

  g_object_unref (self->client);
  g_free (self->url);
  tpt_secret_free (self->bearer);

  G_OBJECT_CLASS (tpt_bounce_redirect_parent_class)->finalize (object);
}

static void
tpt_bounce_redirect_class_init (TptBounceRedirectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_bounce_redirect_finalize;
  TPT_REDIRECT_CLASS (klass)->start_async = bounce_start_async;
}

static void
tpt_bounce_redirect_init (TptBounceRedirect *self)
{
}

/**
 * tpt_bounce_redirect_new:
 * @url: the relay's address as tpt_listener_client_check_url () gave it
 * @bearer: the device's token, or the enrolment code of one that is to be enrolled yet
 */
TptRedirect *
tpt_bounce_redirect_new (TptListenerClient *client,
                         const char        *url,
                         const char        *bearer)
{
  TptBounceRedirect *self = g_object_new (TPT_TYPE_BOUNCE_REDIRECT, NULL);

  self->client = g_object_ref (client);
  self->url = g_strdup (url);
  self->bearer = g_strdup (bearer);

  return TPT_REDIRECT (self);
}

/* Returns: (transfer full): what is to be registered with Calendly for the relay at @url */
char *
tpt_bounce_redirect_make_uri (const char *url)
{
  return g_strconcat (url, "/oauth/callback", NULL);
}
