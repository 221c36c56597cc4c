/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>

#include "tpt-webhook-signature.h"

#define BACKLOG 1024

/* What the relay is measured against: a SoupServer that checks the signature of a webhook and
 * forgets it. */

static const char *const keys[] = { "the-app-key", NULL };

static void
webhook_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *signature = soup_message_headers_get_one (headers, "Calendly-Webhook-Signature");
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  gboolean good = tpt_webhook_signature_verify (signature, data, length, keys, NULL, NULL);

  soup_server_message_set_status (message, good ? 200 : 401, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (socket, BACKLOG);
  g_socket_bind (socket, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (socket, NULL);
  soup_server_add_handler (server, NULL, webhook_cb, NULL, NULL);
  soup_server_listen_socket (server, socket, 0, &error);
  g_assert_no_error (error);
  g_print ("{\"port\":\"%u\"}\n", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_main_loop_run (loop);

  return 0;
}
