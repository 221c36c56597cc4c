/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-sidebar.h"

#include "tpt-chip.h"
#include "tpt-customer-list.h"
#include "tpt-relay-status.h"

#include <glib/gi18n.h>

struct _TptSidebar
{
  AdwBin parent_instance;

  gboolean folded;

  /* Template widgets */
  GMenuModel *primary_menu;
  GtkMenuButton *menu_button;
  GtkListBox *places;
  GtkListBoxRow *inbox_row;
  TptChip *inbox_count;
  TptCustomerList *customers;
  TptRelayStatus *relay;
};

G_DEFINE_FINAL_TYPE (TptSidebar, tpt_sidebar, ADW_TYPE_BIN)

enum
{
  PROP_FOLDED = 1,
  N_PROPS,
};

enum
{
  CUSTOMER_CHOSEN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
place_activated_cb (GtkListBox    *list,
                    GtkListBoxRow *row,
                    TptSidebar    *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              row == self->inbox_row ? "win.inbox" : "win.dashboard", NULL);
}

static void
customer_chosen_cb (TptCustomerList *list,
                    gint64           customer,
                    TptSidebar      *self)
{
  g_signal_emit (self, signals[CUSTOMER_CHOSEN], 0, customer);
}

/* The menu is a whole tree of widgets. */
static void
menu_popup_cb (GtkMenuButton *button,
               gpointer       user_data)
{
  TptSidebar *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->primary_menu);
}

static void
show_count (TptSidebar    *self,
            TptInboxModel *model)
{
  guint count = tpt_inbox_model_get_count (model);
  g_autofree char *text = g_strdup_printf ("%u", count);
  g_autofree char *label =
    count == 0 ? g_strdup (_("Match inbox, nobody waits"))
               : g_strdup_printf (ngettext ("Match inbox, %u person has no customer",
                                            "Match inbox, %u people have no customer", count),
                                  count);

  tpt_chip_set_text (self->inbox_count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->inbox_count), count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->inbox_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
tpt_sidebar_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TptSidebar *self = TPT_SIDEBAR (object);

  switch (id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tpt_sidebar_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TptSidebar *self = TPT_SIDEBAR (object);

  switch (id)
    {
    case PROP_FOLDED:
      self->folded = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tpt_sidebar_class_init (TptSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tpt_sidebar_get_property;
  object_class->set_property = tpt_sidebar_set_property;

  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                  | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CUSTOMER_CHOSEN] = g_signal_new ("customer-chosen", TPT_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (TPT_TYPE_CHIP);
  g_type_ensure (TPT_TYPE_CUSTOMER_LIST);
  g_type_ensure (TPT_TYPE_RELAY_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/window/tpt-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, TptSidebar, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, TptSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TptSidebar, places);
  gtk_widget_class_bind_template_child (widget_class, TptSidebar, inbox_row);
  gtk_widget_class_bind_template_child (widget_class, TptSidebar, inbox_count);
  gtk_widget_class_bind_template_child (widget_class, TptSidebar, customers);
  gtk_widget_class_bind_template_child (widget_class, TptSidebar, relay);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, customer_chosen_cb);
}

static void
tpt_sidebar_init (TptSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, menu_popup_cb, self, NULL);
}

void
tpt_sidebar_set_workspace (TptSidebar   *self,
                           TptWorkspace *workspace)
{
  g_return_if_fail (TPT_IS_SIDEBAR (self));

  tpt_customer_list_set_workspace (self->customers, workspace);
  tpt_relay_status_set_workspace (self->relay, workspace);
  gtk_widget_set_visible (GTK_WIDGET (self->inbox_row), workspace->inbox != NULL);
  if (workspace->inbox == NULL)
    return;
  g_signal_connect_object (workspace->inbox, "updated", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  show_count (self, workspace->inbox);
}

/** tpt_sidebar_select_inbox: marks the match inbox as the place that the page shows */
void
tpt_sidebar_select_inbox (TptSidebar *self)
{
  g_return_if_fail (TPT_IS_SIDEBAR (self));

  gtk_list_box_select_row (self->places, self->inbox_row);
  tpt_customer_list_select (self->customers, 0);
}

/** tpt_sidebar_select: marks the place that the page shows: @customer, or the dashboard for 0 */
void
tpt_sidebar_select (TptSidebar *self,
                    gint64      customer)
{
  g_return_if_fail (TPT_IS_SIDEBAR (self));

  if (customer == 0)
    gtk_list_box_select_row (self->places, gtk_list_box_get_row_at_index (self->places, 0));
  else
    gtk_list_box_unselect_all (self->places);
  tpt_customer_list_select (self->customers, customer);
}

void
tpt_sidebar_focus_search (TptSidebar *self)
{
  g_return_if_fail (TPT_IS_SIDEBAR (self));

  tpt_customer_list_focus_search (self->customers);
}
