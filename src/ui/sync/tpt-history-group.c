/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-history-group.h"

#include <glib/gi18n.h>

#include "tpt-date-button.h"
#include "tpt-format.h"

/* What comes by itself begins so long ago; a year before that is proposed. */
#define KNOWN (730 * TPT_DAY)
#define PROPOSED (365 * TPT_DAY)

struct _TptHistoryGroup
{
  AdwPreferencesGroup parent_instance;

  TptWorkspace *workspace;
  gboolean is_canceled;    /* the last import, by the user */

  /* Template widgets */
  TptDateButton *from;
  TptDateButton *to;
  GtkWidget *status;
  GtkLabel *what;
  GtkProgressBar *bar;
  GtkLabel *detail;
  GtkWidget *connect;
  GtkWidget *start;
  GtkWidget *resume;
  GtkWidget *pause;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (TptHistoryGroup, tpt_history_group, ADW_TYPE_PREFERENCES_GROUP)

static TptHistoryImport *
get_import (TptHistoryGroup *self)
{
  return tpt_engine_get_history (self->workspace->engine);
}

static const char *
describe_state (TptHistoryState state)
{
  switch (state)
    {
    case TPT_HISTORY_RUNNING:
      return _("Importing…");
    case TPT_HISTORY_WAITING:
      return _("Waiting for Calendly; the import goes on by itself");
    case TPT_HISTORY_PAUSED:
      return C_("an import", "Paused");
    case TPT_HISTORY_DONE:
      return C_("an import", "Done");
    case TPT_HISTORY_FAILED:
      return _("The import has stopped");
    case TPT_HISTORY_NONE:
    default:
      return "";
    }
}

static char *
describe_report (const TptSyncReport *report)
{
  g_autofree char *text = NULL;

  if (report->synced == 0 && report->failed->len == 0)
    return g_strdup (_("There were no meetings in these days"));

  /* Translators: what an import did; the last three add up to the first */
  text = g_strdup_printf (ngettext ("%u meeting: %u new, %u changed, %u unchanged",
                                    "%u meetings: %u new, %u changed, %u unchanged",
                                    report->synced),
                          report->synced, report->created, report->updated, report->unchanged);
  if (report->failed->len == 0)
    return g_steal_pointer (&text);

  /* Translators: %s is a sentence about all meetings, %u how many records could not be read */
  return g_strdup_printf (ngettext ("%s. %u record was set aside, see below",
                                    "%s. %u records were set aside, see below",
                                    report->failed->len),
                          text, report->failed->len);
}

static char *
describe_progress (TptHistoryGroup *self)
{
  const TptSyncProgress *progress = tpt_history_import_get_progress (get_import (self));
  g_autofree char *reached = NULL;

  if (progress->reached == TPT_TIME_NONE)
    return g_strdup (_("Nothing has come yet"));
  reached = tpt_format_day (progress->reached, tpt_workspace_get_zone (self->workspace), 0);
  if (progress->synced == 0)
    /* Translators: %s is a date: the import has come so far */
    return g_strdup_printf (_("Up to %s"), reached);

  /* Translators: a number and a date: the import has come so far */
  return g_strdup_printf (ngettext ("%u meeting, up to %s", "%u meetings, up to %s",
                                    progress->synced),
                          progress->synced, reached);
}

static char *
describe_detail (TptHistoryGroup *self,
                 TptHistoryState  state)
{
  TptHistoryImport *import = get_import (self);
  TptSyncReport *report = tpt_history_import_get_report (import);
  const char *message = tpt_history_import_get_message (import);

  if (state == TPT_HISTORY_NONE)
    return g_strdup (_("What had come by then is kept"));
  if (state == TPT_HISTORY_DONE && report != NULL)
    return describe_report (report);
  if (message != NULL)
    return g_strdup (message);

  return describe_progress (self);
}

/* The days that are imported, or those that were chosen. */
static void
show_range (TptHistoryGroup *self,
            gboolean         is_under_way)
{
  const TptTimeRange *range = tpt_history_import_get_range (get_import (self));
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);

  gtk_widget_set_sensitive (GTK_WIDGET (self->from), !is_under_way);
  gtk_widget_set_sensitive (GTK_WIDGET (self->to), !is_under_way);
  if (!is_under_way)
    return;
  if (range->start != TPT_TIME_NONE)
    tpt_date_button_set_day (self->from, tpt_time_get_local_day (range->start, zone));
  if (range->end != TPT_TIME_NONE)
    tpt_date_button_set_day (self->to, tpt_time_get_local_day (range->end - 1, zone));
}

