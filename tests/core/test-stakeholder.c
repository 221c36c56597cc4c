/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer.h"
#include "tpt-test.h"

static void
assert_emails (TptStakeholder *person,
               const char     *expected)
{
  g_autofree char *joined = g_strjoinv (" ", person->emails);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_stakeholder_emails (void)
{
  g_autoptr (TptStakeholder) person = tpt_stakeholder_new ();

  assert_emails (person, "");
  g_assert_null (tpt_stakeholder_get_email (person));
  g_assert_false (tpt_stakeholder_has_email (person, NULL));
  g_assert_false (tpt_stakeholder_add_email (person, NULL));
  g_assert_false (tpt_stakeholder_add_email (person, ""));
  g_assert_true (tpt_stakeholder_add_email (person, "b@x.example"));
  g_assert_true (tpt_stakeholder_add_email (person, "a@x.example"));
  g_assert_false (tpt_stakeholder_add_email (person, "B@X.example"));
  g_assert_true (tpt_stakeholder_add_email (person, "c@x.example"));
  assert_emails (person, "b@x.example a@x.example c@x.example");
  g_assert_cmpstr (tpt_stakeholder_get_email (person), ==, "b@x.example");
  g_assert_true (tpt_stakeholder_has_email (person, "C@x.EXAMPLE"));
  g_assert_false (tpt_stakeholder_has_email (person, "c@x.exampl"));
}

static void
test_stakeholder_set_emails (void)
{
  g_autoptr (TptStakeholder) person = tpt_stakeholder_new ();

  tpt_stakeholder_set_emails (person, (const char *const[]) { "a@x", "b@x", "A@x", "", NULL });
  assert_emails (person, "a@x b@x");
  tpt_stakeholder_set_emails (person, (const char *const[]) { "b@x", "a@x", NULL });
  assert_emails (person, "b@x a@x");
  /* What is there already may be given back. */
  tpt_stakeholder_set_emails (person, (const char *const *) person->emails + 1);
  assert_emails (person, "a@x");
  tpt_stakeholder_set_emails (person, (const char *const[]) { NULL });
  assert_emails (person, "");
}

static void
test_stakeholder_label (void)
{
  g_autoptr (TptStakeholder) person = tpt_stakeholder_new ();

  g_assert_cmpstr (tpt_stakeholder_get_label (person), ==, "");
  tpt_stakeholder_add_email (person, "first@x.example");
  tpt_stakeholder_add_email (person, "second@x.example");
  g_assert_cmpstr (tpt_stakeholder_get_label (person), ==, "first@x.example");
  person->name = g_strdup (" ");
  g_assert_cmpstr (tpt_stakeholder_get_label (person), ==, "first@x.example");
  g_free (person->name);
  person->name = g_strdup ("Ana");
  g_assert_cmpstr (tpt_stakeholder_get_label (person), ==, "Ana");
}

/* Any of the addresses tells who it is. */
static void
test_stakeholder_found (void)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();

  for (int i = 0; i < 3; i++)
    {
      TptStakeholder *person = tpt_stakeholder_new ();
      g_autofree char *first = g_strdup_printf ("first%d@x.example", i);
      g_autofree char *second = g_strdup_printf ("second%d@x.example", i);

      person->id = i + 1;
      if (i > 0)
        tpt_stakeholder_add_email (person, first);
      if (i > 1)
        tpt_stakeholder_add_email (person, second);
      g_ptr_array_add (customer->stakeholders, person);
    }

  g_assert_null (tpt_customer_find_stakeholder (customer, NULL));
  g_assert_null (tpt_customer_find_stakeholder (customer, "first0@x.example"));
  g_assert_cmpint (tpt_customer_find_stakeholder (customer, "FIRST1@x.example")->id, ==, 2);
  g_assert_cmpint (tpt_customer_find_stakeholder (customer, "second2@X.example")->id, ==, 3);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/stakeholder/emails", test_stakeholder_emails);
  g_test_add_func ("/stakeholder/set-emails", test_stakeholder_set_emails);
  g_test_add_func ("/stakeholder/label", test_stakeholder_label);
  g_test_add_func ("/stakeholder/found", test_stakeholder_found);

  return g_test_run ();
}
