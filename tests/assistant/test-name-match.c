/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-name-match.h"
#include "tpt-test.h"

static void
add_customer (GPtrArray  *customers,
              const char *name,
              const char *domain,
              const char *people)
{
  TptCustomer *customer = tpt_customer_new ();
  g_auto (GStrv) names = g_strsplit (people, ";", -1);

  customer->name = g_strdup (name);
  g_strfreev (customer->domains);
  customer->domains = g_strsplit (domain, " ", -1);
  for (char **next = names; *next != NULL; next++)
    {
      TptStakeholder *stakeholder = tpt_stakeholder_new ();
      g_auto (GStrv) parts = g_strsplit (*next, "=", 2);

      stakeholder->name = g_strdup (parts[0]);
      tpt_stakeholder_add_email (stakeholder, parts[1]);
      g_ptr_array_add (customer->stakeholders, stakeholder);
    }
  g_ptr_array_add (customers, customer);
}

static GPtrArray *
make_customers (void)
{
  GPtrArray *customers = g_ptr_array_new_with_free_func (g_object_unref);

  add_customer (customers, "Acme", "acme.com", "Ana Silva=ana@acme.com;Bo Li=bo@acme.com");
  add_customer (customers, "Acme Labs", "labs.example", "Zoë Müller=zoe@labs.example");
  add_customer (customers, "Bank of Springfield", "bank.example", "Ana Torres=ana@bank.example");
  add_customer (customers, "Ana", "ana.example", "Cy Young=cy@ana.example");
  add_customer (customers, "Contoso Manufacturing", "contoso.example",
                "Dee Dee=dee@contoso.example");

  return customers;
}

/* The hits as one text, in the order of the customers. */
static char *
match (const char        *name,
       TptNamePreference  preference)
{
  g_autoptr (GPtrArray) customers = make_customers ();
  g_autoptr (GArray) hits = tpt_name_match (customers, name, preference);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      g_autofree char *hit = tpt_name_hit_to_text (&g_array_index (hits, TptNameHit, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", hit);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_name_match_customers (void)
{
  static const char *const cases[][2] = {
    { "acme", "Acme" },
    { "ACME", "Acme" },
    { "acme labs", "Acme Labs" },
    { "labs", "Acme Labs" },
    { "labs.example", "Acme Labs" },
    { "springfield bank", "Bank of Springfield" },
    { "bank of springfield", "Bank of Springfield" },
    { "contso", "Contoso Manufacturing" },
    { "contoxyz", "" },
    { "contoso", "Contoso Manufacturing" },
    { "contosso", "Contoso Manufacturing" },
    { "ana", "Ana" },
    { "nobody", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hits = match (cases[i][0], TPT_NAME_PREFER_CUSTOMER);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (hits, ==, cases[i][1]);
    }
}

static void
test_name_match_stakeholders (void)
{
  static const char *const cases[][2] = {
    { "Ana Silva", "Ana Silva (Acme)" },
    { "silva", "Ana Silva (Acme)" },
    { "ana@bank.example", "Ana Torres (Bank of Springfield)" },
    { "zoe muller", "Zoë Müller (Acme Labs)" },
    { "ana at acme", "Ana Silva (Acme)" },
    { "Ana (Bank of Springfield)", "Ana Torres (Bank of Springfield)" },
    { "torrez", "Ana Torres (Bank of Springfield)" },
    { "acme", "Acme" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hits = match (cases[i][0], TPT_NAME_PREFER_STAKEHOLDER);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (hits, ==, cases[i][1]);
    }
}

static void
test_name_match_several (void)
{
  g_autofree char *hits = match ("an", TPT_NAME_PREFER_STAKEHOLDER);

  g_assert_cmpstr (hits, ==, "Ana Silva (Acme); Ana Torres (Bank of Springfield)");
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/name-match/customers", test_name_match_customers);
  g_test_add_func ("/name-match/stakeholders", test_name_match_stakeholders);
  g_test_add_func ("/name-match/several", test_name_match_several);

  return g_test_run ();
}
