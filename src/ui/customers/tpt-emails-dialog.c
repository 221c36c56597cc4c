/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-emails-dialog.h"

#include "tpt-email-list.h"
#include "tpt-email-row.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

struct _TptEmailsDialog
{
  AdwWindow parent_instance;

  TptWorkspace *workspace;
  TptCustomer *customer;
  TptStakeholder *person;  /* of customer */
  TptStakeholder *wanted;  /* with the addresses as they are written, as far as they are some */
  GPtrArray *rows;         /* (element-type TptEmailRow) the primary one first */

  /* Template widgets */
  AdwWindowTitle *titles;
  GtkButton *save;
  GtkListBox *list;
  AdwActionRow *add;
  GtkLabel *problem;
  GtkLabel *notice;
};

G_DEFINE_FINAL_TYPE (TptEmailsDialog, tpt_emails_dialog, ADW_TYPE_WINDOW)

static void
show_text (GtkLabel   *label,
           const char *text)
{
  g_autofree char *block = text != NULL ? tpt_literal_block (text) : NULL;

  gtk_label_set_text (label, block != NULL ? block : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
take_sentence (char **first,
               char  *sentence)
{
  if (*first == NULL && sentence != NULL)
    *first = g_strdup_printf (_("%s."), sentence);
  g_free (sentence);
}

/* Returns: (nullable): what is wrong with the text of @row, which else is one of the addresses */
static char *
take_row (TptEmailsDialog *self,
          TptEmailRow     *row,
          gboolean        *is_address)
{
  g_autofree char *text = tpt_email_row_dup_text (row);
  g_autofree char *email = NULL;
  char *problem;

  *is_address = TRUE;
  if (*text == '\0')
    return NULL;

  problem = tpt_email_list_find_problem (self->customer, self->person, text, &email);
  *is_address = email != NULL;
  if (problem != NULL || tpt_stakeholder_add_email (self->wanted, email))
    return problem;

  return g_strdup_printf (_("%s is there twice"), email);
}

/* Another customer may have the same address: that is no mistake, but has to be known. */
static char *
find_notice (TptEmailsDialog *self)
{
  GListModel *portfolio = G_LIST_MODEL (self->workspace->portfolio);

  for (guint i = 0; i < g_list_model_get_n_items (portfolio); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (portfolio, i);
      TptCustomer *other = tpt_customer_item_get_customer (item);

      for (char **email = self->wanted->emails; *email != NULL; email++)
        {
          g_autofree char *name = NULL;

          if (other->id == self->customer->id
              || tpt_customer_find_stakeholder (other, *email) == NULL)
            continue;
          name = tpt_literal_part (other->name);
          /* Translators: an e-mail address, and the name of another customer */
          return g_strdup_printf (_("Somebody at %2$s has %1$s, too: bookings with it wait in the "
                                    "match inbox, as nobody can tell whose they are."),
                                  *email, name);
        }
    }

  return NULL;
}

static void
check (TptEmailsDialog *self)
{
  g_autofree char *problem = NULL;
  g_autofree char *notice = NULL;
  gboolean is_sound = TRUE;

  /* A row loses the keyboard once more while the window goes. */
  if (self->customer == NULL)
    return;
  g_set_object (&self->wanted, NULL);
  self->wanted = tpt_stakeholder_new ();
  for (guint i = 0; i < self->rows->len; i++)
    {
      TptEmailRow *row = g_ptr_array_index (self->rows, i);
      gboolean is_address;
      char *found = take_row (self, row, &is_address);

      is_sound = is_sound && found == NULL;
      tpt_email_row_set_problem (row, found, is_address);
      take_sentence (&problem, tpt_email_row_shows_problem (row) ? g_strdup (found) : NULL);
      g_free (found);
    }
  if (is_sound && *self->wanted->emails == NULL
      && (self->person->name == NULL || *self->person->name == '\0'))
    {
      is_sound = FALSE;
      problem = g_strdup (_("Who has no name needs an e-mail address."));
    }
  notice = find_notice (self);
  show_text (self->problem, problem);
  show_text (self->notice, notice);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            is_sound
                              && !g_strv_equal ((const char *const *) self->wanted->emails,
                                                (const char *const *) self->person->emails));
}

static void
tell_primary (TptEmailsDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    tpt_email_row_set_primary (g_ptr_array_index (self->rows, i), i == 0);
}

/* The keyboard stays with the address that it was at. */
static void
primary_cb (TptEmailsDialog *self,
            TptEmailRow     *row)
{
  guint place;

  if (!g_ptr_array_find (self->rows, row, &place))
    return;
  g_object_ref (row);
  g_ptr_array_remove_index (self->rows, place);
  g_ptr_array_insert (self->rows, 0, row);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_list_box_insert (self->list, GTK_WIDGET (row), 0);
  g_object_unref (row);
  tell_primary (self);
  check (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The keyboard goes to what stands there then. */
static void
remove_cb (TptEmailsDialog *self,
           TptEmailRow     *row)
{
  guint place;

  if (!g_ptr_array_find (self->rows, row, &place))
    return;
  g_ptr_array_remove_index (self->rows, place);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  tell_primary (self);
  check (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) place)));
}

