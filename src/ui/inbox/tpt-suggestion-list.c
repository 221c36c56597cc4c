/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-suggestion-list.h"

#include "tpt-customer-suggestion.h"
#include "tpt-icon-button.h"
#include "tpt-literal.h"
#include "tpt-slice.h"
#include "tpt-wrap.h"

#include <glib/gi18n.h>

#define FEW 3
#define MORE 20

struct _TptSuggestionList
{
  AdwBin parent_instance;

  TptInboxModel *model;
  TptSlice *slice;

  AdwPreferencesGroup *group;
  GtkListBox *list;
  GtkButton *more;
};

G_DEFINE_FINAL_TYPE (TptSuggestionList, tpt_suggestion_list, ADW_TYPE_BIN)

static void
update (TptSuggestionList *self)
{
  guint total = g_list_model_get_n_items (tpt_inbox_model_get_suggestions (self->model));
  g_autofree char *label =
    g_strdup_printf (ngettext ("Show More of %u", "Show More of %u", total), total);

  gtk_widget_set_visible (GTK_WIDGET (self), total > 0);
  gtk_button_set_label (self->more, label);
  gtk_widget_set_visible (GTK_WIDGET (self->more),
                          total > tpt_slice_get_size (self->slice));
}

static void
add_cb (GtkButton             *button,
        TptCustomerSuggestion *suggestion)
{
  TptSuggestionList *self = TPT_SUGGESTION_LIST (
    gtk_widget_get_ancestor (GTK_WIDGET (button), TPT_TYPE_SUGGESTION_LIST));
  g_autoptr (TptCustomer) draft = tpt_customer_new ();
  g_autofree char *name = tpt_literal_part (suggestion->name);
  g_autofree char *done = g_strdup_printf (_("%s is a customer now"), name);

  draft->name = g_strdup (suggestion->name);
  g_strfreev (draft->domains);
  draft->domains = g_strsplit (suggestion->domain, ";", 1);
  tpt_inbox_model_act (self->model, tpt_match_act_new_create (draft, NULL), done);
}

static void
dismiss_cb (GtkButton             *button,
            TptCustomerSuggestion *suggestion)
{
  TptSuggestionList *self = TPT_SUGGESTION_LIST (
    gtk_widget_get_ancestor (GTK_WIDGET (button), TPT_TYPE_SUGGESTION_LIST));
  g_autofree char *done = g_strdup_printf (_("%s is set aside"), suggestion->domain);

  tpt_inbox_model_act (self->model, tpt_match_act_new_rule (suggestion->domain, 0), done);
}

static void
name_widget (GtkWidget  *widget,
             const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static GtkWidget *
create_add (TptCustomerSuggestion *suggestion,
            const char            *name)
{
  GtkWidget *button = gtk_button_new_with_label (_("Add"));
  g_autofree char *label = g_strdup_printf (_("Add %s as a customer"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  name_widget (button, label);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), suggestion, 0);

  return button;
}

static GtkWidget *
create_dismiss (TptCustomerSuggestion *suggestion)
{
  g_autofree char *label =
    g_strdup_printf (_("Set everybody at %s aside"), suggestion->domain);
  GtkWidget *button = tpt_icon_button_new ("window-close-symbolic", label);

  g_signal_connect_object (button, "clicked", G_CALLBACK (dismiss_cb), suggestion, 0);

  return button;
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  TptCustomerSuggestion *suggestion = item;
  g_autofree char *name = tpt_literal_part (suggestion->name);
  g_autofree char *meetings =
    g_strdup_printf (ngettext ("%u meeting", "%u meetings", suggestion->meetings),
                     suggestion->meetings);
  g_autofree char *people =
    g_strdup_printf (ngettext ("%u person", "%u people", suggestion->people), suggestion->people);
  g_autofree char *text = g_strjoin (" · ", suggestion->domain, meetings, people, NULL);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  tpt_wrap_row (row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_add (suggestion, name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_dismiss (suggestion));

  return row;
}

static void
more_cb (TptSuggestionList *self)
{
  tpt_slice_set_size (self->slice, tpt_slice_get_size (self->slice) + MORE);
  update (self);
}

static void
tpt_suggestion_list_dispose (GObject *object)
{
  TptSuggestionList *self = TPT_SUGGESTION_LIST (object);

  g_clear_object (&self->slice);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (tpt_suggestion_list_parent_class)->dispose (object);
}

static void
tpt_suggestion_list_class_init (TptSuggestionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_suggestion_list_dispose;
}

static void
tpt_suggestion_list_init (TptSuggestionList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("New customers?"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  name_widget (GTK_WIDGET (self->list), _("Domains that may be new customers"));
  self->more = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "flat");
  gtk_widget_set_halign (GTK_WIDGET (self->more), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  adw_preferences_group_add (self->group, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

void
tpt_suggestion_list_set_model (TptSuggestionList *self,
                               TptInboxModel     *model)
{
  GListModel *suggestions = tpt_inbox_model_get_suggestions (model);

  g_return_if_fail (TPT_IS_SUGGESTION_LIST (self));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  self->slice = tpt_slice_new (suggestions, FEW);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->slice), create_row, NULL, NULL);
  g_signal_connect_object (suggestions, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
