/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-client.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "tpt-secret.h"
#include "tpt-text.h"

#define BODY_MAX (64 * 1024)
#define TIMEOUT_SECONDS 20

struct _TptListenerClient
{
  GObject parent_instance;

  /* owned */
  SoupSession *session;
};

typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  char *body;              /* BODY_MAX + 1 bytes */
  gsize length;
} Call;

G_DEFINE_FINAL_TYPE (TptListenerClient, tpt_listener_client, G_TYPE_OBJECT)

static void
call_free (Call *call)
{
  g_clear_object (&call->message);
  g_clear_object (&call->stream);
  /* A new device's token and key came in it. */
  if (call->body != NULL)
    explicit_bzero (call->body, call->length);
  g_free (call->body);
  g_free (call);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayProblem) problem = NULL;
  Call *call = g_task_get_task_data (task);
  guint status = soup_message_get_status (call->message);

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &call->length, &error))
    g_task_return_error (task, tpt_listener_error_from_transport (error));
  else if (call->length > BODY_MAX)
    g_task_return_error (task, tpt_listener_error_from_status (0, NULL));
  else if (SOUP_STATUS_IS_SUCCESSFUL (status))
    g_task_return_boolean (task, TRUE);
  else
    {
      problem = tpt_relay_problem_decode (call->body, (gssize) call->length, NULL);
      error = tpt_listener_error_from_status (status, problem != NULL ? problem->message : NULL);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  call->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->stream == NULL)
    {
      g_task_return_error (task, tpt_listener_error_from_transport (error));
      return;
    }

  call->body = g_malloc (BODY_MAX + 1);
  g_input_stream_read_all_async (call->stream, call->body, BODY_MAX + 1, G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
enrol_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptRelayEnrolment *enrolment;
  Call *call = g_task_get_task_data (G_TASK (result));

  if (!tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  enrolment = tpt_relay_enrolment_decode (call->body, (gssize) call->length, &error);
  if (enrolment == NULL)
    g_task_return_new_error (task, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_PROTOCOL,
                             _ ("What answers at that address is no relay: %s"), error->message);
  else
    g_task_return_pointer (task, enrolment, (GDestroyNotify) tpt_relay_enrolment_free);
}

static void
tpt_listener_client_finalize (GObject *object)
{
  TptListenerClient *self = TPT_LISTENER_CLIENT (object);

  g_object_unref (self->session);

  G_OBJECT_CLASS (tpt_listener_client_parent_class)->finalize (object);
}

static void
tpt_listener_client_class_init (TptListenerClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_client_finalize;
}

static void
tpt_listener_client_init (TptListenerClient *self)
{
  self->session = soup_session_new_with_options ("user-agent", TPT_USER_AGENT,
                                                 "timeout", TIMEOUT_SECONDS, NULL);
  /* A relay has no reason to pack its short answers, and a bomb is packed. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

TptListenerClient *
tpt_listener_client_new (void)
{
  return g_object_new (TPT_TYPE_LISTENER_CLIENT, NULL);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * tpt_listener_client_check_url:
 * @text: what a person typed
 *
 * A relay is told secrets, so it has to be spoken to over TLS; plain HTTP is for this machine only.
 *
 * Returns: (transfer full): the address without a slash at its end; %NULL with
 *   %TPT_LISTENER_ERROR_ADDRESS
 */
char *
tpt_listener_client_check_url (const char  *text,
                               GError     **error)
{
  g_autofree char *trimmed = tpt_text_trim (text);
  g_autoptr (GUri) uri = g_uri_parse (trimmed, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gsize length = strlen (trimmed);

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_ADDRESS,
                           _ ("The relay’s address looks like https://relay.example.com."));
      return NULL;
    }
  if (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0
      && !(g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 && is_loopback (host)))
    {
      g_set_error_literal (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_ADDRESS,
                           _ ("The relay’s address has to begin with https://."));
      return NULL;
    }
  while (length > 0 && trimmed[length - 1] == '/')
    trimmed[--length] = '\0';

  return g_steal_pointer (&trimmed);
}

/**
 * tpt_listener_client_call_async:
 * @url: the relay's address as tpt_listener_client_check_url () gave it
 * @path: starts with a slash
 * @token: (nullable): the device's
 * @body: (nullable): JSON
 */
void
tpt_listener_client_call_async (TptListenerClient   *self,
                                const char          *method,
                                const char          *url,
                                const char          *path,
                                const char          *token,
                                const char          *body,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *address = g_strconcat (url, path, NULL);
  SoupMessageHeaders *headers;
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, tpt_listener_client_call_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  call->message = soup_message_new (method, address);
  if (call->message == NULL)
    {
      g_task_return_new_error (task, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_ADDRESS,
                               _ ("“%s” is no address."), url);
      return;
    }

  /* A relay does not redirect, and secrets do not follow. */
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (call->message);
  if (token != NULL)
    {
      char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
      tpt_secret_free (bearer);
    }
  if (body != NULL)
    {
      /* Codes, tokens and keys may be in it. */
      char *copy = g_strdup (body);
      g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
        copy, strlen (copy), (GDestroyNotify) tpt_secret_free, copy);

      soup_message_set_request_body_from_bytes (call->message, "application/json", bytes);
    }
  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, cancellable, send_cb,
                           g_object_ref (task));
}

gboolean
tpt_listener_client_call_finish (TptListenerClient  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* POST /v1/devices. */
void
tpt_listener_client_enrol_async (TptListenerClient              *self,
                                 const char                     *url,
                                 const TptRelayEnrolmentRequest *request,
                                 GCancellable                   *cancellable,
                                 GAsyncReadyCallback             callback,
                                 gpointer                        user_data)
{
  char *body = tpt_relay_enrolment_request_encode (request);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_listener_client_enrol_async);
  tpt_listener_client_call_async (self, "POST", url, "/v1/devices", NULL, body, cancellable,
                                  enrol_cb, task);
  tpt_secret_free (body);
}

TptRelayEnrolment *
tpt_listener_client_enrol_finish (TptListenerClient  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