static TptEmailRow *
add_row (TptEmailsDialog *self,
         const char      *email)
{
  GtkWidget *row = tpt_email_row_new (email);

  gtk_list_box_insert (self->list, row, (int) self->rows->len);
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (row, "make-primary", G_CALLBACK (primary_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "checked", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);

  return TPT_EMAIL_ROW (row);
}

static void
add_cb (TptEmailsDialog *self)
{
  TptEmailRow *row = add_row (self, "");

  tell_primary (self);
  check (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
save_cb (TptEmailsDialog *self)
{
  g_autofree char *name = tpt_literal_part (tpt_stakeholder_get_label (self->person));
  g_autofree char *done = g_strdup_printf (_("The addresses of %s are changed"), name);

  tpt_inbox_model_act (self->workspace->inbox,
                       tpt_match_act_new_emails (self->customer->id, self->person->id,
                                                 (const char *const *) self->wanted->emails),
                       done);
  gtk_window_close (GTK_WINDOW (self));
}

static void
tpt_emails_dialog_dispose (GObject *object)
{
  TptEmailsDialog *self = TPT_EMAILS_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->customer);
  g_clear_object (&self->person);
  g_clear_object (&self->wanted);

  G_OBJECT_CLASS (tpt_emails_dialog_parent_class)->dispose (object);
}

static void
tpt_emails_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (TPT_EMAILS_DIALOG (object)->rows);

  G_OBJECT_CLASS (tpt_emails_dialog_parent_class)->finalize (object);
}

static void
tpt_emails_dialog_class_init (TptEmailsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_emails_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_emails_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-emails-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TptEmailsDialog, titles);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsDialog, save);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsDialog, list);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsDialog, add);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsDialog, notice);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tpt_emails_dialog_init (TptEmailsDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** tpt_emails_dialog_ask: @person: one of @customer's; the workspace has an inbox */
void
tpt_emails_dialog_ask (GtkWidget      *parent,
                       TptWorkspace   *workspace,
                       TptCustomer    *customer,
                       TptStakeholder *person)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  TptEmailsDialog *self = g_object_new (TPT_TYPE_EMAILS_DIALOG, NULL);
  g_autofree char *name = tpt_literal_line (tpt_stakeholder_get_label (person));

  self->workspace = g_object_ref (workspace);
  self->customer = g_object_ref (customer);
  self->person = g_object_ref (person);
  adw_window_title_set_subtitle (self->titles, name);
  for (char **email = person->emails; *email != NULL; email++)
    add_row (self, *email);
  if (self->rows->len == 0)
    add_row (self, "");
  tell_primary (self);
  check (self);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (self));
}
