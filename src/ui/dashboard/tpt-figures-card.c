/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-figures-card.h"

#include "tpt-band-bar.h"
#include "tpt-format.h"

#include <glib/gi18n.h>

#define N_BANDS (TPT_HEALTH_HEALTHY + 1)

struct _TptFiguresCard
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  TptDashboardCard *card;

  /* Template widgets */
  GtkBox *figures;
  GtkLabel *customers;
  GtkLabel *weekly;
  GtkLabel *cancellation;
  GtkLabel *no_show;
  TptBandBar *bands;
};

G_DEFINE_FINAL_TYPE (TptFiguresCard, tpt_figures_card, ADW_TYPE_BIN)

static void
count_bands (TptPortfolio *portfolio,
             guint         counts[N_BANDS])
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (portfolio));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (G_LIST_MODEL (portfolio), i);
      TptMetrics *metrics = tpt_customer_item_get_metrics (item);

      counts[metrics != NULL ? metrics->health.band : TPT_HEALTH_UNKNOWN]++;
    }
}

static void
set_number (GtkLabel *label,
            guint     number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_label_set_text (label, text);
}

static void
set_rate (GtkLabel      *label,
          const TptRate *rate)
{
  g_autofree char *text = rate->defined ? tpt_format_percent (rate->value) : g_strdup ("–");
  g_autofree char *detail = tpt_format_rate (rate);

  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), detail);
}

static void
show_figures (TptFiguresCard *self)
{
  TptPortfolio *portfolio = self->workspace->portfolio;
  TptMetrics *metrics = tpt_portfolio_get_metrics (portfolio);
  guint counts[N_BANDS] = { 0 };
  g_autofree char *weekly = NULL;
  g_autofree char *window = NULL;

  count_bands (portfolio, counts);
  set_number (self->customers, g_list_model_get_n_items (G_LIST_MODEL (portfolio)));
  tpt_band_bar_set_counts (self->bands, counts);
  weekly = g_strdup_printf ("%.1f", (double) metrics->held * 7 / metrics->window_days);
  gtk_label_set_text (self->weekly, weekly);
  set_rate (self->cancellation, &metrics->cancellation_rate);
  set_rate (self->no_show, &metrics->no_show_rate);
  window = g_strdup_printf (ngettext ("Last %d day", "Last %d days", (gulong) metrics->window_days),
                            metrics->window_days);
  tpt_dashboard_card_set_note (self->card, window);
  tpt_dashboard_card_show_content (self->card);
}

static void
update (TptFiguresCard *self)
{
  TptPortfolio *portfolio = self->workspace->portfolio;

  switch (tpt_portfolio_get_state (portfolio))
    {
    case TPT_PORTFOLIO_LOADING:
    case TPT_PORTFOLIO_COUNTING:
      tpt_dashboard_card_show_loading (self->card);
      break;
    case TPT_PORTFOLIO_FAILED:
      tpt_dashboard_card_show_error (self->card, tpt_portfolio_get_message (portfolio));
      break;
    case TPT_PORTFOLIO_READY:
    default:
      if (g_list_model_get_n_items (G_LIST_MODEL (portfolio)) == 0)
        tpt_dashboard_card_show_empty (self->card, "system-users-symbolic",
                                       _("There are no customers yet"), _("Import…"),
                                       "app.import-customers");
      else if (tpt_portfolio_get_metrics (portfolio) != NULL)
        show_figures (self);
    }
}

static void
retry_cb (TptFiguresCard *self)
{
  tpt_portfolio_load (self->workspace->portfolio);
}

static void
tpt_figures_card_dispose (GObject *object)
{
  TptFiguresCard *self = TPT_FIGURES_CARD (object);

  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_figures_card_parent_class)->dispose (object);
}

static void
tpt_figures_card_class_init (TptFiguresCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_figures_card_dispose;

  g_type_ensure (TPT_TYPE_BAND_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/dashboard/tpt-figures-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TptFiguresCard, figures);
  gtk_widget_class_bind_template_child (widget_class, TptFiguresCard, customers);
  gtk_widget_class_bind_template_child (widget_class, TptFiguresCard, weekly);
  gtk_widget_class_bind_template_child (widget_class, TptFiguresCard, cancellation);
  gtk_widget_class_bind_template_child (widget_class, TptFiguresCard, no_show);
  gtk_widget_class_bind_template_child (widget_class, TptFiguresCard, bands);
}

static void
tpt_figures_card_init (TptFiguresCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* The template's child moves into the frame, which a template cannot name a place in. */
  g_object_ref (self->figures);
  adw_bin_set_child (ADW_BIN (self), NULL);
  self->card = TPT_DASHBOARD_CARD (tpt_dashboard_card_new (_("All Customers"),
                                                           GTK_WIDGET (self->figures)));
  g_object_unref (self->figures);
  g_signal_connect_object (self->card, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->card));
}

GtkWidget *
tpt_figures_card_new (void)
{
  return g_object_new (TPT_TYPE_FIGURES_CARD, NULL);
}

void
tpt_figures_card_set_workspace (TptFiguresCard *self,
                                TptWorkspace   *workspace)
{
  g_return_if_fail (TPT_IS_FIGURES_CARD (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace->portfolio, "updated", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->portfolio, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
