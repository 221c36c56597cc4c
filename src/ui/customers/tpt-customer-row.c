/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customer-row.h"

#include <glib/gi18n.h>

#include "tpt-chip.h"
#include "tpt-format.h"
#include "tpt-literal.h"

struct _TptCustomerRow
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  TptCustomerItem *item;
  GSignalGroup *signals;

  /* Template widgets */
  GtkLabel *name;
  TptChip *health;
  GtkLabel *next;
  GtkLabel *last;
};

G_DEFINE_FINAL_TYPE (TptCustomerRow, tpt_customer_row, ADW_TYPE_BIN)

static char *
describe_last (TptMetrics *metrics)
{
  int days;

  if (!metrics->days_since_last_held.defined)
    return g_strdup (_("Never met"));
  days = (int) metrics->days_since_last_held.value;
  if (days <= 0)
    return g_strdup (_("Met today"));
  if (days == 1)
    return g_strdup (_("Met yesterday"));

  return g_strdup_printf (ngettext ("Met %d day ago", "Met %d days ago", (gulong) days), days);
}

/* The keyboard is in what the list puts around the row, which GTK 4.8 gives no name. */
static void
name_item (TptCustomerRow *self,
           const char     *name,
           const char     *next,
           const char     *last)
{
  GtkWidget *around = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *label = next != NULL && last != NULL
                             ? g_strjoin (", ", name, tpt_chip_get_label (self->health), next, last,
                                          NULL)
                             : g_strdup (name);

  if (around != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (around), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}

static void
update (TptCustomerRow *self)
{
  TptMetrics *metrics = tpt_customer_item_get_metrics (self->item);
  g_autofree char *name = tpt_literal_line (tpt_customer_item_get_name (self->item));
  g_autofree char *next = NULL;
  g_autofree char *last = NULL;

  gtk_label_set_text (self->name, name);
  tpt_chip_set_health (self->health, metrics != NULL ? &metrics->health : NULL);
  if (metrics != NULL)
    {
      next = tpt_format_next (metrics->next_meeting_at, tpt_workspace_get_zone (self->workspace),
                              tpt_clock_now (self->workspace->clock));
      last = describe_last (metrics);
    }
  /* A blank keeps the height of the line until the figures are there. */
  gtk_label_set_text (self->next, next != NULL ? next : " ");
  gtk_label_set_text (self->last, last != NULL ? last : "");
  name_item (self, name, next, last);
  if (metrics != NULL && metrics->next_meeting_at == TPT_TIME_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->next), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->next), "dim-label");
}

static void
item_changed_cb (TptCustomerRow *self)
{
  update (self);
}

static void
tpt_customer_row_dispose (GObject *object)
{
  TptCustomerRow *self = TPT_CUSTOMER_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->item);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_customer_row_parent_class)->dispose (object);
}

static void
tpt_customer_row_class_init (TptCustomerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_customer_row_dispose;

  g_type_ensure (TPT_TYPE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-customer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TptCustomerRow, name);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerRow, health);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerRow, next);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerRow, last);
}

static void
tpt_customer_row_init (TptCustomerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (TPT_TYPE_CUSTOMER_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::customer", G_CALLBACK (item_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::metrics", G_CALLBACK (item_changed_cb),
                                  self);
}

GtkWidget *
tpt_customer_row_new (TptWorkspace *workspace)
{
  TptCustomerRow *self = g_object_new (TPT_TYPE_CUSTOMER_ROW, NULL);

  self->workspace = g_object_ref (workspace);

  return GTK_WIDGET (self);
}

/** tpt_customer_row_set_item: (nullable item): shows @item and follows it */
void
tpt_customer_row_set_item (TptCustomerRow  *self,
                           TptCustomerItem *item)
{
  g_return_if_fail (TPT_IS_CUSTOMER_ROW (self));

  g_set_object (&self->item, item);
  g_signal_group_set_target (self->signals, item);
  if (item != NULL)
    update (self);
}
