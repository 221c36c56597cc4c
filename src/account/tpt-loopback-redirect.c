/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-loopback-redirect.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-redirect-answer.h"
#include "tpt-secret.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define MAX_REFUSED 20

/* Says nothing of what came in, and loads nothing: a Referer would carry the code. */
#define PAGE                                                                                       \
  "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>%s</title><style>body{font:1.1em "    \
  "sans-serif;max-width:30em;margin:15vh auto;text-align:center}</style></head>"                   \
  "<body><h1>%s</h1><p>%s</p></body></html>\n"

struct _TptLoopbackRedirect
{
  GObject parent_instance;

  char *host;
  guint16 port;            /* as wanted, 0 for any; then as it is */
  char *path;
  char *state;
  SoupServer *server;
  GTask *task;             /* who waits */
  guint refused;           /* answers at the right path that were not the right one */
  gboolean used;           /* the right one was there */
  char *code;
  GError *error;           /* what the right one or too many wrong ones said */
};

static void tpt_loopback_redirect_iface_init (TptRedirectInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptLoopbackRedirect, tpt_loopback_redirect, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_REDIRECT,
                                                      tpt_loopback_redirect_iface_init))

/* Hands the outcome over once there are both an outcome and somebody who waits for it. */
static void
settle (TptLoopbackRedirect *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL || (self->code == NULL && self->error == NULL))
    return;
  task = g_steal_pointer (&self->task);
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->code), (GDestroyNotify) tpt_secret_free);
}

static gboolean
settle_cb (gpointer user_data)
{
  settle (user_data);

  return G_SOURCE_REMOVE;
}

/* The page is out. The server is still in the middle of it, and whoever waits will close it. */
static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_callback (idle, settle_cb, g_object_ref (user_data), g_object_unref);
  g_source_attach (idle, g_main_context_get_thread_default ());
}

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *heading,
        const char        *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  char *page = g_strdup_printf (PAGE, _("Touchpoint"), heading, text);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page,
                                    strlen (page));
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Pragma", "no-cache");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (
      headers, "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Connection", "close");
}

static void
answer_done (SoupServerMessage *message)
{
  answer (message, SOUP_STATUS_OK, _ ("You can close this page"),
          _ ("Touchpoint goes on in its own window."));
}

static void
answer_refused (SoupServerMessage *message,
                guint              status)
{
  answer (message, status, _ ("Nothing to see here"),
          _ ("This page is for Touchpoint’s sign-in only."));
}

/* A name that leads here by DNS is not one of these. */
static gboolean
is_own_host (TptLoopbackRedirect *self,
             const char          *host)
{
  g_autofree char *v4 = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autofree char *v6 = g_strdup_printf ("[::1]:%u", self->port);
  g_autofree char *name = g_strdup_printf ("localhost:%u", self->port);

  return host != NULL
         && (g_str_equal (host, v4) || g_str_equal (host, v6)
             || g_ascii_strcasecmp (host, name) == 0);
}

/* One that cannot be the browser coming back, whatever it asks for. */
static gboolean
is_foreign (TptLoopbackRedirect *self,
            SoupServerMessage   *message,
            const char          *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return !g_str_equal (path, self->path)
         || !is_own_host (self, soup_message_headers_get_one (headers, "Host"))
         || soup_message_headers_get_list (headers, "Origin") != NULL;
}

static void
count_refusal (TptLoopbackRedirect *self,
               SoupServerMessage   *message)
{
  answer_refused (message, SOUP_STATUS_BAD_REQUEST);
  self->refused++;
  if (self->refused < MAX_REFUSED || self->used || self->error != NULL)
    return;
  g_set_error_literal (
      &self->error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_TRIES,
      _ ("Something on this computer interferes with the sign-in; please try again"));
  g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, 0);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TptLoopbackRedirect *self = user_data;
  g_autoptr (TptRedirectAnswer) parsed = NULL;

  if (is_foreign (self, message, path))
    {
      answer_refused (message, SOUP_STATUS_NOT_FOUND);
      return;
    }
  if (!g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      answer_refused (message, SOUP_STATUS_METHOD_NOT_ALLOWED);
      return;
    }
  parsed = tpt_redirect_answer_parse (g_uri_get_query (soup_server_message_get_uri (message)));
  if (parsed == NULL || !tpt_secret_equal (parsed->state, self->state)
      || (parsed->code == NULL) == (parsed->error == NULL))
    {
      count_refusal (self, message);
      return;
    }

  answer_done (message);
  if (self->used)
    return;
  /* From here on the state is spent, before anything is done with the code. */
  self->used = TRUE;
  self->code = g_steal_pointer (&parsed->code);
  g_clear_error (&self->error);
  self->error = tpt_redirect_answer_to_error (parsed);
  g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, 0);
}