static const char *
describe_what (TptHistoryGroup *self,
               TptHistoryState  state,
               gboolean         is_range)
{
  gboolean is_under_way = state != TPT_HISTORY_NONE && state != TPT_HISTORY_DONE;

  if (!tpt_workspace_is_connected (self->workspace) && state != TPT_HISTORY_RUNNING
      && state != TPT_HISTORY_WAITING)
    return _("Connect your Calendly account first");
  if (!is_range && !is_under_way)
    return _("The first day is after the last one");
  if (state == TPT_HISTORY_NONE && self->is_canceled)
    return C_("an import", "Canceled");

  return describe_state (state);
}

static void
show_import (TptHistoryGroup *self)
{
  TptHistoryState state = tpt_history_import_get_state (get_import (self));
  gboolean is_going = state == TPT_HISTORY_RUNNING || state == TPT_HISTORY_WAITING;
  gboolean is_stopped = state == TPT_HISTORY_PAUSED || state == TPT_HISTORY_FAILED;
  gboolean is_range = tpt_date_button_get_day (self->from) <= tpt_date_button_get_day (self->to);
  gboolean is_connected = tpt_workspace_is_connected (self->workspace);
  const char *what = describe_what (self, state, is_range);
  g_autofree char *detail = describe_detail (self, state);

  show_range (self, is_going || is_stopped);
  gtk_widget_set_visible (self->status, *what != '\0');
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail),
                          is_going || is_stopped
                          || (is_range && is_connected
                              && (state == TPT_HISTORY_DONE || self->is_canceled)));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), is_going || state == TPT_HISTORY_PAUSED);
  gtk_progress_bar_set_fraction (self->bar,
                                 tpt_history_import_get_progress (get_import (self))->fraction);
  gtk_widget_set_visible (self->connect, !is_connected);
  gtk_widget_set_visible (self->start, !is_going && !is_stopped && is_connected);
  gtk_widget_set_sensitive (self->start, is_range);
  gtk_widget_set_visible (self->resume, is_stopped);
  gtk_widget_set_sensitive (self->resume, is_connected);
  gtk_widget_set_visible (self->pause, is_going);
  gtk_widget_set_visible (self->cancel, is_going || is_stopped);
}

static void
start_cb (TptHistoryGroup *self)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  TptTimeRange range = {
    tpt_time_from_local_day (tpt_date_button_get_day (self->from), zone),
    tpt_time_from_local_day (tpt_date_button_get_day (self->to) + 1, zone),
  };

  self->is_canceled = FALSE;
  tpt_history_import_start (get_import (self), &range);
}

static void
resume_cb (TptHistoryGroup *self)
{
  tpt_history_import_resume (get_import (self));
}

static void
pause_cb (TptHistoryGroup *self)
{
  tpt_history_import_pause (get_import (self));
}

static void
cancel_cb (TptHistoryGroup *self)
{
  self->is_canceled = TRUE;
  tpt_history_import_cancel (get_import (self));
}

static void
tpt_history_group_dispose (GObject *object)
{
  TptHistoryGroup *self = TPT_HISTORY_GROUP (object);

  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_history_group_parent_class)->dispose (object);
}

static void
tpt_history_group_class_init (TptHistoryGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_history_group_dispose;

  g_type_ensure (TPT_TYPE_DATE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/sync/tpt-history-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, from);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, to);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, status);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, what);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, bar);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, detail);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, connect);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, start);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, resume);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, pause);
  gtk_widget_class_bind_template_child (widget_class, TptHistoryGroup, cancel);
  gtk_widget_class_bind_template_callback (widget_class, show_import);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, resume_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
tpt_history_group_init (TptHistoryGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_history_group_set_workspace (TptHistoryGroup *self,
                                 TptWorkspace    *workspace)
{
  GTimeZone *zone = tpt_workspace_get_zone (workspace);
  TptTime known = tpt_clock_now (workspace->clock) - KNOWN;

  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  tpt_date_button_set_day (self->from, tpt_time_get_local_day (known - PROPOSED, zone));
  tpt_date_button_set_day (self->to, tpt_time_get_local_day (known, zone));
  gtk_widget_set_visible (GTK_WIDGET (self), workspace->engine != NULL);
  if (workspace->engine == NULL)
    return;

  g_signal_connect_object (get_import (self), "changed", G_CALLBACK (show_import), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->connection, "notify::state", G_CALLBACK (show_import), self,
                           G_CONNECT_SWAPPED);
  show_import (self);
}
