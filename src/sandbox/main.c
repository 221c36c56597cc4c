/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-server.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdlib.h>

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
parse_now_cb (const char  *name,
              const char  *value,
              gpointer     data,
              GError     **error)
{
  TptSandboxOptions *options = data;

  if (tpt_sandbox_time_parse (value, &options->now))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "“%s” is no RFC 3339 time such as 2026-03-02T09:00:00Z", value);

  return FALSE;
}

/* @port and @seed come through here because GOption knows no unsigned numbers. */
static gboolean
parse (int                 *argc,
       char              ***argv,
       TptSandboxOptions   *options,
       GError             **error)
{
  int port = 0;
  gint64 seed = 1;
  int customers = (int) options->customers;
  int meetings = (int) options->meetings;
  int own_share = (int) options->own_share;
  char *client_id = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port on 127.0.0.1 (default: a free one)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Seed of the world (default 1)", "N" },
    { "customers", 0, 0, G_OPTION_ARG_INT, &customers, "Customers (default 25)", "N" },
    { "meetings", 0, 0, G_OPTION_ARG_INT, &meetings, "Scheduled events (default 400)", "N" },
    { "own-share", 0, 0, G_OPTION_ARG_INT, &own_share,
      "Percentage of the events that the first user hosts (default 80)", "N" },
    { "now", 0, 0, G_OPTION_ARG_CALLBACK, parse_now_cb,
      "Where the clock starts; it goes on with real time (default: now)", "RFC3339" },
    { "rate-limit", 0, 0, G_OPTION_ARG_INT, &options->rate_limit,
      "Requests a user and minute; 0 switches all limits off (default 500)", "N" },
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &client_id,
      "Client ID of the native app (default sandbox-client)", "ID" },
    { "redirect-uri", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->redirect_uris,
      "A registered redirect address; may be repeated (default: loopback, touchpoint:, https)",
      "URI" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (
    "— a stand-in for Calendly on one loopback port");
  GOptionGroup *group = g_option_group_new ("sandbox", "", "", options, NULL);

  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (port < 0 || port > 65535 || customers < 1 || meetings < 0 || own_share < 0
      || own_share > 100 || options->rate_limit < 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "A number is out of range");
      return FALSE;
    }

  options->port = (guint) port;
  options->seed = (guint64) seed;
  options->customers = (guint) customers;
  options->meetings = (guint) meetings;
  options->own_share = (guint) own_share;
  if (client_id != NULL)
    options->client_id = client_id;

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  TptSandboxOptions options = TPT_SANDBOX_OPTIONS_INIT;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSandboxServer) server = NULL;
  const char *base;

  setlocale (LC_ALL, "");
  if (!parse (&argc, &argv, &options, &error))
    {
      g_printerr ("touchpoint-sandbox: %s\n", error->message);
      return 2;
    }
  server = tpt_sandbox_server_new (&options, &error);
  if (server == NULL)
    {
      g_printerr ("touchpoint-sandbox: %s\n", error->message);
      return EXIT_FAILURE;
    }

  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  base = tpt_sandbox_server_get_base (server);
  g_print ("{\"api\":\"%s\",\"auth\":\"%s\",\"booking\":\"%s\",\"control\":\"%s/_sandbox\"}\n",
           base, base, base, base);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}
