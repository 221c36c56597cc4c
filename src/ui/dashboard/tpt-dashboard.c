/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-dashboard.h"

#include "tpt-day-card.h"
#include "tpt-figures-card.h"
#include "tpt-fold-box.h"
#include "tpt-quiet-card.h"
#include "tpt-unmatched-card.h"
#include "tpt-waiting-card.h"

#include <glib/gi18n.h>

struct _TptDashboard
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GSettings *settings;
  guint tick;

  GtkWidget *today;
  GtkWidget *tomorrow;
  GtkWidget *quiet;
  GtkWidget *waiting;
  GtkWidget *figures;
  GtkWidget *unmatched;

  /* Template widgets */
  GtkBox *agenda;
  GtkBox *attention;
};

G_DEFINE_FINAL_TYPE (TptDashboard, tpt_dashboard, ADW_TYPE_BIN)

static void
show_cards (TptDashboard *self)
{
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, "hidden-cards");
  const char *const *names = (const char *const *) hidden;
  gboolean agenda = !g_strv_contains (names, "agenda");
  gboolean waiting = !g_strv_contains (names, "waiting");
  gboolean quiet = !g_strv_contains (names, "quiet");
  gboolean figures = !g_strv_contains (names, "figures");

  gtk_widget_set_visible (self->today, agenda);
  gtk_widget_set_visible (self->tomorrow, agenda);
  gtk_widget_set_visible (self->waiting, waiting);
  gtk_widget_set_visible (self->quiet, quiet);
  gtk_widget_set_visible (self->figures, figures);
  tpt_unmatched_card_set_wanted (TPT_UNMATCHED_CARD (self->unmatched),
                                 !g_strv_contains (names, "unmatched"));
  gtk_widget_set_visible (GTK_WIDGET (self->agenda), agenda);
  gtk_widget_set_visible (GTK_WIDGET (self->attention), quiet || waiting || figures);
}

/* Meetings end while the window stays open. */
static gboolean
tick_cb (gpointer user_data)
{
  TptDashboard *self = user_data;

  tpt_day_card_refresh (TPT_DAY_CARD (self->today));

  return G_SOURCE_CONTINUE;
}

static void
tpt_dashboard_dispose (GObject *object)
{
  TptDashboard *self = TPT_DASHBOARD (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->settings);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_dashboard_parent_class)->dispose (object);
}

static void
tpt_dashboard_class_init (TptDashboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_dashboard_dispose;

  g_type_ensure (TPT_TYPE_FOLD_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/dashboard/tpt-dashboard.ui");
  gtk_widget_class_bind_template_child (widget_class, TptDashboard, agenda);
  gtk_widget_class_bind_template_child (widget_class, TptDashboard, attention);
}

static void
tpt_dashboard_init (TptDashboard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->today = tpt_day_card_new (0);
  self->tomorrow = tpt_day_card_new (1);
  self->waiting = tpt_waiting_card_new ();
  self->figures = tpt_figures_card_new ();
  self->quiet = tpt_quiet_card_new ();
  self->unmatched = tpt_unmatched_card_new ();
  gtk_box_append (self->agenda, self->today);
  gtk_box_append (self->agenda, self->tomorrow);
  gtk_box_append (self->attention, self->unmatched);
  gtk_box_append (self->attention, self->quiet);
  gtk_box_append (self->attention, self->waiting);
  gtk_box_append (self->attention, self->figures);
}

GtkWidget *
tpt_dashboard_new (void)
{
  return g_object_new (TPT_TYPE_DASHBOARD, NULL);
}

void
tpt_dashboard_set_workspace (TptDashboard *self,
                             TptWorkspace *workspace,
                             GSettings    *settings)
{
  g_return_if_fail (TPT_IS_DASHBOARD (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::hidden-cards", G_CALLBACK (show_cards), self,
                           G_CONNECT_SWAPPED);
  show_cards (self);
  tpt_day_card_set_workspace (TPT_DAY_CARD (self->today), workspace);
  tpt_day_card_set_workspace (TPT_DAY_CARD (self->tomorrow), workspace);
  tpt_waiting_card_set_workspace (TPT_WAITING_CARD (self->waiting), workspace);
  tpt_figures_card_set_workspace (TPT_FIGURES_CARD (self->figures), workspace);
  tpt_quiet_card_set_workspace (TPT_QUIET_CARD (self->quiet), workspace);
  tpt_unmatched_card_set_workspace (TPT_UNMATCHED_CARD (self->unmatched), workspace);
  self->tick = g_timeout_add_seconds (60, tick_cb, self);
}

/**
 * tpt_dashboard_get_card:
 * @name: "today", "tomorrow", "waiting", "figures" or "quiet"
 */
GtkWidget *
tpt_dashboard_get_card (TptDashboard *self,
                        const char   *name)
{
  g_return_val_if_fail (TPT_IS_DASHBOARD (self), NULL);

  if (g_str_equal (name, "today"))
    return self->today;
  if (g_str_equal (name, "tomorrow"))
    return self->tomorrow;
  if (g_str_equal (name, "waiting"))
    return self->waiting;
  if (g_str_equal (name, "figures"))
    return self->figures;
  g_return_val_if_fail (g_str_equal (name, "quiet"), NULL);

  return self->quiet;
}
