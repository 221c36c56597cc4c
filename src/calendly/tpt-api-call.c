/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-call.h"

#include "tpt-api-error.h"
#include "tpt-json-write.h"

static void
wipe (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

/* A token goes to no one but the service: without TLS only to this machine, where tests and the
 * sandbox are. */
static gboolean
is_private (SoupMessage *message)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));

  return g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https")
         || g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "::1") == 0
         || g_strcmp0 (host, "localhost") == 0;
}

/** tpt_api_call_new: what changes something is what a person waits for */
TptApiCall *
tpt_api_call_new (const TptApiEndpoint *endpoint,
                  const char           *address,
                  JsonNode             *body)
{
  TptApiCall *self = g_new0 (TptApiCall, 1);

  self->endpoint = endpoint;
  self->address = g_strdup (address);
  self->urgent = !g_str_equal (endpoint->method, "GET");
  if (body != NULL)
    {
      char *text = tpt_json_write (body, FALSE);

      self->body = g_bytes_new_take (text, strlen (text));
    }

  return self;
}

void
tpt_api_call_free (TptApiCall *self)
{
  tpt_api_call_wait (self, NULL);
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->address);
  wipe (&self->token);
  wipe (&self->rejected);
  g_free (self);
}

/**
 * tpt_api_call_wait:
 * @source: (transfer full) (nullable): what it waits for from now on, instead of what it waited for
 */
void
tpt_api_call_wait (TptApiCall *self,
                   GSource    *source)
{
  if (self->wait != NULL)
    g_source_destroy (self->wait);
  g_clear_pointer (&self->wait, g_source_unref);
  self->wait = source;
}

/** tpt_api_call_end_wait_with: it waits no longer than until @cancellable (nullable) is canceled */
void
tpt_api_call_end_wait_with (TptApiCall   *self,
                            GCancellable *cancellable)
{
  g_autoptr (GSource) cancelled = NULL;

  if (cancellable == NULL)
    return;
  cancelled = g_cancellable_source_new (cancellable);
  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (self->wait, cancelled);
}

/**
 * tpt_api_call_take_token:
 * @token: (transfer full)
 *
 * Makes the message of the next try.
 *
 * Returns: %FALSE with an error when there is nowhere that a token may be sent to
 */
gboolean
tpt_api_call_take_token (TptApiCall  *self,
                         char        *token,
                         GError     **error)
{
  SoupMessageHeaders *headers;
  g_autofree char *bearer = NULL;

  wipe (&self->rejected);
  wipe (&self->token);
  self->token = token;
  g_clear_object (&self->message);
  self->message = soup_message_new (self->endpoint->method, self->address);
  if (self->message == NULL || !is_private (self->message))
    {
      g_set_error_literal (error, TPT_API_ERROR, TPT_API_ERROR_OFFLINE,
                           "The address of the service is not one that a sign-in may be sent to");
      return FALSE;
    }
  headers = soup_message_get_request_headers (self->message);
  bearer = g_strconcat ("Bearer ", self->token, NULL);
  soup_message_headers_replace (headers, "Authorization", bearer);
  explicit_bzero (bearer, strlen (bearer));
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (self->message, "application/json", self->body);

  return TRUE;
}
