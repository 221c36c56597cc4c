/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-relay-status.h"

#include "tpt-format.h"

#include <glib/gi18n.h>

struct _TptRelayStatus
{
  AdwBin parent_instance;

  TptWorkspace *workspace;

  /* Template widgets */
  GtkButton *button;
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (TptRelayStatus, tpt_relay_status, ADW_TYPE_BIN)

/* How news comes, in a word. */
static const char *
describe_way (TptRelayListener *listener)
{
  TptRelayState state = tpt_relay_listener_get_state (listener);

  if (tpt_relay_listener_is_delivering (listener))
    /* Translators: changes arrive from the relay at once */
    return C_ ("relay", "Live");
  if (state == TPT_RELAY_CONNECTING || state == TPT_RELAY_RECONNECTING)
    return C_ ("relay", "Reconnecting…");

  /* Translators: nothing arrives by itself; Calendly is asked now and then */
  return C_ ("relay", "Polling");
}

static char *
describe (TptRelayStatus *self)
{
  TptRelayListener *listener = self->workspace->listener;
  TptTime last = tpt_relay_listener_get_last_event_at (listener);
  g_autofree char *when = NULL;

  if (last == TPT_TIME_NONE)
    return g_strdup (describe_way (listener));
  when = tpt_format_date_time_part (last, tpt_workspace_get_zone (self->workspace),
                                    tpt_clock_now (self->workspace->clock));

  /* Translators: how changes arrive, such as "Live", and when the last one did */
  return g_strdup_printf (_("%s · last event %s"), describe_way (listener), when);
}

static void
show (TptRelayStatus *self)
{
  TptRelayListener *listener = self->workspace->listener;
  gboolean is_live = tpt_relay_listener_is_delivering (listener);
  g_autofree char *text = describe (self);
  /* Translators: %s is such as "Live · last event today, 10:00" */
  g_autofree char *name = g_strdup_printf (_("Relay: %s"), text);

  gtk_label_set_text (self->label, text);
  gtk_image_set_from_icon_name (self->icon, is_live ? "network-transmit-receive-symbolic"
                                                    : "network-idle-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          tpt_relay_listener_get_state (listener) != TPT_RELAY_NONE);
}

static void
tpt_relay_status_dispose (GObject *object)
{
  TptRelayStatus *self = TPT_RELAY_STATUS (object);

  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_relay_status_parent_class)->dispose (object);
}

static void
tpt_relay_status_class_init (TptRelayStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_relay_status_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/window/tpt-relay-status.ui");
  gtk_widget_class_bind_template_child (widget_class, TptRelayStatus, button);
  gtk_widget_class_bind_template_child (widget_class, TptRelayStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, TptRelayStatus, label);
}

static void
tpt_relay_status_init (TptRelayStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tpt_relay_status_set_workspace (TptRelayStatus *self,
                                TptWorkspace   *workspace)
{
  g_return_if_fail (TPT_IS_RELAY_STATUS (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));

  if (workspace->listener == NULL || !g_set_object (&self->workspace, workspace))
    return;
  g_signal_connect_object (workspace->listener, "notify::state", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->listener, "notify::last-event-at", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "date-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
