/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-metrics-panel.h"

#include <glib/gi18n.h>

#include "tpt-figure-tile.h"
#include "tpt-format.h"
#include "tpt-health-card.h"
#include "tpt-months-chart.h"

#define MONTHS 12

struct _TptMetricsPanel
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  TptCustomerItem *item;
  GSignalGroup *signals;
  GCancellable *cancellable;

  /* Template widgets */
  GtkStack *stack;
  TptHealthCard *health;
  TptFigureTile *last_scheduled;
  TptFigureTile *last_held;
  TptFigureTile *next;
  TptFigureTile *frequency;
  TptFigureTile *held;
  TptFigureTile *cancellation;
  TptFigureTile *no_show;
  TptFigureTile *cadence;
  TptMonthsChart *chart;
};

G_DEFINE_FINAL_TYPE (TptMetricsPanel, tpt_metrics_panel, ADW_TYPE_BIN)

static void
set_last (TptMetricsPanel *self,
          TptFigureTile   *tile,
          TptTime          time)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  TptTime now = tpt_clock_now (self->workspace->clock);
  g_autofree char *ago = NULL;
  g_autofree char *day = NULL;
  g_autofree char *window = NULL;

  if (time == TPT_TIME_NONE)
    {
      tpt_figure_tile_set (tile, _("Never"), _("of all time"));
      return;
    }
  ago = tpt_format_days_ago (tpt_time_get_local_day (now, zone)
                             - tpt_time_get_local_day (time, zone));
  day = tpt_format_day (time, zone, now);
  /* Translators: %s is a date */
  window = g_strdup_printf (_("%s, of all time"), day);
  tpt_figure_tile_set (tile, ago, window);
}

static void
set_next (TptMetricsPanel *self,
          TptMetrics      *metrics)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  TptTime now = tpt_clock_now (self->workspace->clock);
  g_autofree char *next = tpt_format_next (metrics->next_meeting_at, zone, now);
  g_autofree char *day = NULL;

  if (metrics->next_meeting_at != TPT_TIME_NONE)
    day = tpt_format_day (metrics->next_meeting_at, zone, now);
  tpt_figure_tile_set (self->next, next, day != NULL ? day : _("from now on"));
}

static void
set_cadence (TptMetricsPanel *self,
             TptMetrics      *metrics)
{
  int gap = metrics->cadence_gap_days.defined ? (int) metrics->cadence_gap_days.value : 0;
  g_autofree char *aim = g_strdup_printf (ngettext ("Every %d day", "Every %d days",
                                                    (gulong) metrics->cadence_days),
                                          metrics->cadence_days);
  g_autofree char *state = NULL;

  if (!metrics->cadence_gap_days.defined)
    state = g_strdup (_("never met yet"));
  else if (gap > 0)
    state = g_strdup_printf (ngettext ("%d day over", "%d days over", (gulong) gap), gap);
  else
    state = g_strdup (_("kept"));
  if (gap > 0 && metrics->covered)
    {
      g_free (state);
      state = g_strdup (_("over, but a meeting is booked"));
    }
  tpt_figure_tile_set (self->cadence, aim, state);
}

static void
update_figures (TptMetricsPanel *self,
                TptMetrics      *metrics)
{
  g_autofree char *window = NULL;
  g_autofree char *frequency = tpt_format_per_month (metrics->booking_frequency);
  g_autofree char *held = g_strdup_printf ("%d", (int) metrics->held);
  g_autofree char *cancellation = tpt_format_rate (&metrics->cancellation_rate);
  g_autofree char *no_show = tpt_format_rate (&metrics->no_show_rate);

  window = g_strdup_printf (ngettext ("last %d day", "last %d days", (gulong) metrics->window_days),
                            metrics->window_days);
  set_last (self, self->last_scheduled, metrics->last_scheduled_at);
  set_last (self, self->last_held, metrics->last_held_at);
  set_next (self, metrics);
  set_cadence (self, metrics);
  tpt_figure_tile_set (self->frequency, frequency, window);
  tpt_figure_tile_set (self->held, held, window);
  tpt_figure_tile_set (self->cancellation, cancellation, window);
  tpt_figure_tile_set (self->no_show, no_show, window);
}

static void
months_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptMetricsPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) months = NULL;

  months = tpt_portfolio_count_months_finish (TPT_PORTFOLIO (source), result, &error);
  /* Counting fails only when it was cancelled: another customer is shown by now. */
  if (months != NULL)
    tpt_months_chart_set_months (self->chart, months);
}

static void
update (TptMetricsPanel *self)
{
  TptMetrics *metrics = tpt_customer_item_get_metrics (self->item);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (metrics == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      return;
    }
  tpt_health_card_set_health (self->health, &metrics->health);
  update_figures (self, metrics);
  gtk_stack_set_visible_child_name (self->stack, "content");
  self->cancellable = g_cancellable_new ();
  tpt_portfolio_count_months_async (self->workspace->portfolio,
                                    tpt_customer_item_get_id (self->item), MONTHS,
                                    self->cancellable, months_cb, g_object_ref (self));
}

static void
tpt_metrics_panel_dispose (GObject *object)
{
  TptMetricsPanel *self = TPT_METRICS_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->signals);
  g_clear_object (&self->item);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_metrics_panel_parent_class)->dispose (object);
}

static void
tpt_metrics_panel_class_init (TptMetricsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_metrics_panel_dispose;

  g_type_ensure (TPT_TYPE_FIGURE_TILE);
  g_type_ensure (TPT_TYPE_HEALTH_CARD);
  g_type_ensure (TPT_TYPE_MONTHS_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-metrics-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, health);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, last_scheduled);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, last_held);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, next);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, frequency);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, held);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, cancellation);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, no_show);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, cadence);
  gtk_widget_class_bind_template_child (widget_class, TptMetricsPanel, chart);
}

static void
tpt_metrics_panel_init (TptMetricsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (TPT_TYPE_CUSTOMER_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::metrics", G_CALLBACK (update), self);
}

/** tpt_metrics_panel_set_item: whose figures to show */
void
tpt_metrics_panel_set_item (TptMetricsPanel *self,
                            TptWorkspace    *workspace,
                            TptCustomerItem *item)
{
  g_return_if_fail (TPT_IS_METRICS_PANEL (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (TPT_IS_CUSTOMER_ITEM (item));

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->item, item);
  g_signal_group_set_target (self->signals, item);
  update (self);
}
