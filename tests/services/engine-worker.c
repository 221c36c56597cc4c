/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <unistd.h>

#include "tpt-api-client.h"
#include "tpt-memory-token-store.h"
#include "tpt-services.h"
#include "tpt-test.h"

/* A program to be put out into bad weather: everything that the app works with, without its window.
 * `engine-worker SPEED` waits so many times shorter than the real one between two syncs, and hardly
 * at all between two tries. TPT_TOKENS is what its keyring holds. It says each state of the engine,
 * and the monotonic time in microseconds: `idle 123`; asked for a `sync`, also how that has ended:
 * `synced` or `failed`. It ends with its input. */

typedef struct
{
  TptServices *services;
  GDataInputStream *input;
  GMainLoop *loop;
  int speed;
} Worker;

static GSource *
after_shorter (TptTime  pause,
               gpointer user_data)
{
  return tpt_pulse_timer_system.after (pause / ((Worker *) user_data)->speed, NULL);
}

static GSource *
after_moment (guint    milliseconds,
              gpointer user_data)
{
  return g_timeout_source_new (MIN (milliseconds, 1));
}

static gint64
get_now (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static void
say (const char *word)
{
  g_print ("%s %" G_GINT64_FORMAT "\n", word, g_get_monotonic_time ());
}

static void
state_cb (TptEngine *engine)
{
  switch (tpt_engine_get_state (engine))
    {
    case TPT_ENGINE_IDLE:
      say ("idle");
      break;
    case TPT_ENGINE_SYNCING:
      say ("syncing");
      break;
    case TPT_ENGINE_OFFLINE:
      g_printerr ("%s\n", tpt_engine_get_message (engine));
      say ("offline");
      break;
    default:
      g_assert_not_reached ();
    }
}

static TptServices *
open_services (void)
{
  g_autoptr (TptTokenStore) secrets = tpt_memory_token_store_new ();
  g_autofree char *key = g_base64_encode ((const guchar *) "0123456789abcdef0123456789abcdef",
                                          TPT_STORE_KEY_BYTES);
  TptServicesOptions options = { .secrets = secrets };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptServices *services;

  tpt_token_store_save (secrets, TPT_SECRET_DATABASE_KEY, key, NULL, &error);
  g_assert_no_error (error);
  tpt_token_store_save (secrets, TPT_SECRET_TOKENS, g_getenv ("TPT_TOKENS"), NULL, &error);
  g_assert_no_error (error);
  tpt_services_open_async (&options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  services = tpt_services_open_finish (result, &error);
  g_assert_no_error (error);

  return services;
}

static void
synced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = tpt_engine_sync_finish (TPT_ENGINE (source), result, &error);
  if (report == NULL)
    g_printerr ("%s\n", error->message);
  say (report != NULL ? "synced" : "failed");
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Worker *worker = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  line = g_data_input_stream_read_line_finish (worker->input, result, NULL, &error);
  g_assert_no_error (error);
  if (line == NULL)
    {
      g_main_loop_quit (worker->loop);
      return;
    }
  g_assert_cmpstr (line, ==, "sync");
  tpt_engine_sync_async (worker->services->engine, NULL, NULL, synced_cb, NULL);
  g_data_input_stream_read_line_async (worker->input, G_PRIORITY_DEFAULT, NULL, line_cb, worker);
}

static void
close_services (TptServices *services)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_services_close_async (services, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_services_close_finish (services, result, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stdin_stream);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TptServices) services = NULL;
  Worker worker = { .input = input, .loop = loop };
  const TptPulseTimer pulse_timer = { after_shorter, &worker };
  const TptApiTimer api_timer = { get_now, after_moment, NULL };

  g_assert_cmpint (argc, ==, 2);
  worker.speed = atoi (argv[1]);
  g_assert_cmpint (worker.speed, >, 0);
  services = worker.services = open_services ();
  tpt_engine_set_timer (services->engine, &pulse_timer);
  tpt_api_client_set_timer (services->client, &api_timer);
  g_signal_connect (services->engine, "notify::state", G_CALLBACK (state_cb), NULL);
  say ("open");
  tpt_services_start (services);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, line_cb, &worker);
  g_main_loop_run (loop);
  close_services (services);

  return EXIT_SUCCESS;
}
