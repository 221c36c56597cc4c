/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invocation.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-command.h"
#include "tpt-exit-status.h"
#include "tpt-help.h"
#include "tpt-json-write.h"
#include "tpt-preference.h"

enum
{
  SIGNAL_MESSAGE,
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptInvocation, tpt_invocation, G_TYPE_OBJECT)

/* A text that ends a line. */
static void
append_text (GString    *to,
             const char *text)
{
  g_string_append (to, text);
  if (to->len > 0 && to->str[to->len - 1] != '\n')
    g_string_append_c (to, '\n');
}

static void open_services (TptInvocation    *self,
                           TptServicesFlags  flags);

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) self = user_data;
  g_autoptr (GError) error = NULL;

  self->services = tpt_services_open_finish (result, &error);
  self->owns_services = self->services != NULL;
  if (self->services != NULL)
    self->ready (self);
  else if (self->may_start_anew
           && g_error_matches (error, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEY_MISSING))
    {
      self->may_start_anew = FALSE;
      open_services (self, TPT_SERVICES_START_ANEW);
    }
  else
    tpt_invocation_fail (self, error);
}

static void
open_services (TptInvocation    *self,
               TptServicesFlags  flags)
{
  g_autofree char *client_id = tpt_preference_get_client_id ();
  TptServicesOptions options = {
    .flags = flags,
    .client_id = client_id,
    .redirect_port = tpt_preference_get_redirect_port (),
    .redirect_method = tpt_preference_get_redirect_method (),
  };

  tpt_services_open_async (&options, self->cancellable, opened_cb, g_object_ref (self));
}

/* What was written is on the disk by now; a failure to close can only be told. */
static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  g_autoptr (GError) error = NULL;

  if (!tpt_services_close_finish (TPT_SERVICES (source), result, &error))
    {
      append_text (self->err, error->message);
      if (self->status == TPT_EXIT_DONE)
        self->status = TPT_EXIT_FAILED;
    }
  g_task_return_int (task, self->status);
}

static void
tpt_invocation_finalize (GObject *object)
{
  TptInvocation *self = TPT_INVOCATION (object);

  tpt_invocation_set_options (self, NULL, NULL);
  g_clear_object (&self->services);
  g_clear_object (&self->cancellable);
  g_strfreev (self->arguments);
  g_strfreev (self->argv);
  g_free (self->input);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_string_free (self->out, TRUE);
  g_string_free (self->err, TRUE);

  G_OBJECT_CLASS (tpt_invocation_parent_class)->finalize (object);
}

