/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customer-dialog.h"

#include "tpt-customer-check.h"
#include "tpt-date-button.h"
#include "tpt-field.h"
#include "tpt-fields-group.h"
#include "tpt-literal.h"
#include "tpt-problem-row.h"

#include <glib/gi18n.h>

#define DAYS_TO_RENEWAL 365

struct _TptCustomerDialog
{
  AdwWindow parent_instance;

  TptWorkspace *workspace;
  TptCustomer *customer;   /* as it was stored; NULL for a new one */
  gint64 made;             /* row of the new one, from then on */
  gboolean is_ready;       /* the form shows what is known */
  gboolean is_begun;       /* somebody has written something */
  gboolean is_saving;

  /* Template widgets */
  AdwWindowTitle *titles;
  GtkButton *save;
  GtkLabel *failure;
  AdwEntryRow *name;
  TptProblemRow *name_problem;
  AdwComboRow *status;
  AdwEntryRow *tier;
  AdwEntryRow *owner;
  TptProblemRow *owner_problem;
  GtkSpinButton *cadence;
  GtkSwitch *has_renewal;
  TptDateButton *renewal;
  AdwEntryRow *domains;
  TptProblemRow *domains_problem;
  GtkLabel *notice;
  AdwEntryRow *external;
  TptProblemRow *external_problem;
  TptFieldsGroup *fields;
};

G_DEFINE_FINAL_TYPE (TptCustomerDialog, tpt_customer_dialog, ADW_TYPE_WINDOW)

/* As the list of the form has them. */
static const TptCustomerStatus statuses[] = {
  TPT_CUSTOMER_ACTIVE,
  TPT_CUSTOMER_PROSPECT,
  TPT_CUSTOMER_INACTIVE,
};

static char *
dup_or_null (AdwEntryRow *field)
{
  g_autofree char *text = tpt_field_dup_text (field);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* A date that stays as it is keeps its hour. Another one is kept by its noon, so that it is the
 * same date also when the account's zone is another one later. */
static TptTime
take_renewal (TptCustomerDialog *self)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  TptTime known = self->customer != NULL ? self->customer->renewal_at : TPT_TIME_NONE;
  gint64 day = tpt_date_button_get_day (self->renewal);

  if (!gtk_switch_get_active (self->has_renewal))
    return TPT_TIME_NONE;
  if (known != TPT_TIME_NONE && tpt_time_get_local_day (known, zone) == day)
    return known;

  return tpt_time_from_local_day (day, zone) + TPT_DAY / 2;
}

static TptCustomer *
make_customer (TptCustomerDialog *self)
{
  TptCustomer *wanted = tpt_customer_new ();
  guint status = adw_combo_row_get_selected (self->status);
  g_autofree char *domains = tpt_field_dup_text (self->domains);

  wanted->id = self->customer != NULL ? self->customer->id : 0;
  wanted->name = dup_or_null (self->name);
  wanted->tier = dup_or_null (self->tier);
  wanted->owner = dup_or_null (self->owner);
  wanted->external_id = dup_or_null (self->external);
  wanted->cadence_days = gtk_spin_button_get_value_as_int (self->cadence);
  wanted->renewal_at = take_renewal (self);
  wanted->status = statuses[MIN (status, G_N_ELEMENTS (statuses) - 1)];
  g_strfreev (wanted->domains);
  wanted->domains = tpt_customer_check_split (domains);

  return wanted;
}

/* What differs from what was stored when the form was opened, or from nothing. */
static TptCustomerParts
find_parts (TptCustomerDialog *self,
            TptCustomer       *wanted)
{
  g_autoptr (TptCustomer) nothing = tpt_customer_new ();

  return tpt_customer_compare (self->customer != NULL ? self->customer : nothing, wanted);
}

/* What is as it was is not what somebody has to mend now: an import may have brought it. Of
 * somebody new everything counts. */
static char *
keep_if_new (TptCustomerDialog *self,
             gboolean           is_new,
             char              *problem)
{
  if (is_new || self->customer == NULL)
    return problem;
  g_free (problem);

  return NULL;
}

