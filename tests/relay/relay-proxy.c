/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-proxy.h"

#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tpt-test.h"

#define FRONT_DESCRIPTOR 3

static GString *
read_example (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "relay", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return g_string_new (text);
}

static void
replace (GString    *text,
         const char *from,
         const char *to,
         guint       times)
{
  g_assert_cmpuint (g_string_replace (text, from, to, 0), ==, times);
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
make_nginx_config (Proxy *self)
{
  const char *directory = self->relay->directory;
  g_autoptr (GString) text = read_example ("nginx.conf.example");
  g_autofree char *relay_socket = g_strdup_printf ("unix:%s/relay.sock", directory);
  g_autofree char *front = g_strdup_printf ("listen unix:%s/front.sock;", directory);
  g_autofree char *log = g_strdup_printf ("%s/access.log", directory);

  replace (text, "unix:/run/touchpoint-relay/http.sock", relay_socket, 1);
  replace (text, "listen 443 ssl http2;", front, 1);
  replace (text, "/var/log/nginx/touchpoint-relay.log", log, 1);
  drop_lines (text, "ssl_");

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
  Proxy *self = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (client, self->front.address,
                                                                      NULL, NULL);

  return connection != NULL;
}

static void
start_nginx (Proxy *self)
{
  g_autofree char *text = make_nginx_config (self);
  g_autofree char *config = g_build_filename (self->relay->directory, "nginx.conf", NULL);
  g_autofree char *socket = g_build_filename (self->relay->directory, "front.sock", NULL);
  const char *const argv[] = { "/usr/sbin/nginx", "-p", self->relay->directory, "-c", config,
                               NULL };

  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  self->front.address = G_SOCKET_CONNECTABLE (g_unix_socket_address_new (socket));
  self->process = relay_spawn (G_SUBPROCESS_FLAGS_STDERR_SILENCE, argv);
}

/* On loopback, because addresses are what its limits count. */
static GSocket *
listen_at_front (Proxy *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, any, FALSE, &error));
  g_socket_set_listen_backlog (socket, 256);
  g_assert_true (g_socket_listen (socket, &error));
  self->front.address = G_SOCKET_CONNECTABLE (g_socket_get_local_address (socket, NULL));

  return socket;
}

static char *
make_haproxy_config (Proxy *self)
{
  g_autoptr (GString) text = read_example ("haproxy.cfg.example");
  g_autofree char *relay_socket = g_strdup_printf ("unix@%s/relay.sock", self->relay->directory);

  replace (text, "unix@/run/touchpoint-relay/http.sock", relay_socket, 2);
  replace (text, "bind :443 ssl crt /etc/haproxy/relay.example.com.pem alpn h2,http/1.1",
           "bind fd@" G_STRINGIFY (FRONT_DESCRIPTOR), 1);
  replace (text, "log /dev/log local0", "log stdout format raw local0", 1);
  /* Not every machine grants the descriptors for as many. */
  replace (text, "maxconn 12000", "maxconn 200", 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
start_haproxy (Proxy *self)
{
  g_autofree char *text = make_haproxy_config (self);
  g_autofree char *config = g_build_filename (self->relay->directory, "haproxy.cfg", NULL);
  g_autofree char *log = g_build_filename (self->relay->directory, "access.log", NULL);
  g_autoptr (GSocket) socket = listen_at_front (self);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_take_fd (launcher, dup (g_socket_get_fd (socket)), FRONT_DESCRIPTOR);
  self->process = g_subprocess_launcher_spawn (launcher, &error, "/usr/sbin/haproxy", "-db", "-f",
                                               config, NULL);
  g_assert_no_error (error);
}

/* Returns: (transfer full): with its relay behind it, both running */
Proxy *
proxy_start (ProxyKind kind)
{
  Proxy *self = g_new0 (Proxy, 1);

  self->relay = relay_new ("unix", "");
  relay_start (self->relay);
  switch (kind)
    {
    case PROXY_NGINX:
      start_nginx (self);
      break;
    case PROXY_HAPROXY:
      start_haproxy (self);
      break;
    default:
      g_assert_not_reached ();
    }
  tpt_test_await_func (is_up, self);

  return self;
}

void
proxy_stop (Proxy *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_object_unref (self->process);
  g_object_unref (self->front.address);
  relay_free (self->relay);
  g_free (self);
}

typedef struct
{
  Proxy      *proxy;
  const char *word;
  char       *log;
} Search;

static gboolean
is_logged (gpointer data)
{
  Search *search = data;
  g_autofree char *path = g_build_filename (search->proxy->relay->directory, "access.log", NULL);

  g_clear_pointer (&search->log, g_free);
  g_assert_true (g_file_get_contents (path, &search->log, NULL, NULL));

  return strstr (search->log, search->word) != NULL;
}

/* Returns: what is logged once @word is: a proxy answers before it writes */
char *
proxy_await_log (Proxy      *self,
                 const char *word)
{
  Search search = { self, word, NULL };

  tpt_test_await_func (is_logged, &search);

  return search.log;
}
