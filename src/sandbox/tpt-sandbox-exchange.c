/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-exchange.h"

#include "tpt-sandbox-dispatch.h"

struct _TptSandboxExchange
{
  TptSandboxContext *context;
  TptSandboxExchangeDone done;
  gpointer user_data;
  SoupServerMessage *message;
  char *path;
  GHashTable *query;
  TptSandboxFault *fault;
  guint timer;
  gulong finished;
};

#define GATEWAY_PAGE "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n" \
                     "<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n"

static void
log_request (TptSandboxExchange *self)
{
  JsonObject *entry;
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));
  g_autofree char *time = tpt_sandbox_time_format (TPT_SANDBOX_NOW (self->context));

  if (g_str_has_prefix (self->path, "/_sandbox"))
    return;

  entry = json_object_new ();
  json_object_set_string_member (entry, "method", soup_server_message_get_method (self->message));
  json_object_set_string_member (entry, "path", self->path);
  json_object_set_string_member (entry, "query", query);
  json_object_set_int_member (entry, "status", soup_server_message_get_status (self->message));
  json_object_set_string_member (entry, "time", time);
  json_array_add_object_element (self->context->requests, entry);
}

static void
route (TptSandboxExchange *self)
{
  tpt_sandbox_dispatch (self->context, self->message, self->path, self->query);
}

/* Writes the head of the whole answer and only the first @length bytes of its body, then hangs
 * up. */
static void
cut (TptSandboxExchange *self,
     gsize               length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autoptr (GBytes) body = soup_message_body_flatten (
    soup_server_message_get_response_body (self->message));
  guint status = soup_server_message_get_status (self->message);
  g_autofree char *head = g_strdup_printf (
    "HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
    status, soup_status_get_phrase (status), soup_message_headers_get_content_type (headers, NULL),
    g_bytes_get_size (body));
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (self->message);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  /* The other end may have gone: nobody is left to tell. */
  g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (output, g_bytes_get_data (body, NULL),
                             MIN (length, g_bytes_get_size (body)), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
set_header_cb (JsonObject *object,
               const char *name,
               JsonNode   *node,
               gpointer    headers)
{
  soup_message_headers_replace (headers, name, json_node_get_string (node));
}

static void
replace_answer (TptSandboxExchange *self)
{
  TptSandboxFault *fault = self->fault;
  SoupServerMessage *message = self->message;
  const char *body = fault->body;

  if (fault->status > 0)
    soup_server_message_set_status (message, (guint) fault->status, NULL);
  if (fault->html || body != NULL || fault->status > 0)
    {
      if (body == NULL)
        body = fault->html ? GATEWAY_PAGE : fault->status < 500 ? "{}" :
               "{\"title\":\"Internal Server Error\",\"message\":\"The server encountered an "
               "unexpected condition that prevented it from fulfilling the request.\"}";
      soup_server_message_set_response (message, fault->html ? "text/html" : "application/json",
                                        SOUP_MEMORY_COPY, body, strlen (body));
    }
  if (fault->headers != NULL)
    json_object_foreach_member (fault->headers, set_header_cb,
                                soup_server_message_get_response_headers (message));
}

/* FALSE: the connection is not libsoup's any more. */
static gboolean
answer (TptSandboxExchange *self)
{
  TptSandboxFault *fault = self->fault;
  gboolean replaces = fault != NULL && (fault->status > 0 || fault->body != NULL || fault->html);

  if (fault == NULL || (!fault->after && !fault->drop && !replaces))
    route (self);
  if (fault != NULL)
    replace_answer (self);
  log_request (self);

  if (fault != NULL && fault->drop)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (self->message);

      g_io_stream_close (stream, NULL, NULL);
      return FALSE;
    }
  if (fault != NULL && fault->truncate >= 0)
    {
      cut (self, (gsize) fault->truncate);
      return FALSE;
    }

  return TRUE;
}

static gboolean
delay_cb (gpointer user_data)
{
  TptSandboxExchange *self = user_data;

  self->timer = 0;
  if (answer (self))
    soup_server_message_unpause (self->message);
  self->done (self, self->user_data);

  return G_SOURCE_REMOVE;
}

/* The client went away before its answer was due. */
static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  TptSandboxExchange *self = user_data;

  if (self->timer != 0)
    self->done (self, self->user_data);
}

TptSandboxExchange *
tpt_sandbox_exchange_new (TptSandboxContext *context,
                          SoupServerMessage *message,
                          const char        *path,
                          GHashTable        *query)
{
  TptSandboxExchange *self = g_new0 (TptSandboxExchange, 1);

  self->context = context;
  self->message = g_object_ref (message);
  self->path = g_strdup (path);
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
  if (!g_str_has_prefix (path, "/_sandbox"))
    self->fault = tpt_sandbox_faults_take (context->faults,
                                           soup_server_message_get_method (message), path);

  return self;
}

void
tpt_sandbox_exchange_free (TptSandboxExchange *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_signal_handler (&self->finished, self->message);
  g_clear_object (&self->message);
  g_free (self->path);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->fault, tpt_sandbox_fault_free);
  g_free (self);
}

/* Answers at once or, when a fault says so, later; @done is called when nothing is left to do
 * and may free us. */
void
tpt_sandbox_exchange_run (TptSandboxExchange     *self,
                          TptSandboxExchangeDone  done,
                          gpointer                user_data)
{
  self->done = done;
  self->user_data = user_data;

  /* A fault that comes "after" changes the world first and spoils the answer then. */
  if (self->fault != NULL && self->fault->after)
    route (self);
  if (self->fault == NULL || self->fault->delay_ms <= 0)
    {
      answer (self);
      done (self, user_data);
      return;
    }

  self->finished = g_signal_connect (self->message, "finished", G_CALLBACK (finished_cb), self);
  soup_server_message_pause (self->message);
  self->timer = g_timeout_add ((guint) self->fault->delay_ms, delay_cb, self);
}
