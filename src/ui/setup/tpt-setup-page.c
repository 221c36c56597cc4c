/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-setup-page.h"

#include "tpt-connect-page.h"
#include "tpt-import-page.h"

#include <glib/gi18n.h>

struct _TptSetupPage
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GSettings *settings;

  /* Template widgets */
  GtkStack *steps;
  GtkButton *back;
  GtkButton *skip;
  AdwWindowTitle *title;
  TptConnectPage *connect_page;
  TptImportPage *import_page;
  AdwStatusPage *done;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (TptSetupPage, tpt_setup_page, ADW_TYPE_BIN)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  const char *title;
} steps[] = {
  { "welcome", "" },
  { "connect", N_("Step 1 of 2") },
  { "import", N_("Step 2 of 2") },
  { "done", "" },
};

/* Once the customers are in there is nothing left to skip. */
static gboolean
can_skip (TptSetupPage *self,
          const char   *name)
{
  if (g_str_equal (name, "import"))
    return g_strcmp0 (tpt_import_page_get_step (self->import_page), "report") != 0;

  return g_str_equal (name, "connect");
}

static void
show_step (TptSetupPage *self,
           const char   *name)
{
  gboolean middle = g_str_equal (name, "connect") || g_str_equal (name, "import");

  gtk_stack_set_visible_child_name (self->steps, name);
  gtk_widget_set_visible (GTK_WIDGET (self->back), middle);
  gtk_widget_set_visible (GTK_WIDGET (self->skip), can_skip (self, name));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (g_str_equal (steps[i].name, name))
        adw_window_title_set_title (self->title, *steps[i].title != '\0' ? _(steps[i].title) : "");
    }
}

static void
show_progress (TptSetupPage *self)
{
  TptEngine *engine = self->workspace->engine;
  gboolean syncing = engine != NULL && tpt_engine_get_state (engine) == TPT_ENGINE_SYNCING;
  double progress = -1;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), syncing);
  if (!syncing)
    {
      adw_status_page_set_description (self->done, _("Everything is ready."));
      return;
    }
  g_object_get (engine, "progress", &progress, NULL);
  adw_status_page_set_description (self->done,
                                   _("Your meetings are coming in. You can start meanwhile."));
  if (progress < 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, progress);
}

static void
show_done (TptSetupPage *self)
{
  show_progress (self);
  show_step (self, "done");
}

static void
not_now_cb (TptSetupPage *self)
{
  g_settings_set_boolean (self->settings, "setup-skipped", TRUE);
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
start_cb (TptSetupPage *self)
{
  show_step (self, tpt_workspace_is_connected (self->workspace) ? "import" : "connect");
}

static void
connected_cb (TptSetupPage *self)
{
  show_step (self, "import");
}

static void
import_step_cb (TptSetupPage *self)
{
  const char *step = tpt_setup_page_get_step (self);

  if (step != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->skip), can_skip (self, step));
}

static void
imported_cb (TptSetupPage *self)
{
  show_done (self);
}

static void
back_cb (TptSetupPage *self)
{
  if (g_str_equal (tpt_setup_page_get_step (self), "connect"))
    {
      if (!tpt_connect_page_go_back (self->connect_page))
        show_step (self, "welcome");
    }
  else
    show_step (self, tpt_workspace_is_connected (self->workspace) ? "welcome" : "connect");
}

static void
skip_cb (TptSetupPage *self)
{
  if (g_str_equal (tpt_setup_page_get_step (self), "connect"))
    {
      tpt_connect_page_go_back (self->connect_page);
      show_step (self, "import");
    }
  else
    show_done (self);
}

static void
finish_cb (TptSetupPage *self)
{
  not_now_cb (self);
}

static void
tpt_setup_page_dispose (GObject *object)
{
  TptSetupPage *self = TPT_SETUP_PAGE (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tpt_setup_page_parent_class)->dispose (object);
}

static void
tpt_setup_page_class_init (TptSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_setup_page_dispose;

  signals[FINISHED] = g_signal_new ("finished", TPT_TYPE_SETUP_PAGE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TPT_TYPE_CONNECT_PAGE);
  g_type_ensure (TPT_TYPE_IMPORT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/setup/tpt-setup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, steps);
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, back);
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, skip);
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, title);
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, connect_page);
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, import_page);
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, done);
  gtk_widget_class_bind_template_child (widget_class, TptSetupPage, progress);
  gtk_widget_class_bind_template_callback (widget_class, not_now_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, connected_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, imported_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
}

static void
tpt_setup_page_init (TptSetupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tpt_setup_page_new (TptWorkspace *workspace,
                    GSettings    *settings)
{
  TptSetupPage *self = g_object_new (TPT_TYPE_SETUP_PAGE, NULL);

  g_return_val_if_fail (TPT_IS_WORKSPACE (workspace), NULL);

  self->workspace = g_object_ref (workspace);
  self->settings = g_object_ref (settings);
  if (workspace->connection != NULL)
    tpt_connect_page_set_connection (self->connect_page, workspace->connection);
  tpt_import_page_set_workspace (self->import_page, workspace);
  if (workspace->engine != NULL)
    {
      g_signal_connect_object (workspace->engine, "notify::state", G_CALLBACK (show_progress), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace->engine, "notify::progress", G_CALLBACK (show_progress),
                               self, G_CONNECT_SWAPPED);
    }
  show_step (self, "welcome");

  return GTK_WIDGET (self);
}

/** tpt_setup_page_get_step: "welcome", "connect", "import" or "done" */
const char *
tpt_setup_page_get_step (TptSetupPage *self)
{
  g_return_val_if_fail (TPT_IS_SETUP_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->steps);
}
