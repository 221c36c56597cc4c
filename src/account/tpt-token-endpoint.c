/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-token-endpoint.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-json-guard.h"
#include "tpt-secret.h"
#include "tpt-text.h"
#include "tpt-tls.h"
#include "tpt-unreachable.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define MAX_BODY        (64 * 1024)
#define CHUNK           4096
#define MAX_TEXT        200
#define TIMEOUT_SECONDS 20
/* However slowly the bytes come: who waits holds the lock of the grant. */
#define MAX_SECONDS     60
/* Of connections for one request: libsoup does not stop by itself where a server of HTTP/2 turns
 * away each of them. */
#define MAX_CALLS       3

/* One request, shared with a timer of another thread, which may be at it when the answer comes. */
typedef struct
{
  GCancellable *inner;
  guint calls;             /* connections begun */
  gboolean connected;      /* one of them came to stand, so that something may have been sent */
  int late;                /* atomic: past its deadline */
  int outdated;            /* atomic: refused for its encryption */
} Call;

static void
call_clear (gpointer call)
{
  g_object_unref (((Call *) call)->inner);
}

static void
call_unref (gpointer call)
{
  g_atomic_rc_box_release_full (call, call_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_unref)

static gboolean
deadline_cb (gpointer user_data)
{
  Call *call = user_data;

  g_atomic_int_set (&call->late, TRUE);
  g_cancellable_cancel (call->inner);

  return G_SOURCE_REMOVE;
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  Call               *call)
{
  if (event == G_SOCKET_CLIENT_RESOLVING)
    call->calls++;
  else if (event == G_SOCKET_CLIENT_COMPLETE && !g_atomic_int_get (&call->outdated))
    call->connected = TRUE;
  if (tpt_tls_is_outdated (event, connection))
    g_atomic_int_set (&call->outdated, TRUE);
  else if (call->calls <= MAX_CALLS)
    return;
  g_cancellable_cancel (call->inner);
}

static void
outer_cancelled_cb (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static gboolean
is_offline (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR || error->domain == G_TLS_ERROR
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED);
}

/* Takes @local. OFFLINE means that nothing was sent; with UNAVAILABLE the service may have acted
 * all the same. What ends a connection that stood tells nothing of that, whatever it is called:
 * what cannot be deciphered is an error of TLS, too. */
static void
propagate_transport (GError    *local,
                     gboolean   connected,
                     GError   **error)
{
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local);
      return;
    }
  if (!connected && is_offline (local))
    g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_OFFLINE,
                 _ ("Calendly cannot be reached: %s"), local->message);
  else
    g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_UNAVAILABLE,
                 _("The connection to Calendly broke off: %s"), local->message);
  g_error_free (local);
}

static char *
get_member (JsonNode   *node,
            const char *name)
{
  JsonObject *object
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *member = object != NULL ? json_object_get_member (object, name) : NULL;

  if (member == NULL || !JSON_NODE_HOLDS_VALUE (member)
      || json_node_get_value_type (member) != G_TYPE_STRING)
    return NULL;

  return tpt_text_cut (json_node_get_string (member), MAX_TEXT);
}

/* The errors of RFC 6749, section 5.2. */
static void
set_refusal (guint      status,
             JsonNode  *node,
             GError   **error)
{
  g_autofree char *code = get_member (node, "error");
  g_autofree char *text = get_member (node, "error_description");

  if (g_strcmp0 (code, "invalid_grant") == 0)
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_INVALID_GRANT,
                         _("The sign-in has ended; please sign in again"));
  else if (g_strcmp0 (code, "invalid_client") == 0)
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_INVALID_CLIENT,
                         _("Calendly does not know the client id of this Touchpoint"));
  else if (status == 429)
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_RATE_LIMITED,
                         _("Calendly asks to slow down; please try again in a minute"));
  else if (status >= 400 && status < 500 && code != NULL)
    g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_EXCHANGE,
                 _ ("Calendly refuses the sign-in: %s"), text != NULL ? text : code);
  else
    g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_UNAVAILABLE,
                 _("Calendly has a problem with signing in at the moment (%u)"), status);
}

static GByteArray *
read_body (GInputStream  *stream,
           GCancellable  *cancellable,
           GError       **error)
{
  /* With room for all of it: what grows leaves copies of what was in it behind. */
  g_autoptr (GByteArray) body = g_byte_array_sized_new (MAX_BODY + CHUNK);
  guint8 chunk[CHUNK];
  gssize length;

  while ((length = g_input_stream_read (stream, chunk, sizeof chunk, cancellable, error)) > 0)
    {
      g_byte_array_append (body, chunk, (guint) length);
      if (body->len > MAX_BODY)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                               _("the answer is larger than any that makes sense"));
          return NULL;
        }
    }
  explicit_bzero (chunk, sizeof chunk);

  return length < 0 ? NULL : g_steal_pointer (&body);
}

/* What a library says of it is for who looks for the fault. */
static void
reword (GError **error)
{
  GError *told;

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return;
  g_info ("No answer from Calendly: %s", (*error)->message);
  told = g_error_new_literal ((*error)->domain, (*error)->code,
                              tpt_unreachable_get_reason (*error));
  g_clear_error (error);
  g_propagate_error (error, told);
}

static GByteArray *
send_and_read (SoupMessage   *message,
               Call          *call,
               GError       **error)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options (
    "user-agent", TPT_USER_AGENT, "timeout", TIMEOUT_SECONDS, NULL);
  g_autoptr (GInputStream) stream = soup_session_send (session, message, call->inner, error);
  GByteArray *body = stream != NULL ? read_body (stream, call->inner, error) : NULL;

  if (body != NULL)
    return body;
  if (g_atomic_int_get (&call->outdated))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE,
                           _("the encryption that is offered is out of date"));
    }
  else if (call->calls > MAX_CALLS)
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                           _("it ends each connection without an answer"));
    }
  else if (g_atomic_int_get (&call->late))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("it took too long"));
    }
  else
    {
      reword (error);
    }

  return NULL;
}

