/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customer-page.h"

#include <glib/gi18n.h>

#include "tpt-chip.h"
#include "tpt-customer-questions.h"
#include "tpt-field-list.h"
#include "tpt-fold-box.h"
#include "tpt-link-list.h"
#include "tpt-link-panel.h"
#include "tpt-literal.h"
#include "tpt-meetings-panel.h"
#include "tpt-metrics-panel.h"
#include "tpt-people-list.h"

struct _TptCustomerPage
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  TptCustomerItem *item;
  GSignalGroup *signals;

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GMenuModel *menu;
  GtkButton *edit_button;
  GtkMenuButton *menu_button;
  GtkLabel *name;
  TptChip *health;
  TptChip *tier;
  TptChip *status;
  GtkLabel *subtitle;
  TptLinkPanel *link_panel;
  TptMeetingsPanel *meetings;
  TptMetricsPanel *metrics;
  TptPeopleList *people;
  TptFieldList *fields;
  TptLinkList *links;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptCustomerPage, tpt_customer_page, ADW_TYPE_BIN)

static const char *
name_status (TptCustomerStatus status)
{
  switch (status)
    {
    case TPT_CUSTOMER_PROSPECT:
      return C_("customer", "Prospect");
    case TPT_CUSTOMER_INACTIVE:
      return C_("customer", "Inactive");
    case TPT_CUSTOMER_ACTIVE:
    default:
      return NULL;
    }
}

static char *
make_subtitle (TptCustomer *customer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (customer->owner != NULL && *customer->owner != '\0')
    {
      g_autofree char *owner = tpt_literal_part (customer->owner);
      g_autofree char *text = g_strdup_printf (_("Looked after by %s"), owner);

      g_strv_builder_add (builder, text);
    }
  for (gsize i = 0; customer->domains[i] != NULL; i++)
    {
      g_autofree char *domain = tpt_literal_part (customer->domains[i]);

      g_strv_builder_add (builder, domain);
    }
  parts = g_strv_builder_end (builder);

  return g_strjoinv (" · ", parts);
}

static void
set_chip (TptChip    *chip,
          const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (chip), text != NULL && *text != '\0');
  if (text != NULL)
    tpt_chip_set_text (chip, text);
}

static void
update_header (TptCustomerPage *self)
{
  TptCustomer *customer = tpt_customer_item_get_customer (self->item);
  TptMetrics *metrics = tpt_customer_item_get_metrics (self->item);
  g_autofree char *name = tpt_literal_line (customer->name);
  g_autofree char *subtitle = make_subtitle (customer);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle != '\0');
  set_chip (self->tier, customer->tier);
  set_chip (self->status, name_status (customer->status));
  tpt_chip_set_health (self->health, metrics != NULL ? &metrics->health : NULL);
}

static void
customer_changed_cb (TptCustomerPage *self)
{
  TptCustomer *customer = tpt_customer_item_get_customer (self->item);
  g_autofree char *former = g_strdup (gtk_label_get_text (self->name));

  update_header (self);
  /* The window says the name, too. */
  if (!g_str_equal (former, gtk_label_get_text (self->name))
      && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-customer", "x", customer->id);
  tpt_link_panel_set_customer (self->link_panel, self->workspace, customer);
  tpt_people_list_set_customer (self->people, self->workspace, customer);
  tpt_field_list_set_customer (self->fields, customer);
}

static void
toast_cb (TptCustomerPage *self,
          const char      *text)
{
  g_signal_emit (self, signals[TOAST], 0, text);
}

/* The menu is a whole tree of widgets. */
static void
menu_popup_cb (GtkMenuButton *button,
               gpointer       user_data)
{
  TptCustomerPage *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->menu);
}

static void
ask_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  TptCustomerPage *self = TPT_CUSTOMER_PAGE (widget);

  if (self->item != NULL && self->workspace->inbox != NULL)
    tpt_customer_questions_ask (widget, action, self->workspace, self->item);
}

static void
tpt_customer_page_dispose (GObject *object)
{
  TptCustomerPage *self = TPT_CUSTOMER_PAGE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->item);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_customer_page_parent_class)->dispose (object);
}

static void
tpt_customer_page_class_init (TptCustomerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_customer_page_dispose;

  signals[TOAST] =
    g_signal_new ("toast", TPT_TYPE_CUSTOMER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TPT_TYPE_CHIP);
  g_type_ensure (TPT_TYPE_FIELD_LIST);
  g_type_ensure (TPT_TYPE_FOLD_BOX);
  g_type_ensure (TPT_TYPE_LINK_LIST);
  g_type_ensure (TPT_TYPE_LINK_PANEL);
  g_type_ensure (TPT_TYPE_MEETINGS_PANEL);
  g_type_ensure (TPT_TYPE_METRICS_PANEL);
  g_type_ensure (TPT_TYPE_PEOPLE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-customer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, menu);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, name);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, health);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, tier);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, status);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, link_panel);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, meetings);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, metrics);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, people);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, fields);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerPage, links);
  gtk_widget_class_bind_template_callback (widget_class, toast_cb);
  tpt_customer_questions_install (widget_class, ask_cb);
}

static void
tpt_customer_page_init (TptCustomerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, menu_popup_cb, self, NULL);
  self->signals = g_signal_group_new (TPT_TYPE_CUSTOMER_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::customer",
                                  G_CALLBACK (customer_changed_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::metrics", G_CALLBACK (update_header),
                                  self);
}

GtkWidget *
tpt_customer_page_new (void)
{
  return g_object_new (TPT_TYPE_CUSTOMER_PAGE, NULL);
}

/**
 * tpt_customer_page_set_customer:
 * @customer: row of a customer of the portfolio
 *
 * Shows @customer, from the top. Every part has its placeholder until it is read. To be called
 * once the portfolio knows the customer; a row that it does not know leaves the page as it is.
 */
void
tpt_customer_page_set_customer (TptCustomerPage *self,
                                TptWorkspace    *workspace,
                                gint64           customer)
{
  TptCustomerItem *item;

  g_return_if_fail (TPT_IS_CUSTOMER_PAGE (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));

  item = tpt_portfolio_find (workspace->portfolio, customer);
  if (item == NULL || item == self->item)
    return;
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->item, item);
  g_signal_group_set_target (self->signals, item);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), workspace->inbox != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), workspace->inbox != NULL);
  update_header (self);
  tpt_link_panel_set_customer (self->link_panel, workspace, tpt_customer_item_get_customer (item));
  tpt_meetings_panel_set_customer (self->meetings, workspace, customer);
  tpt_metrics_panel_set_item (self->metrics, workspace, item);
  tpt_people_list_set_customer (self->people, workspace, tpt_customer_item_get_customer (item));
  tpt_field_list_set_customer (self->fields, tpt_customer_item_get_customer (item));
  tpt_link_list_set_customer (self->links, workspace, customer);
}

/** tpt_customer_page_get_customer: (transfer none) (nullable): who is in view */
TptCustomer *
tpt_customer_page_get_customer (TptCustomerPage *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_PAGE (self), NULL);

  return self->item != NULL ? tpt_customer_item_get_customer (self->item) : NULL;
}

/**
 * tpt_customer_page_copy_link:
 *
 * makes the link that the page offers for the customer in view, and copies it
 */
void
tpt_customer_page_copy_link (TptCustomerPage *self,
                             const char      *origin)
{
  g_return_if_fail (TPT_IS_CUSTOMER_PAGE (self));
  g_return_if_fail (self->item != NULL);

  tpt_link_panel_generate (self->link_panel, origin);
}
