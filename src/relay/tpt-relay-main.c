/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <gnutls/gnutls.h>
#include <json-glib/json-glib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tpt-config.h"
#include "tpt-json-write.h"
#include "tpt-relay-audit-log.h"
#include "tpt-relay-code.h"
#include "tpt-relay-error.h"
#include "tpt-relay-log.h"
#include "tpt-relay-notify.h"
#include "tpt-relay-server.h"

/* Where what was looked at is not as it should be. */
#define EXIT_BAD     1
/* By sysexits.h. */
#define EXIT_USAGE   64
#define EXIT_BROKEN  74
#define EXIT_CONFIG  78
#define CONFIG_PATH  "/etc/touchpoint-relay/relay.conf"

typedef struct
{
  char     *config;
  char     *listen;
  char     *journal;
  gboolean  any_address;
  gboolean  show_version;
  char    **rest;
} Options;

typedef struct
{
  GMainLoop       *loop;
  TptRelayContext *context;
  TptRelayServer  *server;
} Service;

/* Keys and tokens are in this process: no core file, no debugger of the same user, no file for
 * others. */
static void
harden (void)
{
  struct rlimit none = { 0, 0 };

  umask (077);
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
}

static gboolean
parse_options (int       *argc,
               char    ***argv,
               Options   *options,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "The key file", "FILE" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &options->listen, "Where to listen",
      "unix:PATH|tcp:127.0.0.1:PORT" },
    { "journal", 'j', 0, G_OPTION_ARG_STRING, &options->journal, "Where events are kept",
      "sqlite:PATH|postgres:CONNINFO" },
    { "i-know-this-is-not-a-proxy", 0, 0, G_OPTION_ARG_NONE, &options->any_address,
      "Listen on more than loopback, without TLS", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->show_version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->rest, NULL,
      "[check|enrol-code|audit-verify FILE [HASH]]" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context,
                                "Receives Calendly's webhooks and streams them to desktops.");
  g_option_context_add_main_entries (context, entries, NULL);

  return g_option_context_parse (context, argc, argv, error);
}

/* What one makes here belongs to who makes it, which for another user's service is closed. That its
 * directory is the service's own is what a package and systemd see to. */
static gboolean
check_maker (TptRelayConfig  *config,
             GError         **error)
{
  const char *path = config->journal + strlen ("sqlite:");
  g_autofree char *directory = NULL;
  struct stat status;

  if (!g_str_has_prefix (config->journal, "sqlite:") || g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  directory = g_path_get_dirname (path);
  if (stat (directory, &status) < 0 || status.st_uid == geteuid ())
    return TRUE;
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL,
               "Journal %s: is not there yet, and %s is not yours; start the relay first", path,
               directory);

  return FALSE;
}

static int
print_code (TptRelayConfig *config)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayJournal) journal = NULL;
  g_autofree char *code = NULL;

  /* A reader leaves a running relay alone; only where nothing is yet, this makes it. */
  journal = tpt_relay_journal_open (config->journal, TPT_RELAY_JOURNAL_READER, NULL);
  if (journal == NULL && check_maker (config, &error))
    journal = tpt_relay_journal_open (config->journal, TPT_RELAY_JOURNAL_WRITER, &error);
  if (journal == NULL)
    {
      g_printerr ("touchpoint-relay: %s\n", error->message);
      return EXIT_BROKEN;
    }
  code = tpt_relay_code_make (tpt_relay_journal_get_code_key (journal),
                              g_get_real_time () / G_USEC_PER_SEC);
  g_print ("%s\n", code);

  return 0;
}

/* One line that a program waits for. */
static void
say_ready (TptRelayServer *server)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "listen");
  json_builder_add_string_value (builder, tpt_relay_server_get_address (server));
  json_builder_set_member_name (builder, "version");
  json_builder_add_string_value (builder, TPT_VERSION);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = tpt_json_write (root, FALSE);
  printf ("%s\n", line);
  fflush (stdout);
  tpt_relay_notify ("READY=1");
}

static gboolean
stopped_cb (gpointer user_data)
{
  Service *service = user_data;

  g_main_loop_quit (service->loop);

  return G_SOURCE_REMOVE;
}

static gboolean
terminate_cb (gpointer user_data)
{
  Service *service = user_data;

  if (service->server == NULL)
    return G_SOURCE_CONTINUE;
  tpt_relay_notify ("STOPPING=1");
  g_cancellable_cancel (service->context->stopping);
  tpt_relay_server_stop (service->server, stopped_cb, service);

  /* For good: without a handler the next signal would end the process at once. */
  return G_SOURCE_CONTINUE;
}

/* The operator has put a new signing key into its file. */
static gboolean
reload_cb (gpointer user_data)
{
  Service *service = user_data;
  g_autoptr (GError) error = NULL;

  if (service->context != NULL && !tpt_relay_context_reload_keys (service->context, &error))
    g_message ("The signing keys stay as they were: %s", error->message);

  return G_SOURCE_CONTINUE;
}

static int
serve (TptRelayConfig *config)
{
  /* First, so that it outlives the others: their end runs the main loop, too. */
  Service service = { NULL, NULL, NULL };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayContext) context = tpt_relay_context_new (config, &error);
  g_autoptr (TptRelayServer) server = NULL;

  if (context != NULL)
    server = tpt_relay_server_new (context, &error);
  if (server == NULL)
    {
      g_printerr ("touchpoint-relay: %s\n", error->message);
      return EXIT_BROKEN;
    }
  service = (Service) { loop, context, server };
  g_unix_signal_add (SIGTERM, terminate_cb, &service);
  g_unix_signal_add (SIGINT, terminate_cb, &service);
  g_unix_signal_add (SIGHUP, reload_cb, &service);
  tpt_relay_log_versions ();
  tpt_relay_context_anchor (context);
  say_ready (server);
  tpt_relay_notify_start_watchdog ();
  g_main_loop_run (loop);
  /* A signal that comes from now on finds nothing to stop. */
  service.server = NULL;
  service.context = NULL;
  tpt_relay_log_event ("stopped", NULL);

  return 0;
}

