/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-worker.h"

#include "tpt-test.h"

typedef struct
{
  ServicesFixture *fixture;
  guint enough;
} Asking;

static gboolean
has_asked_enough (gpointer user_data)
{
  Asking *asking = user_data;

  return services_fixture_count_requests (asking->fixture, "/scheduled_events") >= asking->enough;
}

static void
await_end (ServicesWorker *self,
           gboolean        was_killed)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  g_subprocess_wait_async (self->process, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_subprocess_wait_finish (self->process, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_if_signaled (self->process), ==, was_killed);
  g_clear_object (&self->process);
  g_clear_object (&self->output);
  g_clear_pointer (&self->begin, g_free);
}

/* Returns: (transfer none): what it says before it begins */
const char *
services_worker_start (ServicesWorker *self,
                       const char     *home,
                       const char     *what,
                       const char     *from,
                       const char     *to)
{
  const char *argv[] = { g_getenv ("TPT_IMPORT_WORKER"), home, what, from, to, NULL };

  self->process = services_fixture_spawn (argv, &self->output);
  self->begin = services_fixture_read_line (self->output);

  return self->begin;
}

/* Lets it come to its end. Returns: (transfer full): what it says then */
char *
services_worker_finish (ServicesWorker *self)
{
  char *line = services_fixture_read_line (self->output);

  g_assert_true (g_str_has_prefix (line, "done "));
  await_end (self, FALSE);

  return line;
}

/* Until the service has heard all that was sent to it before. It takes up connections one after the
 * other, so this asks on a new one. */
static void
await_heard (ServicesFixture *fixture)
{
  g_autofree char *address = g_strconcat (fixture->control, "/requests", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_bytes_unref (soup_session_send_and_read_finish (fixture->session, result, &error));
  g_assert_no_error (error);
}

/* As soon as the service was asked so often for events and their invitees. */
void
services_worker_kill (ServicesWorker  *self,
                      ServicesFixture *fixture,
                      guint            requests)
{
  tpt_test_await_func (has_asked_enough, &(Asking) { fixture, requests });
  g_subprocess_force_exit (self->process);
  await_end (self, TRUE);
  /* What it had sent by then is no request of the next one. */
  await_heard (fixture);
}

/* Returns: (transfer full): all that is known in that home */
char *
services_worker_dump (const char *home)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                              g_getenv ("TPT_IMPORT_WORKER"), home, "dump", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return text;
}
