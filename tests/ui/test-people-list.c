/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-people-list.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define LONG "konstantinos@internationalwidgetmanufacturers.example"
#define OTHER "papadopoulos@internationalwidgetmanufacturers.example"

/* @emails: (nullable): those of its one person, with blanks between them */
static TptCustomer *
create_customer (const char *emails)
{
  TptCustomer *customer = tpt_customer_new ();
  TptStakeholder *person;
  g_auto (GStrv) list = NULL;

  customer->id = 1;
  customer->name = g_strdup ("Nordlicht");
  if (emails == NULL)
    return customer;
  person = tpt_stakeholder_new ();
  list = g_strsplit (emails, " ", -1);
  person->id = 1;
  person->name = g_strdup ("Kostas");
  tpt_stakeholder_set_emails (person, (const char *const *) list);
  g_ptr_array_add (customer->stakeholders, person);

  return customer;
}

static void
show_customer (TptTestDesk   *desk,
               TptPeopleList *people,
               const char    *emails)
{
  g_autoptr (TptCustomer) customer = create_customer (emails);

  tpt_people_list_set_customer (people, desk->world->workspace, customer);
}

/* As narrow as beside a customer's meetings. */
static GtkWidget *
show_list (TptTestDesk *desk)
{
  GtkWidget *people = g_object_new (TPT_TYPE_PEOPLE_LIST, NULL);
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 330);
  adw_clamp_set_child (ADW_CLAMP (clamp), people);
  tpt_test_desk_show (desk, clamp);

  return people;
}

/* An address that goes on in the next line is read as it is written there. */
static void
test_addresses (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *people = show_list (desk);

  show_customer (desk, TPT_PEOPLE_LIST (people), LONG);
  tpt_test_screen_settle (desk->window);
  tpt_test_screen_assert_plain (people, 2);
  show_customer (desk, TPT_PEOPLE_LIST (people), LONG " " OTHER);
  adw_expander_row_set_expanded (
    ADW_EXPANDER_ROW (tpt_test_screen_find (people, ADW_TYPE_EXPANDER_ROW, 0)), TRUE);
  tpt_test_screen_settle (desk->window);
  tpt_test_screen_shoot (desk->window, "people-list-addresses");
  tpt_test_screen_assert_plain (people, 2);
  tpt_test_desk_free (desk);
}

/* Below the last row the card ends, and nothing is drawn any more. */
static void
test_last (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  GtkWidget *people = show_list (desk);
  GtkWidget *list = tpt_test_screen_find (people, GTK_TYPE_LIST_BOX, 0);

  show_customer (desk, TPT_PEOPLE_LIST (people), NULL);
  tpt_test_screen_await (people, "Nobody yet", TRUE);
  show_customer (desk, TPT_PEOPLE_LIST (people), "kostas@nordlicht.example");
  tpt_test_screen_await (people, "Nobody yet", FALSE);
  tpt_test_screen_shoot (desk->window, "people-list-last");
  g_assert_true (GTK_IS_LIST_BOX_ROW (gtk_widget_get_last_child (list)));
  show_customer (desk, TPT_PEOPLE_LIST (people), NULL);
  tpt_test_screen_await (people, "Nobody yet", TRUE);
  tpt_test_desk_free (desk);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/people-list/addresses", test_addresses);
  g_test_add_func ("/people-list/last", test_last);

  return g_test_run ();
}