/* @problem: (transfer full) (nullable). Returns: whether it is none */
static gboolean
tell (TptProblemRow *row,
      AdwEntryRow   *field,
      char          *problem,
      gboolean       is_told)
{
  gboolean is_sound = problem == NULL;

  tpt_problem_row_tell (row, field, is_told ? problem : NULL);
  g_free (problem);

  return is_sound;
}

/* Returns: (transfer full): what the form says; what is wrong with it is told */
static TptCustomer *
check (TptCustomerDialog *self)
{
  TptPortfolio *portfolio = self->workspace->portfolio;
  TptCustomer *wanted = make_customer (self);
  g_autofree char *notice = NULL;
  char *domains = tpt_customer_check_domains (wanted);
  TptCustomerParts parts;
  gboolean is_sound, has_sound_fields;
  char *name, *owner;

  has_sound_fields = tpt_fields_group_take (self->fields, wanted);
  parts = find_parts (self, wanted);
  name = keep_if_new (self, (parts & TPT_CUSTOMER_NAME) != 0,
                      tpt_customer_check_name (portfolio, wanted));
  owner = keep_if_new (self, (parts & TPT_CUSTOMER_OWNER) != 0, tpt_customer_check_owner (wanted));
  domains = keep_if_new (self, (parts & TPT_CUSTOMER_DOMAINS) != 0, domains);
  is_sound = tell (self->name_problem, self->name, name, self->is_begun);
  is_sound &= tell (self->owner_problem, self->owner, owner, TRUE);
  is_sound &= tell (self->domains_problem, self->domains, domains, TRUE);
  is_sound &= tell (self->external_problem, self->external,
                    tpt_customer_check_external (portfolio, wanted), TRUE);
  is_sound &= has_sound_fields;
  notice = tpt_customer_check_twins (portfolio, wanted);
  tpt_field_tell (self->notice, notice);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), is_sound && parts != 0 && !self->is_saving);

  return wanted;
}

static void
changed_cb (TptCustomerDialog *self)
{
  g_autoptr (TptCustomer) wanted = NULL;

  if (!self->is_ready || self->workspace == NULL)
    return;
  self->is_begun = TRUE;
  tpt_field_tell (self->failure, NULL);
  wanted = check (self);
}

/* The page of a new customer, as soon as it can be shown. */
static void
show_made (TptCustomerDialog *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (self->made == 0 || self->workspace == NULL
      || tpt_portfolio_find (self->workspace->portfolio, self->made) == NULL)
    return;
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-customer", "x", self->made);
  gtk_window_close (GTK_WINDOW (self));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptCustomerDialog) self = user_data;
  g_autoptr (TptCustomer) wanted = NULL;
  g_autoptr (GError) error = NULL;
  gint64 row = tpt_inbox_model_act_finish (TPT_INBOX_MODEL (source), result, &error);

  self->is_saving = FALSE;
  if (self->workspace == NULL)
    return;
  if (row >= 0 && self->customer != NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (row >= 0)
    {
      self->made = row;
      self->is_saving = TRUE;
      show_made (self);
    }
  else
    {
      tpt_field_tell (self->failure, error->message);
      wanted = check (self);
    }
}

static TptMatchAct *
make_act (TptCustomerDialog *self,
          TptCustomer       *wanted)
{
  TptCustomerParts parts = find_parts (self, wanted);
  g_autoptr (TptCustomer) draft = NULL;

  if (self->customer != NULL)
    return tpt_match_act_new_customer (wanted, parts);
  draft = tpt_customer_new ();
  tpt_customer_write (draft, wanted, parts);

  return tpt_match_act_new_create (draft, NULL);
}

