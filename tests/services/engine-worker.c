/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <unistd.h>

#include "services-opening.h"
#include "tpt-api-client.h"

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

int
main (int    argc,
      char **argv)
{
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stdin_stream);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TptTokenStore) secrets = services_opening_make_secrets (g_getenv ("TPT_TOKENS"));
  g_autoptr (TptServices) services = NULL;
  TptServicesOptions options = { .secrets = secrets };
  Worker worker = { .input = input, .loop = loop };
  const TptPulseTimer pulse_timer = { after_shorter, &worker };
  const TptApiTimer api_timer = { get_now, after_moment, NULL };

  g_assert_cmpint (argc, ==, 2);
  worker.speed = atoi (argv[1]);
  g_assert_cmpint (worker.speed, >, 0);
  services = worker.services = services_opening_open (&options);
  tpt_engine_set_timer (services->engine, &pulse_timer);
  tpt_api_client_set_timer (services->client, &api_timer);
  g_signal_connect (services->engine, "notify::state", G_CALLBACK (state_cb), NULL);
  say ("open");
  tpt_services_start (services);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, line_cb, &worker);
  g_main_loop_run (loop);
  services_opening_close (services);

  return EXIT_SUCCESS;
}
