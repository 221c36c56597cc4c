/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tpt-command-bus.h"
#include "tpt-command.h"
#include "tpt-exit-status.h"
#include "tpt-list-file.h"
#include "tpt-paths.h"
#include "tpt-services-libraries.h"

/* Enough for any token, and no more. */
#define MOST_INPUT 65536

typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  GDBusConnection *bus;    /* with the running app on it, or NULL */
  const char *const *words;
  GString *input;          /* from stdin, while it is read */
  int status;
} Program;

/* Whether a line of progress stands at the bottom of the terminal. */
static gboolean has_progress;

static void
clear_progress (void)
{
  if (has_progress)
    fputs ("\r\033[K", stderr);
  has_progress = FALSE;
}

/* One line that changes, and only where a person looks at it. */
static void
print_progress (const char *text)
{
  if (!isatty (STDERR_FILENO))
    return;

  fprintf (stderr, "\r%s\033[K", text);
  fflush (stderr);
  has_progress = TRUE;
}

static void
print_message (const char *text)
{
  clear_progress ();
  g_printerr ("%s\n", text);
  fflush (stderr);
}

static void
message_cb (TptInvocation *invocation,
            const char    *text,
            gpointer       user_data)
{
  print_message (text);
}

static void
progress_cb (TptInvocation *invocation,
             const char    *text,
             gpointer       user_data)
{
  print_progress (text);
}

/* Where one of the standard streams is closed, the next file that is opened takes its place, and
 * what is printed ends up in there. Held open the wrong way round it goes on failing. */
