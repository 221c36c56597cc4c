/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"

#include "tpt-test-tokens.h"

static gint64
fixture_now (gpointer user_data)
{
  TptApiFixture *self = user_data;

  return self->now;
}

/* The time passes at once. */
static GSource *
fixture_after (guint    milliseconds,
               gpointer user_data)
{
  TptApiFixture *self = user_data;

  g_array_append_val (self->waits, milliseconds);
  self->now += (gint64) milliseconds * 1000;

  return g_idle_source_new ();
}

static void
note_request (TptApiFixture     *self,
              SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *bearer = soup_message_headers_get_one (headers, "Authorization");

  g_ptr_array_add (self->requests,
                   g_strdup_printf ("%s %s?%s %s", soup_server_message_get_method (message),
                                    g_uri_get_path (uri),
                                    g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "",
                                    bearer != NULL ? bearer + strlen ("Bearer ") : "-"));
  g_free (self->user_agent);
  self->user_agent = g_strdup (soup_message_headers_get_one (headers, "User-Agent"));
  g_free (self->last_body);
  self->last_body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TptApiFixture *self = user_data;
  const TptApiReply *reply = &self->replies[MIN (self->served, self->n_replies - 1)];

  self->served++;
  note_request (self, message);
  soup_server_message_set_status (message, reply->status, NULL);
  for (guint i = 0; reply->headers[i] != NULL; i += 2)
    soup_message_headers_append (soup_server_message_get_response_headers (message),
                                 reply->headers[i], reply->headers[i + 1]);
  if (reply->body != NULL)
    soup_server_message_set_response (message,
                                      reply->type != NULL ? reply->type : "application/json",
                                      SOUP_MEMORY_COPY, reply->body, strlen (reply->body));
}

TptApiFixture *
tpt_api_fixture_new (void)
{
  TptApiFixture *self = g_new0 (TptApiFixture, 1);
  TptApiTimer timer = { fixture_now, fixture_after, self };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  GSList *uris;

  self->now = G_USEC_PER_SEC;
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->waits = g_array_new (FALSE, FALSE, sizeof (guint));
  self->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  address = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->tokens = G_OBJECT (tpt_test_tokens_new_numbered ("token"));
  self->client = tpt_api_client_new (address, TPT_TOKEN_SOURCE (self->tokens));
  tpt_api_client_set_timer (self->client, &timer);

  return self;
}

void
tpt_api_fixture_free (TptApiFixture *self)
{
  tpt_test_finalized (self->client);
  tpt_test_finalized (self->tokens);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->requests);
  g_array_unref (self->waits);
  g_free (self->user_agent);
  g_free (self->last_body);
  g_free (self);
}

/* Begins anew with these answers. */
void
tpt_api_fixture_script (TptApiFixture     *self,
                        const TptApiReply *replies,
                        guint              n_replies)
{
  self->replies = replies;
  self->n_replies = n_replies;
  self->served = 0;
  g_ptr_array_set_size (self->requests, 0);
  g_array_set_size (self->waits, 0);
}

/* The path of a request of this kind. */
const char *
tpt_api_fixture_path (const char *method)
{
  if (g_str_equal (method, "POST"))
    return "/scheduling_links";

  return g_str_equal (method, "DELETE") ? "/webhook_subscriptions/W" : "/scheduled_events";
}

/* Sends a request to tpt_api_fixture_path() and waits for the outcome. */
TptJsonTree *
tpt_api_fixture_send (TptApiFixture  *self,
                      const char     *method,
                      GError        **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  tpt_api_client_send_async (self->client, method, tpt_api_fixture_path (method), "a=b", NULL, NULL,
                             tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_api_client_send_finish (self->client, result, error);
}
