/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"

/* A real nginx between client and relay, with the directives of the example that ships. Only what
 * needs a certificate or another user is left out. */
typedef struct
{
  Relay       *relay;
  GSubprocess *process;
  Relay        front; /* what the fixture's functions connect to: nginx's own socket */
} Proxy;

static char *
read_example (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "relay",
                                                 "nginx.conf.example", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
drop_lines (GString    *text,
            const char *with)
{
  g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);

  g_string_truncate (text, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], with) == NULL)
        g_string_append_printf (text, "%s\n", lines[i]);
    }
}

static char *
make_config (Proxy *proxy)
{
  const char *directory = proxy->relay->directory;
  g_autofree char *example = read_example ();
  g_autoptr (GString) text = g_string_new (example);
  g_autofree char *relay_socket = g_strdup_printf ("unix:%s/relay.sock", directory);
  g_autofree char *front = g_strdup_printf ("listen unix:%s/front.sock;", directory);
  g_autofree char *log = g_strdup_printf ("%s/access.log", directory);

  g_assert_cmpuint (g_string_replace (text, "unix:/run/touchpoint-relay/http.sock", relay_socket,
                                      0), ==, 1);
  g_assert_cmpuint (g_string_replace (text, "listen 443 ssl http2;", front, 0), ==, 1);
  g_assert_cmpuint (g_string_replace (text, "/var/log/nginx/touchpoint-relay.log", log, 0), ==, 1);
  drop_lines (text, "ssl_certificate");

  return g_strdup_printf (
      "daemon off;\nmaster_process off;\nworker_processes 1;\npid %s/nginx.pid;\n"
      "error_log %s/error.log;\nevents { worker_connections 256; }\nhttp {\n"
      "client_body_temp_path %s/t1; proxy_temp_path %s/t2; fastcgi_temp_path %s/t3;\n"
      "uwsgi_temp_path %s/t4; scgi_temp_path %s/t5;\n%s}\n",
      directory, directory, directory, directory, directory, directory, directory, text->str);
}

static gboolean
is_up (gpointer data)
{
  Proxy *proxy = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (client, proxy->front.address,
                                                                      NULL, NULL);

  return connection != NULL;
}

static void
proxy_start (Proxy *proxy)
{
  g_autofree char *text = NULL;
  g_autofree char *config = NULL;
  g_autofree char *socket = NULL;
  const char *argv[] = { "/usr/sbin/nginx", "-p", NULL, "-c", NULL, NULL };

  proxy->relay = relay_new ("unix", "");
  relay_start (proxy->relay);
  text = make_config (proxy);
  config = g_build_filename (proxy->relay->directory, "nginx.conf", NULL);
  socket = g_build_filename (proxy->relay->directory, "front.sock", NULL);
  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  proxy->front.address = G_SOCKET_CONNECTABLE (g_unix_socket_address_new (socket));
  argv[2] = proxy->relay->directory;
  argv[4] = config;
  proxy->process = relay_spawn (G_SUBPROCESS_FLAGS_STDERR_SILENCE, argv);
  tpt_test_await_func (is_up, proxy);
}

static void
proxy_stop (Proxy *proxy)
{
  g_subprocess_send_signal (proxy->process, SIGTERM);
  g_assert_true (g_subprocess_wait (proxy->process, NULL, NULL));
  g_object_unref (proxy->process);
  g_object_unref (proxy->front.address);
  relay_free (proxy->relay);
}

