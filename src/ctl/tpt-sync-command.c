/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-error.h"
#include "tpt-day.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  gboolean full;
  char *from;
  char *to;
  TptEngine *engine;       /* whose progress is told */
  gulong handler;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_clear_signal_handler (&options->handler, options->engine);
  g_clear_object (&options->engine);
  g_free (options->from);
  g_free (options->to);
  g_free (options);
}

static void
print_json (TptInvocation *invocation,
            TptSyncReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "synced", report->synced);
  tpt_json_add_int (builder, "created", report->created);
  tpt_json_add_int (builder, "updated", report->updated);
  tpt_json_add_int (builder, "unchanged", report->unchanged);
  json_builder_set_member_name (builder, "failed");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->failed->len; i++)
    {
      TptSyncFailure *failure = g_ptr_array_index (report->failed, i);

      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "uri", failure->uri);
      tpt_json_add_text (builder, "reason", failure->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  tpt_json_add_int (builder, "requests", report->requests);
  tpt_json_add_int (builder, "retries", report->retries);
  tpt_json_add_int (builder, "duration_ms", report->duration_ms);
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_text (TptInvocation *invocation,
            TptSyncReport *report)
{
  tpt_invocation_print (invocation, _("%u meetings: %u new, %u changed, %u unchanged"),
                        report->synced,
                        report->created, report->updated, report->unchanged);
  for (guint i = 0; i < report->failed->len; i++)
    {
      TptSyncFailure *failure = g_ptr_array_index (report->failed, i);
      g_autofree char *uri = tpt_visible_text (failure->uri);
      g_autofree char *reason = tpt_visible_text (failure->reason);

      tpt_invocation_print (invocation, _("Set aside: %s: %s"), uri, reason);
    }
}

static void
moved_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;
  const TptSyncProgress *progress = tpt_engine_get_progress (options->engine,
                                                             invocation->cancellable);
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autofree char *reached = NULL;
  g_autofree char *text = NULL;

  if (progress == NULL)
    return;
  reached = tpt_day_format (progress->reached, zone);
  /* Translators: how far a sync has come: a date and time, and percent of the way */
  text = g_strdup_printf (_("%u meetings, up to %s (%.0f %%)"), progress->synced, reached,
                          progress->fraction * 100);
  tpt_invocation_progress (invocation, text);
}

/* An interruption is no failure of anything. */
static void
end_canceled (TptInvocation *invocation)
{
  g_autoptr (GError) error = NULL;

  error = g_error_new (TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_CANCELED, "%s",
                       _("Canceled. What has come so far is kept; the same command goes on from "
                         "there."));
  tpt_invocation_fail (invocation, error);
}

static void
synced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = tpt_engine_sync_finish (TPT_ENGINE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      end_canceled (invocation);
      return;
    }
  if (report == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (invocation->json)
    print_json (invocation, report);
  else
    print_text (invocation, report);
  tpt_invocation_done (invocation);
}

static void
sync_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;
  TptSyncOptions sync = { .full = options->full };
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autoptr (GError) error = NULL;

  if (!tpt_day_parse_range (options->from, options->to, zone, &sync.range, &error))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }

  options->engine = g_object_ref (invocation->services->engine);
  options->handler = g_signal_connect_swapped (options->engine, "moved", G_CALLBACK (moved_cb),
                                               invocation);
  tpt_engine_sync_async (options->engine, &sync, invocation->cancellable, synced_cb,
                         g_object_ref (invocation));
}

void
tpt_sync_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &options->full, N_("Everything, now"), NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from, N_("Meetings from this date on"),
      N_("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to, N_("Meetings up to this date"), N_("DATE") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (tpt_invocation_parse (invocation, entries, 0, 0))
    tpt_invocation_open (invocation, sync_cb);
}