/* What else only shows when the journal is opened, which `check` does not do: the relay may be at
 * work. */
static gboolean
check_journal (TptRelayConfig  *config,
               GError         **error)
{
  g_autofree char *directory = NULL;

  if (!g_str_has_prefix (config->journal, "sqlite:"))
    return TRUE;
  directory = g_path_get_dirname (config->journal + strlen ("sqlite:"));
  if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
    return tpt_relay_error_config (error, "journal=%s: there is no directory %s", config->journal,
                                   directory);
  if (access (directory, W_OK | X_OK) < 0)
    return tpt_relay_error_config (error, "journal=%s: %s cannot be written: %s", config->journal,
                                   directory, g_strerror (errno));

  return TRUE;
}

static int
check (TptRelayConfig *config)
{
  g_autoptr (GError) error = NULL;
  gboolean good = check_journal (config, &error);
  gboolean is_whole = (config->webhook_keys_path == NULL || config->webhook_keys[0] != NULL) &&
                      (config->admin_listen == NULL || config->admin_tokens != NULL);

  tpt_relay_config_free (config);
  if (good)
    g_print ("The configuration is good.\n%s", is_whole ? "" :
             "What systemd hands to the service was not read; it is when the service starts.\n");
  else
    g_printerr ("touchpoint-relay: %s\n", error->message);

  return good ? 0 : EXIT_CONFIG;
}

static int
run_command (Options        *options,
             TptRelayConfig *config)
{
  const char *command = options->rest != NULL ? options->rest[0] : NULL;

  if (command == NULL)
    {
      tpt_relay_log_start ();
      return serve (config);
    }
  if (strcmp (command, "enrol-code") == 0)
    {
      int status = print_code (config);

      tpt_relay_config_free (config);
      return status;
    }

  return check (config);
}

/* A code needs no keys, and who asks for one may be nobody who can read them. */
static TptRelayConfigPurpose
find_purpose (char **rest)
{
  if (rest == NULL)
    return TPT_RELAY_CONFIG_SERVE;

  return strcmp (rest[0], "check") == 0 ? TPT_RELAY_CONFIG_CHECK : TPT_RELAY_CONFIG_JOURNAL;
}

static gboolean
is_known (char **rest)
{
  return rest == NULL || (rest[1] == NULL && (strcmp (rest[0], "check") == 0 ||
                                              strcmp (rest[0], "enrol-code") == 0));
}

/* @rest: `audit-verify`, a file or `-`, and, where it is there, a hash out of the system's log */
static int
verify_audit (char **rest)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (rest[1]);
  g_autoptr (GInputStream) stream = NULL;
  g_auto (TptRelayAuditLog) log = { 0 };
  g_autoptr (GError) error = NULL;

  if (strcmp (rest[1], "-") == 0)
    stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  else
    stream = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  if (stream != NULL && tpt_relay_audit_log_verify (&log, stream, rest[2], &error))
    {
      g_print ("%" G_GUINT64_FORMAT " rows are good; the last is %" G_GINT64_FORMAT " with %s\n",
               log.rows, log.last, log.hash);
      return 0;
    }
  if (!g_error_matches (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_AUDIT))
    {
      g_printerr ("touchpoint-relay: %s: %s\n", rest[1], error->message);
      return EXIT_BROKEN;
    }
  g_printerr ("touchpoint-relay: %s:%" G_GUINT64_FORMAT ": %s\n", rest[1], log.rows + 1,
              error->message);

  return EXIT_BAD;
}

static gboolean
is_verification (char **rest)
{
  return rest != NULL && strcmp (rest[0], "audit-verify") == 0 && rest[1] != NULL &&
         (rest[2] == NULL || rest[3] == NULL);
}

static int
run (Options *options)
{
  g_autoptr (GError) error = NULL;
  TptRelayConfig *config;

  if (options->show_version)
    {
      g_autofree char *libraries = tpt_relay_log_print_libraries ();

      g_print ("touchpoint-relay %s\n%s\n", TPT_VERSION, libraries);
      return 0;
    }
  if (is_verification (options->rest))
    return verify_audit (options->rest);
  if (!is_known (options->rest))
    {
      g_printerr ("touchpoint-relay: unknown command; there are check, enrol-code and"
                  " audit-verify FILE\n");
      return EXIT_USAGE;
    }
  config = tpt_relay_config_load (options->config != NULL ? options->config : CONFIG_PATH,
                                  options->listen, options->journal, options->any_address,
                                  find_purpose (options->rest), &error);
  if (config == NULL)
    {
      g_printerr ("touchpoint-relay: %s\n", error->message);
      return EXIT_CONFIG;
    }

  return run_command (options, config);
}

int
main (int    argc,
      char **argv)
{
  Options options = { NULL, NULL, NULL, FALSE, FALSE, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  harden ();
  if (sodium_init () < 0 || gnutls_global_init () < 0)
    g_error ("No cryptography");
  if (!parse_options (&argc, &argv, &options, &error))
    {
      g_printerr ("touchpoint-relay: %s\n", error->message);
      return EXIT_USAGE;
    }
  status = run (&options);
  g_free (options.config);
  g_free (options.listen);
  g_free (options.journal);
  g_strfreev (options.rest);

  return status;
}
