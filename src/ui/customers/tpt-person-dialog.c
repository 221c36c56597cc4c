/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-person-dialog.h"

#include "tpt-drop-down.h"
#include "tpt-emails-group.h"
#include "tpt-field.h"
#include "tpt-literal.h"
#include "tpt-zone-picker.h"

#include <glib/gi18n.h>

struct _TptPersonDialog
{
  AdwWindow parent_instance;

  TptWorkspace *workspace;
  TptCustomer *customer;
  TptStakeholder *person;  /* of customer; NULL for somebody who is to come */
  gboolean is_begun;       /* somebody has written something */
  gboolean is_saving;

  /* Template widgets */
  AdwWindowTitle *titles;
  GtkButton *save;
  AdwEntryRow *name;
  AdwEntryRow *role;
  AdwEntryRow *phone;
  GtkDropDown *zone;
  TptEmailsGroup *emails;
  GtkLabel *failure;
};

G_DEFINE_FINAL_TYPE (TptPersonDialog, tpt_person_dialog, ADW_TYPE_WINDOW)

/* What the form says, but for the addresses. */
static TptStakeholder *
make_person (TptPersonDialog *self)
{
  TptStakeholder *wanted = tpt_stakeholder_new ();

  wanted->id = self->person != NULL ? self->person->id : 0;
  wanted->name = tpt_field_dup_text (self->name);
  wanted->role = tpt_field_dup_text (self->role);
  wanted->phone = tpt_field_dup_text (self->phone);
  wanted->timezone = tpt_zone_picker_dup_zone (self->zone);

  return wanted;
}

/* Returns: (transfer full): what the form says; what is wrong with it is told */
static TptStakeholder *
check (TptPersonDialog *self)
{
  TptStakeholder *wanted = make_person (self);
  gboolean is_sound = tpt_emails_group_take (self->emails, wanted, self->is_begun);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            is_sound && !self->is_saving
                              && (self->person == NULL
                                  || tpt_stakeholder_compare (self->person, wanted) != 0));

  return wanted;
}

static void
changed_cb (TptPersonDialog *self)
{
  g_autoptr (TptStakeholder) wanted = NULL;

  if (self->customer == NULL)
    return;
  self->is_begun = TRUE;
  tpt_field_tell (self->failure, NULL);
  wanted = check (self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptPersonDialog) self = user_data;
  g_autoptr (TptStakeholder) wanted = NULL;
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  if (tpt_inbox_model_act_finish (TPT_INBOX_MODEL (source), result, &error) >= 0)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (self->customer == NULL)
    return;
  tpt_field_tell (self->failure, error->message);
  wanted = check (self);
}

static void
save_cb (TptPersonDialog *self)
{
  g_autoptr (TptStakeholder) wanted = check (self);
  g_autofree char *name = tpt_literal_part (tpt_stakeholder_get_label (wanted));
  g_autofree char *done = NULL;
  TptStakeholderParts parts;

  if (self->is_saving)
    return;
  done = self->person == NULL ? g_strdup_printf (_("%s is added"), name)
                              : g_strdup_printf (_("%s is changed"), name);
  parts = self->person != NULL ? tpt_stakeholder_compare (self->person, wanted) : 0;
  self->is_saving = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  tpt_inbox_model_act_async (self->workspace->inbox,
                             tpt_match_act_new_person (self->customer->id, wanted, parts), done,
                             saved_cb, g_object_ref (self));
}

static void
tpt_person_dialog_dispose (GObject *object)
{
  TptPersonDialog *self = TPT_PERSON_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->customer);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (tpt_person_dialog_parent_class)->dispose (object);
}

static void
tpt_person_dialog_class_init (TptPersonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_person_dialog_dispose;

  g_type_ensure (TPT_TYPE_EMAILS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, titles);
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, save);
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, role);
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, phone);
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, zone);
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, emails);
  gtk_widget_class_bind_template_child (widget_class, TptPersonDialog, failure);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tpt_person_dialog_init (TptPersonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Translators: of a person */
  tpt_field_set_title (self->name, C_("person", "Name"));
  tpt_field_set_title (self->role, C_("person", "Role"));
  tpt_field_set_title (self->phone, C_("person", "Phone"));
}

/* Nobody has written anything before there is a customer. */
static void
fill (TptPersonDialog *self,
      TptWorkspace    *workspace,
      TptCustomer     *customer,
      TptStakeholder  *person)
{
  const char *title = person != NULL ? _("Edit Person") : _("Add Person");
  g_autofree char *name = tpt_literal_line (customer->name);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->titles, title);
  adw_window_title_set_subtitle (self->titles, name);
  tpt_zone_picker_set_up (self->zone, person != NULL ? person->timezone : NULL);
  tpt_drop_down_set_label (self->zone, _("Time Zone"));
  tpt_emails_group_set_person (self->emails, workspace, customer, person);
  if (person == NULL)
    return;
  tpt_field_set_text (self->name, person->name);
  tpt_field_set_text (self->role, person->role);
  tpt_field_set_text (self->phone, person->phone);
}

/** tpt_person_dialog_ask: @person: (nullable): one of @customer's; the workspace has an inbox */
void
tpt_person_dialog_ask (GtkWidget      *parent,
                       TptWorkspace   *workspace,
                       TptCustomer    *customer,
                       TptStakeholder *person)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  TptPersonDialog *self = g_object_new (TPT_TYPE_PERSON_DIALOG, NULL);
  g_autoptr (TptStakeholder) wanted = NULL;

  fill (self, workspace, customer, person);
  self->workspace = g_object_ref (workspace);
  self->customer = g_object_ref (customer);
  g_set_object (&self->person, person);
  wanted = check (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (self));
}