static void
hold_streams (void)
{
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
    {
      if (fcntl (stream, F_GETFD) < 0)
        open ("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

/* What was asked for has to have got out. A reader that has seen enough knows that it went. */
static int
flush_output (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  if (errno != EPIPE)
    g_printerr (_("The output could not be written: %s\n"), g_strerror (errno));

  return status == TPT_EXIT_DONE ? TPT_EXIT_FAILED : status;
}

static void
end_canceled (Program *program)
{
  print_message (_("Canceled."));
  program->status = TPT_EXIT_FAILED;
  g_main_loop_quit (program->loop);
}

/* They are written down, and may have to go over the session bus. */
static gboolean
are_words_valid (const char *const *words)
{
  for (; *words != NULL; words++)
    {
      g_autofree char *shown = g_utf8_make_valid (*words, -1);

      if (g_utf8_validate (*words, -1, NULL))
        continue;
      g_printerr (_("“%s” is not UTF-8.\n"), shown);
      return FALSE;
    }

  return TRUE;
}

static void
print_outcome (const char *out,
               const char *err)
{
  clear_progress ();
  fputs (out, stdout);
  fputs (err, stderr);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Program *program = user_data;
  const char *out, *err;

  program->status = (int) tpt_invocation_run_finish (TPT_INVOCATION (source), result, &out, &err);
  print_outcome (out, err);
  g_main_loop_quit (program->loop);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  if (tpt_command_bus_call_finish (result, &program->status, &out, &err, &error))
    print_outcome (out, err);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_canceled (program);
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    {
      clear_progress ();
      g_printerr ("%s\n", _("The app that runs is of another version. Quit it, then try again."));
      program->status = TPT_EXIT_FAILED;
    }
  else
    {
      clear_progress ();
      g_dbus_error_strip_remote_error (error);
      g_printerr (_("The running app did not answer: %s\n"), error->message);
      program->status = TPT_EXIT_FAILED;
    }
  g_main_loop_quit (program->loop);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  Program *program = user_data;

  g_cancellable_cancel (program->cancellable);
  /* Nothing has begun yet that could end with that. */
  if (program->input != NULL)
    end_canceled (program);

  return G_SOURCE_CONTINUE;
}

/* stdin is read where a command says so and nowhere else: in a script it may be somebody else's. */
static gboolean
wants_input (const char *const *argv)
{
  return g_strv_contains (argv, "--token-stdin") && g_strcmp0 (argv[0], "connect") == 0;
}

/* Where it leads to as well: a link to a file is to stay one, whatever becomes of the file. */
static void
make_path_absolute (char       **word,
                    const char  *prefix)
{
  g_autofree char *path = g_canonicalize_filename (*word + strlen (prefix), NULL);
  char *real = realpath (path, NULL);

  g_free (*word);
  *word = g_strconcat (prefix, real != NULL ? real : path, NULL);
  free (real);
}

/* Whoever carries out the command has another working directory. */
static void
make_paths_absolute (GStrv argv)
{
  guint words = 0;
  const TptCommand *command = tpt_command_find ((const char *const *) argv, &words);
  gboolean is_export = command != NULL && g_str_equal (command->name, "export");

  for (char **word = argv + words; is_export && *word != NULL; word++)
    {
      if (g_str_equal (*word, "--output") && word[1] != NULL)
        make_path_absolute (++word, "");
      else if (g_str_has_prefix (*word, "--output="))
        make_path_absolute (word, "--output=");
    }
}

/* Only a bus that is there: asking for one must not start one. */
static gboolean
has_bus (void)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (socket, G_FILE_TEST_EXISTS);
}

/* Help and mistakes need nobody's data. */
static gboolean
wants_help (const char *const *argv)
{
  const TptCommand *command = tpt_command_find (argv, NULL);

  return command == NULL || command->run == NULL || g_strv_contains (argv, "--help")
         || g_strv_contains (argv, "-h");
}

static void
call_app (Program    *program,
          const char *input,
          GBytes     *file)
{
  tpt_command_bus_call_async (program->bus, program->words, input, file, print_message,
                              print_progress, program->cancellable, called_cb, program);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = tpt_list_file_read_finish (result, &error);

  if (file != NULL)
    call_app (program, NULL, file);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_canceled (program);
  else
    {
      print_message (error->message);
      program->status = (int) tpt_exit_status_of (error);
      g_main_loop_quit (program->loop);
    }
}

static void
start (Program    *program,
       const char *input)
{
  g_autofree char *path = NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (TptInvocation) invocation = NULL;

  if (!wants_help (program->words) && has_bus ())
    bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus != NULL && tpt_command_bus_has_app (bus))
    {
      program->bus = g_steal_pointer (&bus);
      path = tpt_list_file_find (program->words);
      if (path != NULL)
        tpt_list_file_read_async (path, program->cancellable, read_cb, program);
      else
        call_app (program, input, NULL);
      return;
    }

  invocation = tpt_invocation_new (program->words, input, NULL);
  g_signal_connect (invocation, "message", G_CALLBACK (message_cb), NULL);
  g_signal_connect (invocation, "progress", G_CALLBACK (progress_cb), NULL);
  tpt_invocation_run_async (invocation, program->cancellable, ran_cb, program);
}

/* Of a person who is typing, or of a program that may take its time. */
static gboolean
input_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Program *program = user_data;
  g_autoptr (GString) input = NULL;
  g_autofree char *text = NULL;
  char buffer[4096];
  ssize_t got = read (fd, buffer, sizeof buffer);

  if (got > 0)
    g_string_append_len (program->input, buffer, got);
  if ((got > 0 && program->input->len < MOST_INPUT) || (got < 0 && errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  input = g_steal_pointer (&program->input);
  text = g_utf8_make_valid (input->str, (gssize) input->len);
  start (program, text);

  return G_SOURCE_REMOVE;
}

static void
run (Program *program)
{
  if (wants_input (program->words) && !wants_help (program->words))
    {
      program->input = g_string_new (NULL);
      g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, input_cb, program);
    }
  else
    start (program, NULL);
  g_main_loop_run (program->loop);
  if (program->input != NULL)
    g_string_free (program->input, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  const struct rlimit no_core = { 0, 0 };
  Program program = { 0 };
  g_auto (GStrv) words = NULL;

  hold_streams ();
  tpt_paths_ignore_relative ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TPT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("touchpointctl");
  umask (077);
  setrlimit (RLIMIT_CORE, &no_core);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);

  words = g_strdupv (argv + 1);
  if (words[0] != NULL && strcmp (words[0], "--version") == 0)
    {
      g_autofree char *libraries = tpt_services_print_libraries ();

      g_print ("touchpointctl %s\n%s\n", TPT_VERSION, libraries);
      return flush_output (TPT_EXIT_DONE);
    }
  if (!are_words_valid ((const char *const *) words))
    return TPT_EXIT_USAGE;
  make_paths_absolute (words);
  program.words = (const char *const *) words;
  program.loop = g_main_loop_new (NULL, FALSE);
  program.cancellable = g_cancellable_new ();
  g_unix_signal_add (SIGINT, interrupt_cb, &program);
  g_unix_signal_add (SIGTERM, interrupt_cb, &program);
  run (&program);
  g_main_loop_unref (program.loop);
  g_object_unref (program.cancellable);
  g_clear_object (&program.bus);

  return flush_output (program.status);
}