static void
tpt_invocation_class_init (TptInvocationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_invocation_finalize;

  signals[SIGNAL_MESSAGE] = g_signal_new ("message", TPT_TYPE_INVOCATION, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", TPT_TYPE_INVOCATION, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tpt_invocation_init (TptInvocation *self)
{
  self->arguments = g_new0 (char *, 1);
  self->out = g_string_new (NULL);
  self->err = g_string_new (NULL);
}

/**
 * tpt_invocation_new:
 * @argv: the words after the program's name
 * @input: (nullable): what came on stdin
 * @services: (nullable): what the running app has open; %NULL: the command opens it itself where
 *   it needs it
 */
TptInvocation *
tpt_invocation_new (const char *const *argv,
                    const char        *input,
                    TptServices       *services)
{
  TptInvocation *self = g_object_new (TPT_TYPE_INVOCATION, NULL);

  self->argv = tpt_help_read (argv);
  self->input = g_strdup (input);
  g_set_object (&self->services, services);

  return self;
}

/**
 * tpt_invocation_set_copy: who has the desktop's clipboard; without one, wl-copy or xclip is
 * tried
 */
void
tpt_invocation_set_copy (TptInvocation         *self,
                         TptInvocationCopyFunc  copy,
                         gpointer               copy_data)
{
  g_return_if_fail (TPT_IS_INVOCATION (self));

  self->copy = copy;
  self->copy_data = copy_data;
}

/* It was no command. */
static void
explain (TptInvocation *self)
{
  const char *const *argv = (const char *const *) self->argv;
  gboolean is_asked = FALSE;
  g_autofree char *help = tpt_help_find (argv, &is_asked);
  g_autofree char *name = NULL;

  if (help != NULL)
    {
      append_text (is_asked ? self->out : self->err, help);
      tpt_invocation_end (self, is_asked ? TPT_EXIT_DONE : TPT_EXIT_USAGE);
      return;
    }
  name = tpt_help_name_command (argv);
  tpt_invocation_fail_usage (self,
                             _("There is no command “%s”. “touchpointctl --help” lists them."),
                             name);
}

/** tpt_invocation_run_async: finds the command and runs it; it always ends, with a status */
void
tpt_invocation_run_async (TptInvocation       *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  const TptCommand *command;

  g_return_if_fail (TPT_IS_INVOCATION (self) && self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tpt_invocation_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();

  command = tpt_command_find ((const char *const *) self->argv, NULL);
  if (command == NULL)
    explain (self);
  else if (command->run == NULL)
    tpt_invocation_fail_usage (self, _("“%s” is not there yet."), command->name);
  else
    command->run (self);
}

/**
 * tpt_invocation_run_finish:
 * @out: (out) (transfer none): what goes to stdout
 * @err: (out) (transfer none): what goes to stderr
 */
TptExit
tpt_invocation_run_finish (TptInvocation  *self,
                           GAsyncResult   *result,
                           const char    **out,
                           const char    **err)
{
  g_return_val_if_fail (g_task_is_valid (result, self), TPT_EXIT_FAILED);

  *out = self->out->str;
  *err = self->err->str;

  return (TptExit) g_task_propagate_int (G_TASK (result), NULL);
}

/** tpt_invocation_set_options: what the command keeps while it runs */
void
tpt_invocation_set_options (TptInvocation  *self,
                            gpointer        options,
                            GDestroyNotify  options_free)
{
  g_return_if_fail (TPT_IS_INVOCATION (self));

  if (self->options_free != NULL)
    self->options_free (self->options);
  self->options = options;
  self->options_free = options_free;
}

/* GOption names the running program in its help; here that may be the app. */
static void
print_help (TptInvocation    *self,
            const TptCommand *command,
            GOptionContext   *context)
{
  g_autofree char *help = g_strchomp (g_option_context_get_help (context, TRUE, NULL));
  g_auto (GStrv) lines = g_strsplit (help, "\n", -1);

  tpt_invocation_print (self, "%s\n  touchpointctl %s [OPTION…]%s%s\n\n%s", lines[0], command->name,
                        *command->arguments != '\0' ? " " : "", command->arguments,
                        g_dgettext (GETTEXT_PACKAGE, command->summary));
  for (guint i = 2; i < g_strv_length (lines); i++)
    tpt_invocation_print (self, "%s", lines[i]);
}

/* GOption takes texts for texts of the locale, which in a job of cron knows no letter beyond ASCII;
 * they are UTF-8, as all words are here. */
static void
add_entries (GOptionContext     *context,
             const GOptionEntry *entries)
{
  g_autoptr (GArray) plain = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  for (; entries->long_name != NULL; entries++)
    {
      GOptionEntry entry = *entries;

      if (entry.arg == G_OPTION_ARG_STRING)
        entry.arg = G_OPTION_ARG_FILENAME;
      else if (entry.arg == G_OPTION_ARG_STRING_ARRAY)
        entry.arg = G_OPTION_ARG_FILENAME_ARRAY;
      g_array_append_val (plain, entry);
    }
  g_option_context_add_main_entries (context, (const GOptionEntry *) (gpointer) plain->data,
                                     GETTEXT_PACKAGE);
}

/* Without the first “--”, which ends the options: GOption leaves it where what follows looks like
 * one. */
static GStrv
collect_arguments (char **words)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  gboolean is_over = FALSE;

  for (; *words != NULL; words++)
    {
      if (is_over || !g_str_equal (*words, "--"))
        g_strv_builder_add (arguments, *words);
      else
        is_over = TRUE;
    }

  return g_strv_builder_end (arguments);
}

/**
 * tpt_invocation_parse:
 * @entries: (nullable): the options beyond --json and --help; their variables live in the
 *   invocation's options
 * @least: how many arguments there must be
 * @most: how many there may be
 *
 * Returns: whether the command may go on; else it has ended
 */
gboolean
tpt_invocation_parse (TptInvocation      *self,
                      const GOptionEntry *entries,
                      guint               least,
                      guint               most)
{
  guint n_words = 0;
  const TptCommand *command = tpt_command_find ((const char *const *) self->argv, &n_words);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = NULL;
  gboolean help = FALSE;
  const GOptionEntry own[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Print one JSON document"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_ptr_array_add (words, g_strdup (command->name));
  for (char **word = self->argv + n_words; *word != NULL; word++)
    g_ptr_array_add (words, g_strdup (*word));
  g_ptr_array_add (words, NULL);
  rest = (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, own, GETTEXT_PACKAGE);
  if (entries != NULL)
    add_entries (context, entries);
  if (!g_option_context_parse_strv (context, &rest, &error))
    {
      tpt_invocation_fail_usage (self, "%s", error->message);
      return FALSE;
    }
  if (help)
    {
      print_help (self, command, context);
      tpt_invocation_end (self, TPT_EXIT_DONE);
      return FALSE;
    }

  g_strfreev (self->arguments);
  self->arguments = collect_arguments (rest + 1);
  if (g_strv_length (self->arguments) >= least && g_strv_length (self->arguments) <= most)
    return TRUE;
  tpt_invocation_fail_usage (self, _("Use: touchpointctl %s [OPTION…] %s"), command->name,
                             command->arguments);

  return FALSE;
}

/**
 * tpt_invocation_open:
 * @ready: goes on once everything is open; where it cannot be opened, the command has failed
 */
void
tpt_invocation_open (TptInvocation *self,
                     void         (*ready) (TptInvocation *self))
{
  g_return_if_fail (TPT_IS_INVOCATION (self));

  if (self->services != NULL)
    {
      ready (self);
      return;
    }
  self->ready = ready;
  open_services (self, TPT_SERVICES_DEFAULT);
}

/** tpt_invocation_print: a line for stdout */
void
tpt_invocation_print (TptInvocation *self,
                      const char    *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_string_append (self->out, text);
  g_string_append_c (self->out, '\n');
}

/** tpt_invocation_message: a line for stderr, shown at once where that can be done */
void
tpt_invocation_message (TptInvocation *self,
                        const char    *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

/** tpt_invocation_progress: how far the command has come, for who watches it */
void
tpt_invocation_progress (TptInvocation *self,
                         const char    *text)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, text);
}

/** tpt_invocation_print_json: the one document of --json */
void
tpt_invocation_print_json (TptInvocation *self,
                           JsonBuilder   *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = tpt_json_write (root, TRUE);

  tpt_invocation_print (self, "%s", text);
}

/** tpt_invocation_end: the command is over; only once. What it opened for itself is closed first */
void
tpt_invocation_end (TptInvocation *self,
                    TptExit        status)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TPT_IS_INVOCATION (self) && self->task != NULL);

  self->status = status;
  if (self->owns_services)
    {
      tpt_services_close_async (self->services, NULL, closed_cb, g_object_ref (self));
      return;
    }
  task = g_steal_pointer (&self->task);
  g_task_return_int (task, status);
}

void
tpt_invocation_done (TptInvocation *self)
{
  tpt_invocation_end (self, TPT_EXIT_DONE);
}

/**
 * tpt_invocation_fail: says what went wrong, and ends with the status that fits it
 *
 * An interruption is said in one way everywhere, unless the command has more to say
 * (%TPT_COMMAND_ERROR_CANCELED).
 */
void
tpt_invocation_fail (TptInvocation *self,
                     const GError  *error)
{
  gboolean is_plain = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  append_text (self->err, is_plain ? _("Canceled.") : error->message);
  tpt_invocation_end (self, tpt_exit_status_of (error));
}

/** tpt_invocation_fail_usage: the command was typed wrongly */
void
tpt_invocation_fail_usage (TptInvocation *self,
                           const char    *format,
                           ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  append_text (self->err, text);
  tpt_invocation_end (self, TPT_EXIT_USAGE);
}
