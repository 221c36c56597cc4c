/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-field-list.h"

#include "tpt-customer-fields.h"
#include "tpt-literal.h"
#include "tpt-wrap.h"

#define MAX_LINES 8

struct _TptFieldList
{
  AdwBin parent_instance;

  TptCustomer *customer;

  /* Template widgets */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TptFieldList, tpt_field_list, ADW_TYPE_BIN)

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  tpt_wrap_label (GTK_LABEL (label));
  gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

/* The name small, the value below it, for the clipboard. */
static GtkWidget *
create_row (const char *name,
            const char *value)
{
  g_autofree char *title = tpt_literal_line (name);
  g_autofree char *text = tpt_literal_block (value);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name_label = create_label (title);
  GtkWidget *value_label = create_label (text);

  gtk_widget_add_css_class (name_label, "caption");
  gtk_widget_add_css_class (name_label, "dim-label");
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value_label), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  name_label, value_label, NULL, -1);
  gtk_widget_add_css_class (box, "padded");
  gtk_box_append (GTK_BOX (box), name_label);
  gtk_box_append (GTK_BOX (box), value_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

static void
tpt_field_list_dispose (GObject *object)
{
  TptFieldList *self = TPT_FIELD_LIST (object);

  g_clear_object (&self->customer);

  G_OBJECT_CLASS (tpt_field_list_parent_class)->dispose (object);
}

static void
tpt_field_list_class_init (TptFieldListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_field_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-field-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TptFieldList, list);
}

static void
tpt_field_list_init (TptFieldList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is as it was stays, with what is selected in it. */
void
tpt_field_list_set_customer (TptFieldList *self,
                             TptCustomer  *customer)
{
  g_auto (GStrv) names = tpt_customer_fields_list_names (customer);
  GtkListBoxRow *row;

  g_return_if_fail (TPT_IS_FIELD_LIST (self));

  gtk_widget_set_visible (GTK_WIDGET (self), *names != NULL);
  if (self->customer != NULL && tpt_customer_fields_are_same (self->customer, customer))
    return;
  g_set_object (&self->customer, customer);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (char **name = names; *name != NULL; name++)
    gtk_list_box_append (self->list,
                         create_row (*name, g_hash_table_lookup (customer->fields, *name)));
}