/* Both families on the same port, as a browser may take "localhost" for either. */
static gboolean
listen (TptLoopbackRedirect  *self,
        GError              **error)
{
  g_autoptr (GError) local = NULL;
  GSList *uris;

  if (!soup_server_listen_local (self->server, self->port, 0, &local))
    {
      g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_PORT,
                   _ ("The sign-in cannot listen for the browser on port %u: %s"), self->port,
                   local->message);
      return FALSE;
    }
  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

static void
loopback_start_async (TptRedirect         *redirect,
                      const char          *state,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  TptLoopbackRedirect *self = TPT_LOOPBACK_REDIRECT (redirect);
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (self->server == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, loopback_start_async);
  self->state = g_strdup (state);
  self->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (listen (self, &error))
    g_task_return_pointer (
        task, g_strdup_printf ("http://%s:%u%s", self->host, self->port, self->path), g_free);
  else
    g_task_return_error (task, error);
}

static char *
loopback_start_finish (TptRedirect   *redirect,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
loopback_wait_async (TptRedirect         *redirect,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  TptLoopbackRedirect *self = TPT_LOOPBACK_REDIRECT (redirect);

  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, loopback_wait_async);
  settle (self);
}

static char *
loopback_wait_finish (TptRedirect   *redirect,
                      GAsyncResult  *result,
                      GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
loopback_stop (TptRedirect *redirect)
{
  TptLoopbackRedirect *self = TPT_LOOPBACK_REDIRECT (redirect);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
}

static void
tpt_loopback_redirect_finalize (GObject *object)
{
  TptLoopbackRedirect *self = TPT_LOOPBACK_REDIRECT (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_free (self->host);
  g_free (self->path);
  tpt_secret_free (self->state);
  tpt_secret_free (self->code);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (tpt_loopback_redirect_parent_class)->finalize (object);
}

static void
tpt_loopback_redirect_iface_init (TptRedirectInterface *iface)
{
  iface->start_async = loopback_start_async;
  iface->start_finish = loopback_start_finish;
  iface->wait_async = loopback_wait_async;
  iface->wait_finish = loopback_wait_finish;
  iface->stop = loopback_stop;
}

static void
tpt_loopback_redirect_class_init (TptLoopbackRedirectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_loopback_redirect_finalize;
}

static void
tpt_loopback_redirect_init (TptLoopbackRedirect *self)
{
}

/**
 * tpt_loopback_redirect_new:
 * @host: "127.0.0.1", or "localhost" where that is how the redirect is registered
 * @port: 0 for any
 * @path: (nullable): begins with a slash, where the registration fixes it; else one that nobody
 *   can guess is made up
 */
TptRedirect *
tpt_loopback_redirect_new (const char *host,
                           guint16     port,
                           const char *path)
{
  TptLoopbackRedirect *self = g_object_new (TPT_TYPE_LOOPBACK_REDIRECT, NULL);
  g_autofree char *segment = tpt_secret_make_random (16);

  self->host = g_strdup (host);
  self->port = port;
  self->path = path != NULL ? g_strdup (path) : g_strconcat ("/", segment, NULL);

  return TPT_REDIRECT (self);
}

/** tpt_loopback_redirect_get_port: where it listens, once it has started */
guint16
tpt_loopback_redirect_get_port (TptLoopbackRedirect *self)
{
  g_return_val_if_fail (TPT_IS_LOOPBACK_REDIRECT (self), 0);

  return self->port;
}

/** tpt_loopback_redirect_get_path: begins with a slash */
const char *
tpt_loopback_redirect_get_path (TptLoopbackRedirect *self)
{
  g_return_val_if_fail (TPT_IS_LOOPBACK_REDIRECT (self), NULL);

  return self->path;
}

/** tpt_loopback_redirect_get_refused: how many answers at the right path were not the right one */
guint
tpt_loopback_redirect_get_refused (TptLoopbackRedirect *self)
{
  g_return_val_if_fail (TPT_IS_LOOPBACK_REDIRECT (self), 0);

  return self->refused;
}
