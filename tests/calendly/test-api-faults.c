/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"

/* The other server of the redirect tests: nobody shall ever come here. */
static guint visits;

static void
visit_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  visits++;
  soup_server_message_set_status (message, 200, NULL);
}

static char *
listen_elsewhere (SoupServer *server)
{
  GSList *uris;
  char *address;

  soup_server_add_handler (server, NULL, visit_cb, NULL, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  address = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return address;
}

/* Neither to another host nor to itself for ever: a token does not follow a redirect. */
static void
test_redirects (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (SoupServer) elsewhere = soup_server_new ("server-header", NULL, NULL);
  g_autofree char *address = listen_elsewhere (elsewhere);

  for (guint i = 0; i < G_N_ELEMENTS (statuses) * 2; i++)
    {
      const TptApiReply reply = { statuses[i / 2], NULL, "{}",
                                  { "Location", i % 2 == 0 ? address : "/things", NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (TptJsonTree) node = NULL;

      tpt_api_fixture_script (fixture, &reply, 1);
      node = tpt_api_fixture_send (fixture, "GET", &error);
      g_assert_null (node);
      g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE);
      g_assert_cmpuint (fixture->requests->len, ==, 1);
    }
  g_assert_cmpuint (visits, ==, 0);
  soup_server_disconnect (elsewhere);
}

/* 64 MiB of spaces, which gzip makes 64 KiB of. */
static GBytes *
make_bomb (void)
{
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  g_autofree char *block = g_malloc (1024 * 1024);

  memset (block, ' ', 1024 * 1024);
  for (guint i = 0; i < 64; i++)
    g_assert_true (g_output_stream_write_all (stream, block, 1024 * 1024, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
bomb_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  GBytes *bomb = user_data;
  gsize length;
  const char *data = g_bytes_get_data (bomb, &length);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_append (soup_server_message_get_response_headers (message),
                               "Content-Encoding", "gzip");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, data, length);
}

static gsize
resident_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);

  return (gsize) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

static void
test_bomb (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GBytes) bomb = make_bomb ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) node = NULL;
  gsize before;

  soup_server_remove_handler (fixture->server, NULL);
  soup_server_add_handler (fixture->server, NULL, bomb_cb, bomb, NULL);
  before = resident_kib ();
  node = tpt_api_fixture_send (fixture, "GET", &error);
  g_assert_null (node);
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE);
  g_assert_cmpuint (tpt_api_client_get_requests (fixture->client), ==, 1);
  g_assert_cmpuint (resident_kib () - before, <, 48 * 1024);
}

/* A server of bytes: sends @head, then does nothing or hangs up. */
typedef struct
{
  const char *head;
  gboolean hang_up;
  guint connections;
  GPtrArray *open;
} RawServer;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  RawServer *raw = user_data;
  GSocketConnection *connection = g_object_get_data (source, "connection");
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  if (raw->head != NULL)
    g_output_stream_write_all (output, raw->head, strlen (raw->head), NULL, NULL, NULL);
  if (raw->hang_up)
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source_object,
             gpointer           user_data)
{
  RawServer *raw = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));

  raw->connections++;
  g_ptr_array_add (raw->open, g_object_ref (connection));
  g_object_set_data (G_OBJECT (input), "connection", connection);
  g_input_stream_read_bytes_async (input, 4096, G_PRIORITY_DEFAULT, NULL, read_cb, raw);

  return TRUE;
}

static GError *
ask_raw (TptApiFixture *fixture,
         const char    *method,
         RawServer     *raw,
         guint          deadline_ms)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (TptApiClient) client
      = tpt_api_client_new (address, TPT_TOKEN_SOURCE (fixture->tokens));
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  raw->open = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), raw);
  tpt_api_client_set_deadline (client, deadline_ms);
  tpt_api_client_send_async (client, method, tpt_api_fixture_path (method), NULL, NULL, NULL,
                             tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_api_client_send_finish (client, result, &error));
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_ptr_array_unref (raw->open);

  return error;
}

/* Silence, at once or in the middle, ends with the deadline; a connection that breaks is tried
 * again. */
static void
test_broken (void)
{
  static const struct
  {
    const char *head;
    gboolean hang_up;
    TptApiError code;
  } cases[] = {
    { NULL, FALSE, TPT_API_ERROR_UNAVAILABLE },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
      "Content-Length: 100\r\n\r\n{\"a\":", FALSE, TPT_API_ERROR_UNAVAILABLE },
    { NULL, TRUE, TPT_API_ERROR_UNAVAILABLE },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
      "Content-Length: 100\r\n\r\n{\"a\":", TRUE, TPT_API_ERROR_UNAVAILABLE },
    /* libsoup takes the end of the connection for the end of the chunks, and hands on what
     * it cannot unpack. */
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n", TRUE, TPT_API_ERROR_PROTOCOL },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
      "Content-Length: 4\r\n\r\nabcd", TRUE, TPT_API_ERROR_PROTOCOL },
    { "nonsense\r\n\r\n", TRUE, TPT_API_ERROR_UNAVAILABLE },
  };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RawServer raw = { cases[i].head, cases[i].hang_up, 0, NULL };
      g_autoptr (GError) error = ask_raw (fixture, "POST", &raw, cases[i].hang_up ? 20000 : 50);

      g_assert_error (error, TPT_API_ERROR, (int) cases[i].code);
      /* What changes something is never sent twice. */
      g_assert_cmpuint (raw.connections, ==, 1);
    }
}

static void
test_offline (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  static const char *const addresses[]
      = { "http://127.0.0.1:1", "http://nowhere.invalid", "https://nowhere.invalid" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (TptApiClient) client
          = tpt_api_client_new (addresses[i], TPT_TOKEN_SOURCE (fixture->tokens));
      g_autoptr (GError) error = NULL;
      TptTestResult waiting = { NULL };
      g_autoptr (GAsyncResult) result = NULL;

      tpt_api_client_send_async (client, "POST", "/scheduling_links", NULL, NULL, NULL,
                                 tpt_test_result_cb, &waiting);
      result = tpt_test_await (&waiting);
      g_assert_null (tpt_api_client_send_finish (client, result, &error));
      g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_OFFLINE);
    }
}

/* Canceled before, while it is sent, and while it waits to be sent again. */
static void
test_cancelled (void)
{
  static const TptApiReply limited = { 429, NULL, "{}", { "Retry-After", "600", NULL } };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();

  tpt_api_client_set_timer (fixture->client, &tpt_api_timer_system);
  tpt_api_fixture_script (fixture, &limited, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      TptTestResult waiting = { NULL };
      g_autoptr (GAsyncResult) result = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      tpt_api_client_send_async (fixture->client, "GET", "/scheduled_events", NULL, NULL,
                                 cancellable, tpt_test_result_cb, &waiting);
      while (i == 2 && tpt_api_client_get_retries (fixture->client) == 0)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      result = tpt_test_await (&waiting);
      g_assert_null (tpt_api_client_send_finish (fixture->client, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/api-faults/redirects", test_redirects);
  g_test_add_func ("/calendly/api-faults/bomb", test_bomb);
  g_test_add_func ("/calendly/api-faults/broken", test_broken);
  g_test_add_func ("/calendly/api-faults/offline", test_offline);
  g_test_add_func ("/calendly/api-faults/cancelled", test_cancelled);

  return g_test_run ();
}
