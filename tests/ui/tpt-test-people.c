/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-people.h"

#include "tpt-customer-page.h"
#include "tpt-email-row.h"
#include "tpt-person-dialog.h"
#include "tpt-stakeholders-table.h"
#include "tpt-test-form.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static gboolean
save_person (TptSession  *session,
             gint64       customer,
             const char  *name,
             const char  *emails,
             GError     **error)
{
  g_autoptr (TptStakeholder) person = tpt_stakeholder_new ();
  g_auto (GStrv) list = g_strsplit (emails, " ", -1);

  person->customer = customer;
  person->name = g_strdup (name);
  tpt_stakeholder_set_emails (person, (const char *const *) list);

  return tpt_stakeholders_table_save (session, person, error);
}

static gboolean
add_people (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  TptTestDesk *desk = data;

  return save_person (session, desk->world->fresh, "Ana",
                      TPT_TEST_PEOPLE_FIRST " " TPT_TEST_PEOPLE_SECOND, error)
         && save_person (session, desk->world->fresh, "Bo", TPT_TEST_PEOPLE_TAKEN, error)
         && save_person (session, desk->world->quiet, "Cy", TPT_TEST_PEOPLE_ELSEWHERE, error);
}

TptStakeholder *
tpt_test_people_find (TptTestDesk *desk,
                      const char  *name)
{
  TptCustomerItem *item =
    tpt_portfolio_find (desk->world->workspace->portfolio, desk->world->fresh);
  TptCustomer *customer = item != NULL ? tpt_customer_item_get_customer (item) : NULL;

  for (guint i = 0; customer != NULL && i < customer->stakeholders->len; i++)
    {
      TptStakeholder *person = g_ptr_array_index (customer->stakeholders, i);

      if (g_strcmp0 (person->name, name) == 0)
        return person;
    }

  return NULL;
}

typedef struct
{
  TptTestDesk *desk;
  const char *name;
  const char *emails;
} Wanted;

static gboolean
has_emails (gpointer user_data)
{
  Wanted *wanted = user_data;
  TptStakeholder *person = tpt_test_people_find (wanted->desk, wanted->name);
  g_autofree char *emails = person != NULL ? g_strjoinv (" ", person->emails) : NULL;

  return g_strcmp0 (emails, wanted->emails) == 0;
}

void
tpt_test_people_await_emails (TptTestDesk *desk,
                              const char  *name,
                              const char  *emails)
{
  Wanted wanted = { desk, name, emails };

  tpt_test_await_func (has_emails, &wanted);
}

/* A customer's page, at whom there are two people more: one has two addresses, one a third. */
TptTestDesk *
tpt_test_people_desk_new (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *page = tpt_customer_page_new ();

  tpt_test_world_write (desk->world, add_people, desk);
  tpt_test_people_await_emails (desk, "Bo", TPT_TEST_PEOPLE_TAKEN);
  tpt_customer_page_set_customer (TPT_CUSTOMER_PAGE (page), desk->world->workspace,
                                  desk->world->fresh);
  tpt_test_desk_show (desk, page);

  return desk;
}

GtkWidget *
tpt_test_people_find_dialog (void)
{
  return tpt_test_screen_find_window (TPT_TYPE_PERSON_DIALOG);
}

/* @button: by its tooltip */
GtkWidget *
tpt_test_people_open (TptTestDesk *desk,
                      const char  *button)
{
  GtkWidget *dialog;

  tpt_test_form_click (desk->page, button);
  dialog = tpt_test_people_find_dialog ();
  g_assert_nonnull (dialog);
  tpt_test_screen_settle (dialog);

  return dialog;
}

static gboolean
is_gone (gpointer unused)
{
  return tpt_test_people_find_dialog () == NULL;
}

void
tpt_test_people_await_gone (void)
{
  tpt_test_await_func (is_gone, NULL);
}

GtkWidget *
tpt_test_people_get_row (GtkWidget *dialog,
                         guint      number)
{
  return tpt_test_screen_find (dialog, TPT_TYPE_EMAIL_ROW, number);
}

void
tpt_test_people_write_row (GtkWidget  *dialog,
                           guint       number,
                           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (tpt_test_people_get_row (dialog, number)), text);
}
