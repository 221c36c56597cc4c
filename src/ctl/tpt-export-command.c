/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-calendar-file.h"
#include "tpt-command-error.h"
#include "tpt-meeting-filter.h"
#include "tpt-record-json.h"
#include "tpt-whole-file.h"

/* What can be exported, as the contract of the command line names it, and how. */
static const char *const subjects[] = { "meetings", "metrics", "links", "audit", NULL };
static const char *const formats[] = { "csv", "xlsx", "json", "ics", NULL };

typedef struct
{
  TptMeetingFilter *filter;
  char *format;
  char *output;
  GBytes *contents;        /* what goes there */
  guint rows;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  tpt_meeting_filter_free (options->filter);
  g_free (options->format);
  g_free (options->output);
  g_clear_pointer (&options->contents, g_bytes_unref);
  g_free (options);
}

static void
print_report (TptInvocation *invocation)
{
  Options *options = invocation->options;
  g_autoptr (JsonBuilder) builder = NULL;

  if (invocation->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      tpt_json_add_int (builder, "rows", options->rows);
      tpt_json_add_text (builder, "file", options->output);
      json_builder_end_object (builder);
      tpt_invocation_print_json (invocation, builder);
    }
  else
    tpt_invocation_print (invocation,
                          g_dngettext (GETTEXT_PACKAGE, "%u row in %s", "%u rows in %s",
                                       options->rows),
                          options->rows, options->output);
  tpt_invocation_done (invocation);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_whole_file_write_finish (result, &error))
    print_report (invocation);
  else
    tpt_invocation_fail (invocation, error);
}

/* A device or a pipe is no file, and for who may do that, a file would take its place. */
static void
info_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  Options *options = invocation->options;

  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_autoptr (GError) error =
        g_error_new (TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                     _("“%s” is no file. Without --output, standard output is written."),
                     options->output);

      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_whole_file_write_async (G_FILE (source), options->contents, invocation->cancellable,
                              written_cb, g_object_ref (invocation));
}

/* Takes @contents. */
static void
write_file (TptInvocation *invocation,
            char          *contents)
{
  Options *options = invocation->options;
  g_autoptr (GFile) file = g_file_new_for_path (options->output);

  options->contents = g_bytes_new_take (contents, strlen (contents));
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, invocation->cancellable, info_cb,
                           g_object_ref (invocation));
}

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;
  char *contents;

  meetings = tpt_meeting_filter_load_finish (result, &error);
  if (meetings == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  contents = tpt_calendar_file_write (meetings, options->filter->directory->now, &options->rows);
  if (options->output != NULL)
    {
      write_file (invocation, contents);
      return;
    }
  g_string_append (invocation->out, contents);
  g_free (contents);
  tpt_invocation_done (invocation);
}

static void
export_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;

  tpt_meeting_filter_load_async (options->filter, invocation->services, invocation->cancellable,
                                 meetings_cb, g_object_ref (invocation));
}

/* Returns: whether it can be done; else the invocation has ended. */
static gboolean
check (TptInvocation *invocation)
{
  Options *options = invocation->options;
  const char *subject = invocation->arguments[0];
  g_autoptr (GError) error = NULL;

  if (!g_strv_contains (subjects, subject))
    tpt_invocation_fail_usage (invocation, _("“%s” cannot be exported."), subject);
  else if (options->format == NULL)
    tpt_invocation_fail_usage (invocation, "%s", _("Say which format, with --format."));
  else if (!g_strv_contains (formats, options->format))
    tpt_invocation_fail_usage (invocation, _("“%s” is no format."), options->format);
  else if (!g_str_equal (subject, "meetings") || !g_str_equal (options->format, "ics"))
    tpt_invocation_fail_usage (invocation, _("“export %s --format %s” is not there yet."), subject,
                               options->format);
  else if (invocation->json && options->output == NULL)
    tpt_invocation_fail_usage (invocation, "%s", _("With --json, say where to, with --output."));
  else if (!tpt_meeting_filter_check (options->filter, &error))
    tpt_invocation_fail (invocation, error);
  else
    return TRUE;

  return FALSE;
}

void
tpt_export_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  g_autofree GOptionEntry *entries = NULL;
  const GOptionEntry more[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, N_("As what: ics"), N_("FORMAT") },
    { "output", 0, 0, G_OPTION_ARG_STRING, &options->output, N_("Into this file"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  options->filter = tpt_meeting_filter_new ();
  entries = tpt_meeting_filter_make_entries (options->filter, more);
  tpt_invocation_set_options (invocation, options, options_free);
  if (tpt_invocation_parse (invocation, entries, 1, 1) && check (invocation))
    tpt_invocation_open (invocation, export_cb);
}
