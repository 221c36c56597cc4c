/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-emails-group.h"

#include "tpt-email-list.h"
#include "tpt-email-row.h"
#include "tpt-field.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

struct _TptEmailsGroup
{
  AdwPreferencesGroup parent_instance;

  TptWorkspace *workspace;
  TptCustomer *customer;
  TptStakeholder *person;  /* of customer; NULL for somebody who is to come */
  GPtrArray *rows;         /* (element-type TptEmailRow) the primary one first */

  /* Template widgets */
  GtkListBox *list;
  AdwActionRow *add;
  GtkLabel *problem;
  GtkLabel *notice;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptEmailsGroup, tpt_emails_group, ADW_TYPE_PREFERENCES_GROUP)

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
take_row (TptEmailsGroup *self,
          TptEmailRow    *row,
          TptStakeholder *wanted,
          gboolean       *is_address)
{
  g_autofree char *text = tpt_email_row_dup_text (row);
  g_autofree char *email = NULL;
  char *problem;

  *is_address = TRUE;
  if (*text == '\0')
    return NULL;

  problem = tpt_email_list_find_problem (self->customer, self->person, text, &email);
  *is_address = email != NULL;
  if (problem != NULL || tpt_stakeholder_add_email (wanted, email))
    return problem;

  return g_strdup_printf (_("%s is there twice"), email);
}

/* Another customer may have the same address: that is no mistake, but has to be known. */
static char *
find_notice (TptEmailsGroup *self,
             TptStakeholder *wanted)
{
  GListModel *portfolio = G_LIST_MODEL (self->workspace->portfolio);

  for (guint i = 0; i < g_list_model_get_n_items (portfolio); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (portfolio, i);
      TptCustomer *other = tpt_customer_item_get_customer (item);

      for (char **email = wanted->emails; *email != NULL; email++)
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

/* A row loses the keyboard once more while the window goes. */
static void
changed (TptEmailsGroup *self)
{
  if (self->customer != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
tell_primary (TptEmailsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    tpt_email_row_set_primary (g_ptr_array_index (self->rows, i), i == 0);
}

/* The keyboard stays with the address that it was at. */
static void
primary_cb (TptEmailsGroup *self,
            TptEmailRow    *row)
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
  changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The keyboard goes to what stands there then. */
static void
remove_cb (TptEmailsGroup *self,
           TptEmailRow    *row)
{
  guint place;

  if (!g_ptr_array_find (self->rows, row, &place))
    return;
  g_ptr_array_remove_index (self->rows, place);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  tell_primary (self);
  changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) place)));
}

static TptEmailRow *
add_row (TptEmailsGroup *self,
         const char     *email)
{
  GtkWidget *row = tpt_email_row_new (email);

  gtk_list_box_insert (self->list, row, (int) self->rows->len);
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (row, "make-primary", G_CALLBACK (primary_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "checked", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);

  return TPT_EMAIL_ROW (row);
}

static void
add_cb (TptEmailsGroup *self)
{
  TptEmailRow *row = add_row (self, "");

  tell_primary (self);
  changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
tpt_emails_group_dispose (GObject *object)
{
  TptEmailsGroup *self = TPT_EMAILS_GROUP (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->customer);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (tpt_emails_group_parent_class)->dispose (object);
}

static void
tpt_emails_group_finalize (GObject *object)
{
  g_ptr_array_unref (TPT_EMAILS_GROUP (object)->rows);

  G_OBJECT_CLASS (tpt_emails_group_parent_class)->finalize (object);
}

static void
tpt_emails_group_class_init (TptEmailsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_emails_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_emails_group_finalize;

  signals[CHANGED] = g_signal_new ("changed", TPT_TYPE_EMAILS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-emails-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptEmailsGroup, list);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsGroup, add);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsGroup, problem);
  gtk_widget_class_bind_template_child (widget_class, TptEmailsGroup, notice);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
tpt_emails_group_init (TptEmailsGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** tpt_emails_group_set_person: @person: (nullable): one of @customer's; to be called once */
void
tpt_emails_group_set_person (TptEmailsGroup *self,
                             TptWorkspace   *workspace,
                             TptCustomer    *customer,
                             TptStakeholder *person)
{
  g_return_if_fail (TPT_IS_EMAILS_GROUP (self));
  g_return_if_fail (self->workspace == NULL);

  for (guint i = 0; person != NULL && person->emails[i] != NULL; i++)
    add_row (self, person->emails[i]);
  if (self->rows->len == 0)
    add_row (self, "");
  tell_primary (self);
  self->workspace = g_object_ref (workspace);
  self->customer = g_object_ref (customer);
  g_set_object (&self->person, person);
}

/**
 * tpt_emails_group_take:
 * @wanted: has a name, or none; gets the addresses, as far as they are some
 * @is_begun: whether somebody has written anything yet: before that nothing is missing
 *
 * Tells what is wrong. Returns: whether nothing is
 */
gboolean
tpt_emails_group_take (TptEmailsGroup *self,
                       TptStakeholder *wanted,
                       gboolean        is_begun)
{
  g_autofree char *problem = NULL;
  g_autofree char *notice = NULL;
  gboolean is_sound = TRUE;

  g_return_val_if_fail (TPT_IS_EMAILS_GROUP (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      TptEmailRow *row = g_ptr_array_index (self->rows, i);
      gboolean is_address;
      char *found = take_row (self, row, wanted, &is_address);

      is_sound = is_sound && found == NULL;
      tpt_email_row_set_problem (row, found, is_address);
      take_sentence (&problem, tpt_email_row_shows_problem (row) ? g_strdup (found) : NULL);
      g_free (found);
    }
  if (is_sound && *wanted->emails == NULL && (wanted->name == NULL || *wanted->name == '\0'))
    {
      is_sound = FALSE;
      problem = is_begun ? g_strdup (_("Who has no name needs an e-mail address.")) : NULL;
    }
  notice = find_notice (self, wanted);
  tpt_field_tell (self->problem, problem);
  tpt_field_tell (self->notice, notice);

  return is_sound;
}
