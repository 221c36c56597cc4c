/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-preferences-window.h"

#include "tpt-account-settings.h"
#include "tpt-customers-settings.h"
#include "tpt-event-types-page.h"
#include "tpt-health-page.h"
#include "tpt-relay-settings.h"

struct _TptPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template widgets */
  TptAccountSettings *account;
  TptRelaySettings *relay;
  TptCustomersSettings *customers;
  TptEventTypesPage *event_types;
  TptHealthPage *health;
};

G_DEFINE_FINAL_TYPE (TptPreferencesWindow, tpt_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* A dialog knows the actions of the application only when it belongs to it. */
static void
parent_changed_cb (TptPreferencesWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_window_set_application (GTK_WINDOW (self), gtk_window_get_application (parent));
}

static void
tpt_preferences_window_class_init (TptPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TPT_TYPE_ACCOUNT_SETTINGS);
  g_type_ensure (TPT_TYPE_CUSTOMERS_SETTINGS);
  g_type_ensure (TPT_TYPE_EVENT_TYPES_PAGE);
  g_type_ensure (TPT_TYPE_HEALTH_PAGE);
  g_type_ensure (TPT_TYPE_RELAY_SETTINGS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/touchpoint/ui/preferences/tpt-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TptPreferencesWindow, account);
  gtk_widget_class_bind_template_child (widget_class, TptPreferencesWindow, relay);
  gtk_widget_class_bind_template_child (widget_class, TptPreferencesWindow, customers);
  gtk_widget_class_bind_template_child (widget_class, TptPreferencesWindow, event_types);
  gtk_widget_class_bind_template_child (widget_class, TptPreferencesWindow, health);
}

static void
tpt_preferences_window_init (TptPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::transient-for", G_CALLBACK (parent_changed_cb), NULL);
}

GtkWidget *
tpt_preferences_window_new (TptWorkspace *workspace,
                            GSettings    *settings)
{
  TptPreferencesWindow *self = g_object_new (TPT_TYPE_PREFERENCES_WINDOW, NULL);

  tpt_account_settings_set_workspace (self->account, workspace, settings);
  tpt_relay_settings_set_workspace (self->relay, workspace);
  tpt_customers_settings_set_workspace (self->customers, workspace, settings);
  tpt_event_types_page_set_workspace (self->event_types, workspace);
  tpt_health_page_set_workspace (self->health, workspace);

  return GTK_WIDGET (self);
}
