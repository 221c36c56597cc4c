/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-quiet-card.h"

#include "tpt-card-row.h"
#include "tpt-icon-button.h"
#include "tpt-literal.h"
#include "tpt-slice.h"

#include <glib/gi18n.h>

#define FEW 6

struct _TptQuietCard
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GtkFilter *filter;
  GtkSorter *sorter;
  GtkSortListModel *quiet;
  TptSlice *shown;

  TptDashboardCard *card;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TptQuietCard, tpt_quiet_card, ADW_TYPE_BIN)

static double
get_gap (TptCustomerItem *item)
{
  TptMetrics *metrics = tpt_customer_item_get_metrics (item);

  return metrics != NULL && metrics->cadence_gap_days.defined ? metrics->cadence_gap_days.value : 0;
}

static gboolean
is_quiet_cb (gpointer object,
             gpointer user_data)
{
  TptCustomer *customer = tpt_customer_item_get_customer (object);
  TptMetrics *metrics = tpt_customer_item_get_metrics (object);

  return metrics != NULL && customer->status != TPT_CUSTOMER_INACTIVE
         && metrics->next_meeting_at == TPT_TIME_NONE && get_gap (object) > 0;
}

static int
compare_gap_cb (gconstpointer first,
                gconstpointer second,
                gpointer      user_data)
{
  double a = get_gap ((gpointer) first);
  double b = get_gap ((gpointer) second);

  return a < b ? GTK_ORDERING_LARGER : a > b ? GTK_ORDERING_SMALLER : GTK_ORDERING_EQUAL;
}

static char *
describe (TptMetrics *metrics)
{
  int days = (int) metrics->days_since_last_held.value;
  int gap = (int) metrics->cadence_gap_days.value;
  g_autofree char *last = g_strdup_printf (ngettext ("Last met %d day ago", "Last met %d days ago",
                                                     (gulong) days),
                                           days);
  g_autofree char *overdue = g_strdup_printf (ngettext ("%d day overdue", "%d days overdue",
                                                        (gulong) gap),
                                              gap);

  return g_strjoin (" · ", last, overdue, NULL);
}

/* Who is quiet stays in the list while the days go by: the row follows. */
static void
fill_row (TptCustomerItem *item,
          GParamSpec      *pspec,
          GtkWidget       *row)
{
  TptMetrics *metrics = tpt_customer_item_get_metrics (item);
  g_autofree char *name = tpt_literal_part (tpt_customer_item_get_name (item));
  g_autofree char *text = metrics != NULL ? describe (metrics) : NULL;

  tpt_card_row_set_title (TPT_CARD_ROW (row), name, FALSE);
  tpt_card_row_set_subtitle (TPT_CARD_ROW (row), text != NULL ? text : "");
}

static void
label_button (TptCustomerItem *item,
              GParamSpec      *pspec,
              GtkWidget       *button)
{
  g_autofree char *name = tpt_literal_part (tpt_customer_item_get_name (item));
  g_autofree char *label = g_strdup_printf (_("Copy a booking link for %s"), name);

  tpt_icon_button_set_label (button, label);
}

static GtkWidget *
create_copy_button (TptCustomerItem *item)
{
  GtkWidget *button = tpt_icon_button_new ("edit-copy-symbolic", NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.copy-link-for");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", tpt_customer_item_get_id (item));
  label_button (item, NULL, button);
  g_signal_connect_object (item, "notify::name", G_CALLBACK (label_button), button, 0);

  return button;
}

static GtkWidget *
create_row_cb (gpointer object,
               gpointer user_data)
{
  GtkWidget *row = tpt_card_row_new ("win.show-customer");

  fill_row (object, NULL, row);
  g_signal_connect_object (object, "notify::name", G_CALLBACK (fill_row), row, 0);
  g_signal_connect_object (object, "notify::metrics", G_CALLBACK (fill_row), row, 0);
  tpt_card_row_set_suffix (TPT_CARD_ROW (row), create_copy_button (object));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", tpt_customer_item_get_id (object));

  return row;
}

static void
show_list (TptQuietCard *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->quiet));
  g_autofree char *note = g_strdup_printf ("%u", count);
  g_autofree char *more = NULL;

  if (count > tpt_slice_get_size (self->shown))
    more = g_strdup_printf (ngettext ("Show All %u", "Show All %u", count), count);
  tpt_dashboard_card_set_note (self->card, count > 0 ? note : NULL);
  tpt_dashboard_card_set_more (self->card, more);
  if (count > 0)
    tpt_dashboard_card_show_content (self->card);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->workspace->portfolio)) == 0)
    tpt_dashboard_card_show_empty (self->card, "system-users-symbolic",
                                   _("Import your customers to see who is going quiet"),
                                   _("Import…"), "app.import-customers");
  else
    tpt_dashboard_card_show_empty (self->card, "emblem-ok-symbolic",
                                   _("Nobody is overdue for a meeting"),
                                   NULL, NULL);
}

static void
update (TptQuietCard *self)
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
      show_list (self);
    }
}

/* First the order: whom the filter lets in is merged into a list that has to be in order by the
 * figures of now. */
static void
updated_cb (TptQuietCard *self)
{
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
more_cb (TptQuietCard *self)
{
  tpt_slice_set_size (self->shown, G_MAXUINT);
  update (self);
}

static void
retry_cb (TptQuietCard *self)
{
  tpt_portfolio_load (self->workspace->portfolio);
}

static void
tpt_quiet_card_dispose (GObject *object)
{
  TptQuietCard *self = TPT_QUIET_CARD (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->quiet);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_quiet_card_parent_class)->dispose (object);
}

static void
tpt_quiet_card_class_init (TptQuietCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_quiet_card_dispose;
}

static void
tpt_quiet_card_init (TptQuietCard *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Going Quiet"), -1);
  self->card = TPT_DASHBOARD_CARD (tpt_dashboard_card_new (_("Going Quiet"), list));
  g_signal_connect_object (self->card, "more", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->card));

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_quiet_cb, NULL, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_gap_cb, NULL, NULL));
}

GtkWidget *
tpt_quiet_card_new (void)
{
  return g_object_new (TPT_TYPE_QUIET_CARD, NULL);
}

void
tpt_quiet_card_set_workspace (TptQuietCard *self,
                              TptWorkspace *workspace)
{
  GtkFilterListModel *filtered;

  g_return_if_fail (TPT_IS_QUIET_CARD (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (workspace->portfolio)),
                                        g_object_ref (self->filter));
  self->quiet = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (self->sorter));
  self->shown = tpt_slice_new (G_LIST_MODEL (self->quiet), FEW);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row_cb, self, NULL);
  g_signal_connect_object (workspace->portfolio, "updated", G_CALLBACK (updated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->portfolio, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/** tpt_quiet_card_get_model: (transfer none): every quiet customer, also those not shown yet */
GListModel *
tpt_quiet_card_get_model (TptQuietCard *self)
{
  g_return_val_if_fail (TPT_IS_QUIET_CARD (self), NULL);

  return G_LIST_MODEL (self->quiet);
}