/* Until @cancellable or the deadline ends it. The timer runs on the main loop: this thread has
 * none. @connected: whether something may have been sent. */
static GByteArray *
call_service (SoupMessage   *message,
              gboolean      *connected,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (Call) call = g_atomic_rc_box_new0 (Call);
  g_autoptr (GSource) deadline = g_timeout_source_new_seconds (MAX_SECONDS);
  GByteArray *body;
  gulong outer = 0;

  call->inner = g_cancellable_new ();
  if (cancellable != NULL)
    outer = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb), call->inner, NULL);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), call);
  g_source_set_callback (deadline, deadline_cb, g_atomic_rc_box_acquire (call), call_unref);
  g_source_attach (deadline, NULL);
  body = send_and_read (message, call, error);
  g_source_destroy (deadline);
  g_signal_handlers_disconnect_by_data (message, call);
  *connected = call->connected;
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, outer);

  return body;
}

/* Posts @form (wiped). NULL with an error; JSON's null for an answer without JSON. */
static JsonNode *
post (const char    *auth_url,
      const char    *path,
      char          *form,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree char *address = g_strconcat (auth_url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (form, strlen (form),
                                                         (GDestroyNotify) tpt_secret_free, form);
  g_autoptr (GByteArray) body = NULL;
  JsonNode *node;
  gboolean connected = FALSE;
  GError *local = NULL;

  if (message == NULL)
    {
      g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_OFFLINE,
                           _("The address for signing in is not valid"));
      return NULL;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json");
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", bytes);
  body = call_service (message, &connected, cancellable, &local);
  if (body == NULL)
    {
      propagate_transport (local, connected, error);
      return NULL;
    }
  node = body->len > 0 ? tpt_json_guard_parse ((const char *) body->data, body->len, NULL) : NULL;
  explicit_bzero (body->data, body->len);
  if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    return node != NULL ? node : json_node_new (JSON_NODE_NULL);
  set_refusal (soup_message_get_status (message), node, error);
  g_clear_pointer (&node, json_node_unref);

  return NULL;
}

/**
 * tpt_token_endpoint_exchange:
 * @auth_url: such as `https://auth.calendly.com`
 * @redirect_uri: the same string that the authorize request had
 *
 * Turns a code into a grant: `POST /oauth/token` with `grant_type=authorization_code` (RFC 6749,
 * 4.1.3; RFC 7636, 4.5), as a
 * native client, which has no secret. Blocks; for worker threads.
 */
TptGrant *
tpt_token_endpoint_exchange (const char    *auth_url,
                             const char    *client_id,
                             const char    *code,
                             const char    *redirect_uri,
                             const char    *verifier,
                             TptTime        now,
                             GCancellable  *cancellable,
                             GError       **error)
{
  char *form
      = soup_form_encode ("grant_type", "authorization_code", "code", code, "redirect_uri",
                          redirect_uri, "client_id", client_id, "code_verifier", verifier, NULL);
  g_autoptr (JsonNode) node = post (auth_url, "/oauth/token", form, cancellable, error);

  return node != NULL ? tpt_grant_new_response (node, client_id, now, error) : NULL;
}

/**
 * tpt_token_endpoint_refresh:
 *
 * Uses up the refresh token of @grant (RFC 6749, section 6). Blocks; for worker threads. After
 * %TPT_ACCOUNT_ERROR_UNAVAILABLE it is not known whether it was used up.
 */
TptGrant *
tpt_token_endpoint_refresh (const char      *auth_url,
                            const TptGrant  *grant,
                            TptTime          now,
                            GCancellable    *cancellable,
                            GError         **error)
{
  char *form
      = soup_form_encode ("grant_type", "refresh_token", "refresh_token", grant->refresh_token,
                          "client_id", grant->client_id != NULL ? grant->client_id : "", NULL);
  g_autoptr (JsonNode) node = post (auth_url, "/oauth/token", form, cancellable, error);
  TptGrant *fresh
      = node != NULL ? tpt_grant_new_response (node, grant->client_id, now, error) : NULL;

  if (fresh == NULL)
    return NULL;
  /* What an answer leaves out is as it was. */
  if (fresh->refresh_token == NULL)
    fresh->refresh_token = g_strdup (grant->refresh_token);
  if (fresh->owner == NULL)
    fresh->owner = g_strdup (grant->owner);
  if (fresh->organization == NULL)
    fresh->organization = g_strdup (grant->organization);
  if (fresh->scopes[0] == NULL)
    {
      g_strfreev (fresh->scopes);
      fresh->scopes = g_strdupv (grant->scopes);
    }

  return fresh;
}

/** tpt_token_endpoint_revoke: ends @grant at the service (RFC 7009). Blocks; for worker threads */
gboolean
tpt_token_endpoint_revoke (const char      *auth_url,
                           const TptGrant  *grant,
                           GCancellable    *cancellable,
                           GError         **error)
{
  const char *token = grant->refresh_token != NULL ? grant->refresh_token : grant->access_token;
  char *form = soup_form_encode ("client_id", grant->client_id != NULL ? grant->client_id : "",
                                 "token", token != NULL ? token : "", NULL);
  g_autoptr (JsonNode) node = post (auth_url, "/oauth/revoke", form, cancellable, error);

  return node != NULL;
}
