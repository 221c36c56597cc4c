/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "relay-fixture.h"
#include "tpt-test.h"

#define ACTIVATE "/usr/bin/systemd-socket-activate"

/* The service manager's part: a socket that listens whether or not a relay runs. */
static GSocket *
listen_at (const char *path)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, address, FALSE, &error));
  g_assert_true (g_socket_listen (socket, &error));

  return socket;
}

static char *
socket_path_of (Relay *relay)
{
  return g_build_filename (relay->directory, "relay.sock", NULL);
}

/* Only the process itself knows the number that LISTEN_PID has to be. */
static GSubprocess *
spawn_with (Relay            *relay,
            GSocket          *socket,
            GSubprocessFlags  flags)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "LISTEN_FDS", "1", TRUE);
  g_subprocess_launcher_take_fd (launcher, dup (g_socket_get_fd (socket)), 3);
  process = g_subprocess_launcher_spawn (launcher, &error, "/bin/sh", "-c",
                                         "LISTEN_PID=$$ exec \"$0\" --config \"$1\"",
                                         relay->program, relay->config, NULL);
  g_assert_no_error (error);

  return process;
}

static void
start_with (Relay   *relay,
            GSocket *socket)
{
  relay->process = spawn_with (relay, socket, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  relay_await_ready (relay);
}

static GSocketConnection *
send_question (Relay *relay)
{
  GSocketConnection *connection = relay_connect (relay);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const char *question = "GET /healthz HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n";

  g_assert_true (g_output_stream_write_all (out, question, strlen (question), NULL, NULL, NULL));

  return connection;
}

static void
assert_answered (GSocketConnection *connection)
{
  g_autofree char *answer = relay_read_all (connection);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
}

/* Who comes while the relay is stopped is answered by the next one. */
static void
test_restart (void)
{
  g_autoptr (Relay) relay = relay_new ("unix", "");
  g_autofree char *path = socket_path_of (relay);
  g_autoptr (GSocket) socket = listen_at (path);
  g_autoptr (GSocketConnection) first = NULL;
  g_autoptr (GSocketConnection) between = NULL;

  start_with (relay, socket);
  g_assert_true (g_str_has_suffix (relay->listen, path));
  first = send_question (relay);
  assert_answered (first);
  relay_stop (relay);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  between = send_question (relay);
  start_with (relay, socket);
  assert_answered (between);
}

/* Nobody would ever take those who connect there. */
static void
test_other_socket (void)
{
  g_autoptr (Relay) relay = relay_new ("unix", "");
  g_autofree char *path = g_build_filename (relay->directory, "other.sock", NULL);
  g_autoptr (GSocket) socket = listen_at (path);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *said = NULL;

  process = spawn_with (relay, socket, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 74);
  g_assert_nonnull (strstr (said, path));
  g_assert_nonnull (strstr (said, "and the configuration does not"));
}

/* A descriptor of somebody else's: this process was not meant. */
static void
test_other_process (void)
{
  g_autoptr (Relay) relay = relay_new ("unix", "");
  g_autoptr (GSocketConnection) connection = NULL;

  g_setenv ("LISTEN_PID", "1", TRUE);
  g_setenv ("LISTEN_FDS", "1", TRUE);
  relay_start (relay);
  g_unsetenv ("LISTEN_PID");
  g_unsetenv ("LISTEN_FDS");
  connection = send_question (relay);
  assert_answered (connection);
}

/* systemd's program says so; its socket is there before it listens. */
static void
await_listening (GSubprocess *process)
{
  GInputStream *said = g_subprocess_get_stderr_pipe (process);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (said);
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  do
    {
      g_free (line);
      line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
      g_assert_nonnull (line);
    }
  while (strstr (line, "Listening on ") == NULL);
}

/* systemd's own program opens the socket and starts the relay with the first connection. */
static void
test_systemd (void)
{
  g_autoptr (Relay) relay = relay_new ("unix", "");
  g_autofree char *path = socket_path_of (relay);
  const char *const argv[] = { ACTIVATE, "--listen", path, relay->program, "--config",
                               relay->config, NULL };
  g_autoptr (GSocketConnection) connection = NULL;

  relay->process = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                G_SUBPROCESS_FLAGS_STDERR_PIPE, argv);
  await_listening (relay->process);
  relay->address = G_SOCKET_CONNECTABLE (g_unix_socket_address_new (path));
  connection = send_question (relay);
  assert_answered (connection);
}

static char *
hear (GSocket *manager)
{
  char told[64];
  g_autoptr (GError) error = NULL;
  gssize size = g_socket_receive (manager, told, sizeof told, NULL, &error);

  g_assert_no_error (error);

  return g_strndup (told, (gsize) size);
}

static void
assert_told (GSocket    *manager,
             const char *what)
{
  g_autofree char *told = hear (manager);

  g_assert_cmpstr (told, ==, what);
}

/* The service manager hears that it is ready, that its main loop turns, and that it stops. */
static void
test_manager (void)
{
  g_autoptr (Relay) relay = relay_new ("unix", "");
  g_autofree char *path = g_build_filename (relay->directory, "notify.sock", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) manager = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, 0,
                                              NULL);
  g_autofree char *told = NULL;

  g_assert_true (g_socket_bind (manager, address, FALSE, NULL));
  g_socket_set_timeout (manager, 20);
  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  g_setenv ("WATCHDOG_USEC", "400000", TRUE);
  relay_start (relay);
  g_unsetenv ("NOTIFY_SOCKET");
  g_unsetenv ("WATCHDOG_USEC");

  assert_told (manager, "READY=1");
  assert_told (manager, "WATCHDOG=1");
  assert_told (manager, "WATCHDOG=1");
  g_subprocess_send_signal (relay->process, SIGTERM);
  do
    {
      g_clear_pointer (&told, g_free);
      told = hear (manager);
    }
  while (strcmp (told, "WATCHDOG=1") == 0);
  g_assert_cmpstr (told, ==, "STOPPING=1");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/activation/restart", test_restart);
  g_test_add_func ("/relay/activation/other-socket", test_other_socket);
  g_test_add_func ("/relay/activation/other-process", test_other_process);
  g_test_add_func ("/relay/activation/systemd", test_systemd);
  g_test_add_func ("/relay/activation/manager", test_manager);

  return g_test_run ();
}
