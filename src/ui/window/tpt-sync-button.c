/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-sync-button.h"

#include "tpt-format.h"

#include <glib/gi18n.h>

struct _TptSyncButton
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GSignalGroup *signals;

  /* Template widgets */
  GtkButton *button;
  GtkStack *stack;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (TptSyncButton, tpt_sync_button, ADW_TYPE_BIN)

static char *
describe (TptSyncButton *self)
{
  TptEngine *engine = self->workspace->engine;
  TptTime last = tpt_engine_get_last_sync (engine);
  g_autofree char *when = NULL;

  if (tpt_engine_get_state (engine) == TPT_ENGINE_SYNCING)
    return g_strdup (_("Syncing…"));
  if (last == TPT_TIME_NONE)
    return g_strdup (_("Sync now"));
  when = tpt_format_date_time (last, tpt_workspace_get_zone (self->workspace),
                               tpt_clock_now (self->workspace->clock));

  /* Translators: %s is a date and time such as "Today, 10:00" */
  return g_strdup_printf (_("Sync now (last: %s)"), when);
}

static void
changed_cb (GObject       *engine,
            GParamSpec    *pspec,
            TptSyncButton *self)
{
  gboolean syncing = tpt_engine_get_state (TPT_ENGINE (engine)) == TPT_ENGINE_SYNCING;
  g_autofree char *text = describe (self);

  gtk_stack_set_visible_child_name (self->stack, syncing ? "syncing" : "idle");
  gtk_spinner_set_spinning (self->spinner, syncing);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), text);
}

static void
date_changed_cb (TptSyncButton *self)
{
  if (self->workspace->engine != NULL)
    changed_cb (G_OBJECT (self->workspace->engine), NULL, self);
}

static void
tpt_sync_button_dispose (GObject *object)
{
  TptSyncButton *self = TPT_SYNC_BUTTON (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_sync_button_parent_class)->dispose (object);
}

static void
tpt_sync_button_class_init (TptSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_sync_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/window/tpt-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TptSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, TptSyncButton, stack);
  gtk_widget_class_bind_template_child (widget_class, TptSyncButton, spinner);
}

static void
tpt_sync_button_init (TptSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (TPT_TYPE_ENGINE);
  g_signal_group_connect (self->signals, "notify::state", G_CALLBACK (changed_cb), self);
  g_signal_group_connect (self->signals, "notify::last-sync-at", G_CALLBACK (changed_cb), self);
}

void
tpt_sync_button_set_workspace (TptSyncButton *self,
                               TptWorkspace  *workspace)
{
  g_return_if_fail (TPT_IS_SYNC_BUTTON (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));

  if (!g_set_object (&self->workspace, workspace))
    return;
  g_signal_group_set_target (self->signals, workspace->engine);
  g_signal_connect_object (workspace, "date-changed", G_CALLBACK (date_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (workspace->engine != NULL)
    changed_cb (G_OBJECT (workspace->engine), NULL, self);
}
