/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-step-window.h"

#include "tpt-connect-page.h"
#include "tpt-import-page.h"

#include <glib/gi18n.h>

struct _TptStepWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwBin *bin;
};

G_DEFINE_FINAL_TYPE (TptStepWindow, tpt_step_window, ADW_TYPE_WINDOW)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
done_cb (TptStepWindow *self)
{
  g_signal_emit (self, signals[DONE], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
tpt_step_window_class_init (TptStepWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[DONE] = g_signal_new ("done", TPT_TYPE_STEP_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/setup/tpt-step-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TptStepWindow, bin);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tpt_step_window_init (TptStepWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** tpt_step_window_new_connect: signs in; `done` means connected */
GtkWidget *
tpt_step_window_new_connect (TptWorkspace *workspace)
{
  TptStepWindow *self = g_object_new (TPT_TYPE_STEP_WINDOW, "title", _("Connect"), NULL);
  GtkWidget *page = tpt_connect_page_new ();

  g_return_val_if_fail (TPT_IS_WORKSPACE (workspace), NULL);

  tpt_connect_page_set_connection (TPT_CONNECT_PAGE (page), workspace->connection);
  g_signal_connect_object (page, "connected", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->bin, page);

  return GTK_WIDGET (self);
}

/** tpt_step_window_new_import: imports customers; `done` means that the report was read */
GtkWidget *
tpt_step_window_new_import (TptWorkspace *workspace)
{
  TptStepWindow *self = g_object_new (TPT_TYPE_STEP_WINDOW, "title", _("Import Customers"), NULL);
  GtkWidget *page = tpt_import_page_new ();

  g_return_val_if_fail (TPT_IS_WORKSPACE (workspace), NULL);

  tpt_import_page_set_workspace (TPT_IMPORT_PAGE (page), workspace);
  g_signal_connect_object (page, "imported", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->bin, page);

  return GTK_WIDGET (self);
}
