/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-program.h"

#include <json-glib/json-glib.h>
#include <signal.h>
#include <sys/prctl.h>

#include "tpt-test.h"

struct _TptBenchProgram
{
  GSubprocess *process;
  JsonParser *ready;
};

static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/**
 * tpt_bench_program_start:
 * @arguments: the program and what it is given
 *
 * Waits until it is ready. It does not outlive a benchmark that is interrupted.
 */
TptBenchProgram *
tpt_bench_program_start (const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  TptBenchProgram *self = g_new0 (TptBenchProgram, 1);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  self->ready = json_parser_new ();
  json_parser_load_from_data (self->ready, line, -1, &error);
  g_assert_no_error (error);

  return self;
}

/* A port of loopback that nobody had a moment ago. */
guint16
tpt_bench_program_find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);

  return port;
}

/* What the line of JSON said under @name. */
const char *
tpt_bench_program_get (TptBenchProgram *self,
                       const char      *name)
{
  return json_object_get_string_member (json_node_get_object (json_parser_get_root (self->ready)),
                                        name);
}

/* The number of its process. */
const char *
tpt_bench_program_get_id (TptBenchProgram *self)
{
  return g_subprocess_get_identifier (self->process);
}

/* Ends it and frees @self. */
void
tpt_bench_program_stop (TptBenchProgram *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->process);
  g_object_unref (self->ready);
  g_free (self);
}

/* Returns: (transfer full): what a program that ends by itself has printed, but the line's end */
char *
tpt_bench_program_read (const char *const *arguments)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return g_strchomp (output);
}

/**
 * tpt_bench_request:
 * @token: (nullable)
 * @json: (nullable): the body
 *
 * One request, during which the main context goes on. Returns: (transfer full): the answer's body
 */
GBytes *
tpt_bench_request (SoupSession *session,
                   const char  *method,
                   const char  *url,
                   const char  *token,
                   const char  *json)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GBytes *body;

  g_assert_nonnull (message);
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    bearer);
    }
  if (json != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, tpt_test_result_cb,
                                    &waiting);
  result = tpt_test_await (&waiting);
  body = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    g_error ("%s %s: %u %.*s", method, url, soup_message_get_status (message),
             (int) g_bytes_get_size (body), (const char *) g_bytes_get_data (body, NULL));

  return body;
}
