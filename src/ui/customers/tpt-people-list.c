/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-people-list.h"

#include "tpt-icon-button.h"
#include "tpt-literal.h"
#include "tpt-person-dialog.h"
#include "tpt-slice.h"
#include "tpt-wrap.h"

#include <glib/gi18n.h>

#define FEW 5
#define MORE 50

struct _TptPeopleList
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  TptCustomer *customer;

  /* Template widgets */
  GListStore *people;
  TptSlice *slice;
  GtkListBox *list;
  GtkWidget *nobody;
  GtkButton *add;
  GtkButton *more;
};

G_DEFINE_FINAL_TYPE (TptPeopleList, tpt_people_list, ADW_TYPE_BIN)

static void
update_more (TptPeopleList *self)
{
  guint total = g_list_model_get_n_items (G_LIST_MODEL (self->people));
  g_autofree char *label = g_strdup_printf (_("_Show More of %u"), total);

  gtk_button_set_label (self->more, label);
  gtk_widget_set_visible (GTK_WIDGET (self->more),
                          total > tpt_slice_get_size (self->slice));
}

static void
more_cb (TptPeopleList *self)
{
  tpt_slice_set_size (self->slice, tpt_slice_get_size (self->slice) + MORE);
  update_more (self);
}

static TptPeopleList *
find_list (GtkButton *button)
{
  return TPT_PEOPLE_LIST (gtk_widget_get_ancestor (GTK_WIDGET (button), TPT_TYPE_PEOPLE_LIST));
}

static void
add_cb (TptPeopleList *self)
{
  tpt_person_dialog_ask (GTK_WIDGET (self), self->workspace, self->customer, NULL);
}

static void
edit_cb (GtkButton      *button,
         TptStakeholder *person)
{
  TptPeopleList *self = find_list (button);

  tpt_person_dialog_ask (GTK_WIDGET (self), self->workspace, self->customer, person);
}

/* The row goes: the keyboard stays with the people. */
static void
remove_cb (GtkButton      *button,
           TptStakeholder *person)
{
  TptPeopleList *self = find_list (button);
  g_autofree char *name = tpt_literal_part (tpt_stakeholder_get_label (person));
  g_autofree char *done = g_strdup_printf (_("%s is removed"), name);

  tpt_inbox_model_act (self->workspace->inbox,
                       tpt_match_act_new_remove_person (self->customer->id, person->id), done);
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

/* Both side by side, for the end of a row. */
static GtkWidget *
create_buttons (TptStakeholder *person)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *name = tpt_literal_part (tpt_stakeholder_get_label (person));
  g_autofree char *edit = g_strdup_printf (_("Edit %s"), name);
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), name);
  GtkWidget *edit_button = tpt_icon_button_new ("document-edit-symbolic", edit);
  GtkWidget *remove_button = tpt_icon_button_new ("user-trash-symbolic", remove);

  g_signal_connect_object (edit_button, "clicked", G_CALLBACK (edit_cb), person, 0);
  g_signal_connect_object (remove_button, "clicked", G_CALLBACK (remove_cb), person, 0);
  gtk_box_append (GTK_BOX (box), edit_button);
  gtk_box_append (GTK_BOX (box), remove_button);

  return box;
}

/* The role, the address to write to, and how many others there are. */
static char *
describe (TptStakeholder *person)
{
  const char *email = tpt_stakeholder_get_email (person);
  guint more = g_strv_length (person->emails);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (person->role != NULL && *person->role != '\0')
    {
      g_autofree char *role = tpt_literal_part (person->role);

      g_strv_builder_add (builder, role);
    }
  if (email != NULL && person->name != NULL && *person->name != '\0')
    {
      g_autofree char *part = tpt_literal_part (email);

      g_strv_builder_add (builder, part);
    }
  if (more > 1)
    {
      /* Translators: further e-mail addresses of somebody */
      g_autofree char *others = g_strdup_printf (ngettext ("%u more", "%u more", more - 1),
                                                 more - 1);

      g_strv_builder_add (builder, others);
    }
  parts = g_strv_builder_end (builder);

  return g_strjoinv (" · ", parts);
}

/* @what: (nullable): what @value is, where that cannot be seen */
static GtkWidget *
create_detail (const char *what,
               const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = tpt_literal_line (value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  if (what != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), what);
  tpt_wrap_row (row);

  return row;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/* More than the line says. */
static gboolean
has_details (TptStakeholder *person)
{
  return g_strv_length (person->emails) > 1 || has_text (person->phone)
         || has_text (person->timezone);
}

static GtkWidget *
create_plain (TptStakeholder *person,
              const char     *subtitle,
              GtkWidget      *buttons)
{
  GtkWidget *row = adw_action_row_new ();

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (buttons != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), buttons);

  return row;
}