static void
save_cb (TptCustomerDialog *self)
{
  g_autoptr (TptCustomer) wanted = check (self);
  g_autofree char *name = tpt_literal_part (wanted->name);
  g_autofree char *done = NULL;

  if (self->is_saving)
    return;
  done = self->customer == NULL ? g_strdup_printf (_("%s is a customer now"), name)
                                : g_strdup_printf (_("%s is changed"), name);
  self->is_saving = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  tpt_inbox_model_act_async (self->workspace->inbox, make_act (self, wanted), done, saved_cb,
                             g_object_ref (self));
}

static void
tpt_customer_dialog_dispose (GObject *object)
{
  TptCustomerDialog *self = TPT_CUSTOMER_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->customer);

  G_OBJECT_CLASS (tpt_customer_dialog_parent_class)->dispose (object);
}

static void
tpt_customer_dialog_class_init (TptCustomerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_customer_dialog_dispose;

  g_type_ensure (TPT_TYPE_DATE_BUTTON);
  g_type_ensure (TPT_TYPE_FIELDS_GROUP);
  g_type_ensure (TPT_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-customer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, titles);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, save);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, name_problem);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, status);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, tier);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, owner);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, owner_problem);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, cadence);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, has_renewal);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, renewal);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, domains);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, domains_problem);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, external);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, external_problem);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerDialog, fields);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tpt_customer_dialog_init (TptCustomerDialog *self)
{
  GtkEditable *days;

  gtk_widget_init_template (GTK_WIDGET (self));
  days = gtk_editable_get_delegate (GTK_EDITABLE (self->cadence));
  gtk_text_set_activates_default (GTK_TEXT (days), TRUE);
  /* Translators: of a customer */
  tpt_field_set_title (self->name, C_("customer", "Name"));
  tpt_field_set_title (self->tier, C_("customer", "Tier"));
  tpt_field_set_title (self->owner, _("Looked After By (E-mail Address)"));
  tpt_field_set_title (self->domains, _("Domains"));
  tpt_field_set_title (self->external, _("ID in Other Systems"));
}

static void
fill_renewal (TptCustomerDialog *self,
              TptTime            renewal)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  gint64 day = renewal != TPT_TIME_NONE
                 ? tpt_time_get_local_day (renewal, zone)
                 : tpt_time_get_local_day (tpt_clock_now (self->workspace->clock), zone)
                     + DAYS_TO_RENEWAL;

  tpt_date_button_set_day (self->renewal, day);
  gtk_switch_set_active (self->has_renewal, renewal != TPT_TIME_NONE);
}

static void
fill (TptCustomerDialog *self,
      TptCustomer       *customer)
{
  g_autofree char *domains = g_strjoinv (" ", customer->domains);

  tpt_field_set_text (self->name, customer->name);
  tpt_field_set_text (self->tier, customer->tier);
  tpt_field_set_text (self->owner, customer->owner);
  tpt_field_set_text (self->domains, domains);
  tpt_field_set_text (self->external, customer->external_id);
  gtk_spin_button_set_value (self->cadence, customer->cadence_days);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (statuses[i] == customer->status)
        adw_combo_row_set_selected (self->status, i);
    }
  fill_renewal (self, customer->renewal_at);
  tpt_fields_group_set_customer (self->fields, self->workspace->portfolio, customer);
}

/** tpt_customer_dialog_ask: @customer: (nullable): as it is stored; the workspace has an inbox */
void
tpt_customer_dialog_ask (GtkWidget    *parent,
                         TptWorkspace *workspace,
                         TptCustomer  *customer)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  TptCustomerDialog *self = g_object_new (TPT_TYPE_CUSTOMER_DIALOG, NULL);
  const char *title = customer != NULL ? _("Edit Customer") : _("New Customer");
  g_autoptr (TptCustomer) nothing = tpt_customer_new ();
  g_autoptr (TptCustomer) wanted = NULL;

  self->workspace = g_object_ref (workspace);
  g_set_object (&self->customer, customer);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->titles, title);
  fill (self, customer != NULL ? customer : nothing);
  self->is_ready = TRUE;
  wanted = check (self);
  g_signal_connect_object (workspace->portfolio, "items-changed", G_CALLBACK (show_made), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (self));
}
