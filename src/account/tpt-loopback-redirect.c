/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-loopback-redirect.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-secret.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define MAX_REFUSED 20

/* Says nothing of what came in, and loads nothing: a Referer would carry the code. */
#define PAGE                                                                                       \
  "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>%s</title><style>body{font:1.1em "    \
  "sans-serif;max-width:30em;margin:15vh auto;text-align:center}</style></head>"                   \
  "<body><h1>%s</h1><p>%s</p></body></html>\n"

typedef struct
{
  char *host;
  guint16 port;            /* as wanted, 0 for any; then as it is */
  char *path;
  SoupServer *server;
  guint refused;           /* answers at the right path that were not the right one */
} TptLoopbackRedirectPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (TptLoopbackRedirect, tpt_loopback_redirect, TPT_TYPE_REDIRECT)

static gboolean
settle_cb (gpointer user_data)
{
  tpt_redirect_settle (user_data);

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
is_own_host (guint16     port,
             const char *host)
{
  g_autofree char *v4 = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char *v6 = g_strdup_printf ("[::1]:%u", port);
  g_autofree char *name = g_strdup_printf ("localhost:%u", port);

  return host != NULL
         && (g_str_equal (host, v4) || g_str_equal (host, v6)
             || g_ascii_strcasecmp (host, name) == 0);
}

/* One that cannot be the browser coming back, whatever it asks for. */
static gboolean
is_foreign (TptLoopbackRedirectPrivate *priv,
            SoupServerMessage          *message,
            const char                 *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return !g_str_equal (path, priv->path)
         || !is_own_host (priv->port, soup_message_headers_get_one (headers, "Host"))
         || soup_message_headers_get_list (headers, "Origin") != NULL;
}

static void
count_refusal (TptLoopbackRedirect *self,
               SoupServerMessage   *message)
{
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);
  g_autoptr (GError) error = NULL;

  answer_refused (message, SOUP_STATUS_BAD_REQUEST);
  priv->refused++;
  if (priv->refused < MAX_REFUSED)
    return;
  g_set_error_literal (
      &error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_TRIES,
      _ ("Something on this computer interferes with the sign-in; please try again"));
  if (tpt_redirect_give_up (TPT_REDIRECT (self), error))
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
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);

  if (is_foreign (priv, message, path))
    {
      answer_refused (message, SOUP_STATUS_NOT_FOUND);
      return;
    }
  if (!g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      answer_refused (message, SOUP_STATUS_METHOD_NOT_ALLOWED);
      return;
    }
  switch (tpt_redirect_judge (TPT_REDIRECT (self),
                              g_uri_get_query (soup_server_message_get_uri (message))))
    {
    case TPT_REDIRECT_WRONG:
      count_refusal (self, message);
      return;
    case TPT_REDIRECT_RIGHT:
      g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, 0);
      break;
    case TPT_REDIRECT_REPEATED:
      break;
    default:
      g_assert_not_reached ();
    }
  answer_done (message);
}

/* Both families on the same port, as a browser may take "localhost" for either. */
static gboolean
listen (TptLoopbackRedirectPrivate  *priv,
        GError                     **error)
{
  g_autoptr (GError) local = NULL;
  GSList *uris;

  if (!soup_server_listen_local (priv->server, priv->port, 0, &local))
    {
      g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_PORT,
                   _ ("The sign-in cannot listen for the browser on port %u: %s"), priv->port,
                   local->message);
      return FALSE;
    }
  uris = soup_server_get_uris (priv->server);
  priv->port = (guint16) g_uri_get_port (uris->data);
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
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, loopback_start_async);
  priv->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (priv->server, NULL, request_cb, self, NULL);
  if (listen (priv, &error))
    g_task_return_pointer (
        task, g_strdup_printf ("http://%s:%u%s", priv->host, priv->port, priv->path), g_free);
  else
    g_task_return_error (task, error);
}

static void
close_server (TptLoopbackRedirect *self)
{
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);

  if (priv->server != NULL)
    soup_server_disconnect (priv->server);
  g_clear_object (&priv->server);
}

static void
loopback_stop (TptRedirect *redirect)
{
  close_server (TPT_LOOPBACK_REDIRECT (redirect));

  TPT_REDIRECT_CLASS (tpt_loopback_redirect_parent_class)->stop (redirect);
}

static void
tpt_loopback_redirect_finalize (GObject *object)
{
  TptLoopbackRedirect *self = TPT_LOOPBACK_REDIRECT (object);
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);

  close_server (self);
  g_free (priv->host);
  g_free (priv->path);

  G_OBJECT_CLASS (tpt_loopback_redirect_parent_class)->finalize (object);
}

static void
tpt_loopback_redirect_class_init (TptLoopbackRedirectClass *klass)
{
  TptRedirectClass *redirect_class = TPT_REDIRECT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tpt_loopback_redirect_finalize;
  redirect_class->start_async = loopback_start_async;
  redirect_class->stop = loopback_stop;
}

/* Where nothing is registered: any port, and a path that nobody can guess. */
static void
tpt_loopback_redirect_init (TptLoopbackRedirect *self)
{
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);
  g_autofree char *segment = tpt_secret_make_random (16);

  priv->host = g_strdup ("127.0.0.1");
  priv->path = g_strconcat ("/", segment, NULL);
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
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);

  g_free (priv->host);
  priv->host = g_strdup (host);
  priv->port = port;
  if (path != NULL)
    {
      g_free (priv->path);
      priv->path = g_strdup (path);
    }

  return TPT_REDIRECT (self);
}

/** tpt_loopback_redirect_get_port: where it listens, once it has started */
guint16
tpt_loopback_redirect_get_port (TptLoopbackRedirect *self)
{
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);

  g_return_val_if_fail (TPT_IS_LOOPBACK_REDIRECT (self), 0);

  return priv->port;
}

/** tpt_loopback_redirect_get_path: begins with a slash */
const char *
tpt_loopback_redirect_get_path (TptLoopbackRedirect *self)
{
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);

  g_return_val_if_fail (TPT_IS_LOOPBACK_REDIRECT (self), NULL);

  return priv->path;
}

/** tpt_loopback_redirect_get_refused: how many answers at the right path were not the right one */
guint
tpt_loopback_redirect_get_refused (TptLoopbackRedirect *self)
{
  TptLoopbackRedirectPrivate *priv = tpt_loopback_redirect_get_instance_private (self);

  g_return_val_if_fail (TPT_IS_LOOPBACK_REDIRECT (self), 0);

  return priv->refused;
}
