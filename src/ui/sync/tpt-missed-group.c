/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-missed-group.h"

#include <glib/gi18n.h>

#include "tpt-missed-tally.h"

struct _TptMissedGroup
{
  AdwPreferencesGroup parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;
  guint total;             /* as it was last read */

  /* Template widgets */
  AdwActionRow *row;
};

G_DEFINE_FINAL_TYPE (TptMissedGroup, tpt_missed_group, ADW_TYPE_PREFERENCES_GROUP)

/* What was missed is told after the relay has gone, too. */
static void
show_total (TptMissedGroup *self)
{
  TptRelayListener *listener = self->workspace->listener;
  gboolean has_relay =
    listener != NULL && tpt_relay_listener_get_state (listener) != TPT_RELAY_NONE;
  g_autofree char *text = NULL;

  if (self->total > 0)
    text = g_strdup_printf (ngettext ("%u in the last 30 days, found by asking Calendly",
                                      "%u in the last 30 days, found by asking Calendly",
                                      self->total),
                            self->total);
  adw_action_row_set_subtitle (self->row, text != NULL ? text : _("None in the last 30 days"));
  gtk_widget_set_visible (GTK_WIDGET (self), has_relay || self->total > 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptMissedGroup *self = g_task_get_source_object (task);
  const guint *total = g_task_get_task_data (task);

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      self->total = *total;
      show_total (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("What the relay missed could not be read: %s", error->message);
}

static void
reload (TptMissedGroup *self)
{
  GTask *task = g_task_new (self, self->cancellable, NULL, NULL);
  guint *total = g_new0 (guint, 1);

  g_task_set_source_tag (task, reload);
  g_task_set_task_data (task, total, g_free);
  tpt_store_transact_async (self->workspace->store, tpt_missed_tally_read, total, NULL,
                            self->cancellable, read_cb, task);
}

/* A sync or an import has ended. */
static void
engine_cb (TptMissedGroup *self)
{
  if (tpt_engine_get_progress (self->workspace->engine, NULL) == NULL)
    reload (self);
}

static void
tpt_missed_group_dispose (GObject *object)
{
  TptMissedGroup *self = TPT_MISSED_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_missed_group_parent_class)->dispose (object);
}

static void
tpt_missed_group_finalize (GObject *object)
{
  g_object_unref (TPT_MISSED_GROUP (object)->cancellable);

  G_OBJECT_CLASS (tpt_missed_group_parent_class)->finalize (object);
}

static void
tpt_missed_group_class_init (TptMissedGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_missed_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_missed_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/sync/tpt-missed-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptMissedGroup, row);
}

static void
tpt_missed_group_init (TptMissedGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_missed_group_set_workspace (TptMissedGroup *self,
                                TptWorkspace   *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  if (workspace->engine != NULL)
    g_signal_connect_object (workspace->engine, "moved", G_CALLBACK (engine_cb), self,
                             G_CONNECT_SWAPPED);
  if (workspace->listener != NULL)
    g_signal_connect_object (workspace->listener, "notify::state", G_CALLBACK (show_total), self,
                             G_CONNECT_SWAPPED);
  reload (self);
}