static GtkWidget *
create_expander (TptStakeholder *person,
                 const char     *subtitle,
                 GtkWidget      *buttons)
{
  GtkWidget *row = adw_expander_row_new ();
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (row);

  adw_expander_row_set_subtitle (expander, subtitle);
  if (buttons != NULL)
    adw_expander_row_add_action (expander, buttons);
  for (guint i = 1; person->emails[0] != NULL && person->emails[i] != NULL; i++)
    adw_expander_row_add_row (expander, create_detail (NULL, person->emails[i]));
  if (has_text (person->phone))
    adw_expander_row_add_row (expander, create_detail (C_("person", "Phone"), person->phone));
  if (has_text (person->timezone))
    adw_expander_row_add_row (expander, create_detail (_("Time Zone"), person->timezone));

  return row;
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  TptPeopleList *self = user_data;
  TptStakeholder *person = item;
  g_autofree char *title = tpt_literal_line (tpt_stakeholder_get_label (person));
  g_autofree char *subtitle = describe (person);
  GtkWidget *buttons = self->workspace->inbox != NULL ? create_buttons (person) : NULL;
  GtkWidget *row = has_details (person) ? create_expander (person, subtitle, buttons)
                                        : create_plain (person, subtitle, buttons);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  tpt_wrap_row (row);

  return row;
}

static gboolean
is_same_person (TptStakeholder *a,
                TptStakeholder *b)
{
  return a->id == b->id && tpt_stakeholder_compare (a, b) == 0;
}

/* Rows that somebody has opened stay open while nothing about the people is new. */
static gboolean
is_same (TptPeopleList *self,
         TptCustomer   *customer)
{
  if (self->customer == NULL || self->customer->id != customer->id
      || self->customer->stakeholders->len != customer->stakeholders->len)
    return FALSE;
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      if (!is_same_person (g_ptr_array_index (self->customer->stakeholders, i),
                           g_ptr_array_index (customer->stakeholders, i)))
        return FALSE;
    }

  return TRUE;
}

static void
tpt_people_list_dispose (GObject *object)
{
  TptPeopleList *self = TPT_PEOPLE_LIST (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->customer);

  G_OBJECT_CLASS (tpt_people_list_parent_class)->dispose (object);
}

static void
tpt_people_list_class_init (TptPeopleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_people_list_dispose;

  g_type_ensure (TPT_TYPE_SLICE);
  g_type_ensure (TPT_TYPE_STAKEHOLDER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-people-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TptPeopleList, people);
  gtk_widget_class_bind_template_child (widget_class, TptPeopleList, slice);
  gtk_widget_class_bind_template_child (widget_class, TptPeopleList, list);
  gtk_widget_class_bind_template_child (widget_class, TptPeopleList, nobody);
  gtk_widget_class_bind_template_child (widget_class, TptPeopleList, add);
  gtk_widget_class_bind_template_child (widget_class, TptPeopleList, more);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
tpt_people_list_init (TptPeopleList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tpt_slice_set_size (self->slice, FEW);
  tpt_slice_set_model (self->slice, G_LIST_MODEL (self->people));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->slice), create_row, self, NULL);
}

/** tpt_people_list_set_customer: @customer: as it is stored now */
void
tpt_people_list_set_customer (TptPeopleList *self,
                              TptWorkspace  *workspace,
                              TptCustomer   *customer)
{
  gboolean is_known;

  g_return_if_fail (TPT_IS_PEOPLE_LIST (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (TPT_IS_CUSTOMER (customer));

  is_known = is_same (self, customer);
  g_set_object (&self->workspace, workspace);
  if (self->customer == NULL || self->customer->id != customer->id)
    tpt_slice_set_size (self->slice, FEW);
  g_set_object (&self->customer, customer);
  if (is_known)
    return;

  g_list_store_splice (self->people, 0, g_list_model_get_n_items (G_LIST_MODEL (self->people)),
                       customer->stakeholders->pdata, customer->stakeholders->len);
  /* Even where nobody sees it, it would be the last child, and the last row would have a line. */
  gtk_list_box_set_placeholder (self->list,
                                customer->stakeholders->len == 0 ? self->nobody : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->add), workspace->inbox != NULL);
  update_more (self);
}