/* Enrol, stream, webhook, ack: all through the proxy, the event as soon as it is there. */
static void
test_way_through (void)
{
  Proxy proxy = { NULL, NULL, { NULL, NULL, NULL, NULL, NULL, NULL, NULL } };
  Device alice = { NULL, { 0 }, { 0 } };
  g_autofree char *code = NULL;
  g_autofree char *body = relay_body ("ALICE", 1);
  g_autofree char *opened = NULL;
  g_autoptr (Reply) enrolled = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;

  proxy_start (&proxy);
  code = relay_run (proxy.relay, "enrol-code", NULL);
  tpt_relay_box_make_keys (alice.public_key, alice.secret_key);
  enrolled = relay_try_enrol (&proxy.front, code, "tok-alice", "app", FALSE, &alice);
  g_assert_cmpuint (enrolled->status, ==, 201);
  alice.enrolment = tpt_relay_enrolment_decode (enrolled->body, -1, NULL);

  stream = stream_open (&proxy.front, &alice, NULL);
  hello = stream_next_of (stream, "hello");
  g_assert_cmpuint (relay_post (&proxy.front, RELAY_MAIN, RELAY_KEY, 0, body), ==, 200);
  frame = stream_next_of (stream, "webhook");
  opened = device_open (&alice, frame->data);
  g_assert_cmpstr (opened, ==, body);
  g_assert_cmpuint (relay_ack (&proxy.front, &alice, frame->id), ==, 204);
  g_assert_cmpuint (relay_post (&proxy.front, RELAY_MAIN, "wrong", 0, body), ==, 401);

  /* The relay goes: the stream ends on this side too, with the word when to come back. */
  relay_stop (proxy.relay);
  g_assert_true (stream_ends (stream));
  g_assert_cmpint (tpt_relay_parser_get_retry (stream->parser), ==, 1000);
  relay_start (proxy.relay);
  tpt_relay_enrolment_free (alice.enrolment);
  proxy_stop (&proxy);
}

/* Two readers of the same bytes: whatever nginx makes of them, nobody gets a second answer by
 * it. */
static void
test_smuggling (void)
{
  static const char *const attacks[] = {
    "POST /v1/calendly/webhook HTTP/1.1\r\nHost: r\r\nConnection: close\r\nContent-Length: 44\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: r\r\nX: y\r\n\r\n",
    "POST /v1/calendly/webhook HTTP/1.1\r\nHost: r\r\nConnection: close\r\nContent-Length: 0\r\n"
    "Content-Length: 38\r\n\r\nGET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n",
    "POST /v1/calendly/webhook HTTP/1.1\r\nHost: r\r\nConnection: close\r\n"
    "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "POST /v1/calendly/webhook HTTP/1.1\r\nHost: r\r\nConnection: close\r\n"
    "Transfer-Encoding: chunked\r\n\r\n5\n12345\n0\n\n",
  };
  Proxy proxy = { NULL, NULL, { NULL, NULL, NULL, NULL, NULL, NULL, NULL } };

  proxy_start (&proxy);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *answer = relay_raw (&proxy.front, attacks[i], -1);
      g_auto (GStrv) answers = g_strsplit (answer, "HTTP/1.1 ", -1);

      g_test_message ("%s", answer);
      g_assert_cmpuint (g_strv_length (answers), ==, 2);
      g_assert_false (g_str_has_prefix (answers[1], "200"));
    }
  proxy_stop (&proxy);
}

/* The code that Calendly sends along stays out of the log. */
static void
test_log (void)
{
  Proxy proxy = { NULL, NULL, { NULL, NULL, NULL, NULL, NULL, NULL, NULL } };
  g_autoptr (Reply) reply = NULL;
  g_autofree char *path = NULL;
  g_autofree char *log = NULL;

  proxy_start (&proxy);
  reply = relay_ask (&proxy.front, "GET", "/oauth/callback?code=very-secret", "", "");
  g_assert_cmpuint (reply->status, ==, 404);
  path = g_build_filename (proxy.relay->directory, "access.log", NULL);
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "/oauth/callback"));
  g_assert_null (strstr (log, "very-secret"));
  proxy_stop (&proxy);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/nginx/way-through", test_way_through);
  g_test_add_func ("/relay/nginx/smuggling", test_smuggling);
  g_test_add_func ("/relay/nginx/log", test_log);

  return g_test_run ();
}
