/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-advisor.h"

#include "tpt-likeness.h"
#include "tpt-test.h"

static const char *const own_domains[] = { "ours.example", NULL };

typedef struct
{
  TptMatchIndex *index;
  TptMatchAdvisor *advisor;
} Fixture;

static void
add_customer (GPtrArray  *customers,
              gint64      id,
              const char *name,
              const char *domains,
              const char *person)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->id = id;
  customer->name = g_strdup (name);
  g_strfreev (customer->domains);
  customer->domains = g_strsplit (domains, " ", -1);
  if (person != NULL)
    {
      TptStakeholder *stakeholder = tpt_stakeholder_new ();
      g_autofree char *email = g_strdup_printf ("x%d@people.example", (int) id);

      stakeholder->id = id * 10;
      stakeholder->name = g_strdup (person);
      tpt_stakeholder_add_email (stakeholder, email);
      g_ptr_array_add (customer->stakeholders, stakeholder);
    }
  g_ptr_array_add (customers, customer);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func (g_object_unref);

  add_customer (customers, 1, "Acme Labs GmbH", "acme.com", "Ada Lovelace");
  add_customer (customers, 2, "Twin A", "twin.example", NULL);
  add_customer (customers, 3, "Twin B", "twin.example", NULL);
  add_customer (customers, 4, "Bücher & Söhne", "xn--bcher-kva.example", NULL);
  add_customer (customers, 5, "AB", "ab.example", NULL);
  fixture->index = tpt_match_index_new (customers, NULL, own_domains, NULL);
  fixture->advisor = tpt_match_advisor_new (fixture->index, customers);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  tpt_test_finalized (fixture->advisor);
  tpt_test_finalized (fixture->index);
}

/* The candidates as “row score” in their order. */
static char *
advise (Fixture              *fixture,
        const TptMatchPerson *person)
{
  g_autoptr (TptMatch) match = tpt_match_advisor_advise (fixture->advisor, person);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < match->candidates->len; i++)
    {
      TptMatchCandidate *candidate = g_ptr_array_index (match->candidates, i);

      g_assert_cmpstr (candidate->reason, !=, "");
      g_string_append_printf (text, "%s%d:%d", i > 0 ? " " : "", (int) candidate->customer->id,
                              candidate->score);
    }

  return g_string_free (text, FALSE);
}

static void
test_addresses (Fixture       *fixture,
                gconstpointer  user_data)
{
  static const struct
  {
    const char *email;
    const char *name;
    const char *expected;
  } cases[] = {
    { "x@acme.io", NULL, "1:70" },
    { "x@mail.acme.co.uk", NULL, "1:70" },
    { "x@acmelabs.example", NULL, "1:65" },
    { "x@acmme-labs.example", NULL, "1:53" },
    { "x@bücher.test", NULL, "4:70" },
    { "x@stranger.example", NULL, "" },
    { "x@ab.test", NULL, "" },
    { "ada.lovelace@gmail.com", NULL, "1:65" },
    { "x@gmail.com", "LOVELACE, Ada", "1:65" },
    { "ada@gmail.com", "Ada", "" },
    { "x@twin.example", NULL, "2:80 3:80" },
    { "acme@ours.example", NULL, "" },
    { "not an address", "Ada Lovelace", "1:65" },
    { NULL, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TptMatchPerson person = { .email = cases[i].email, .name = cases[i].name };
      g_autofree char *advice = advise (fixture, &person);

      g_test_message ("%s", cases[i].email);
      g_assert_cmpstr (advice, ==, cases[i].expected);
    }
}

/* What was said or done before counts more than what looks alike, and than two equal fits. */
static void
test_history (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();
  TptMatchPerson person = { .email = "x@twin.example", .former = 3 };
  g_autofree char *former = advise (fixture, &person);
  g_autofree char *link = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *gone = NULL;

  g_assert_cmpstr (former, ==, "3:90 2:80");
  person.link = 2;
  link = advise (fixture, &person);
  g_assert_cmpstr (link, ==, "2:95 3:90");

  tpt_invitee_add_answer (invitee, "Company?", "ACME labs, Inc.", 0);
  tpt_invitee_add_answer (invitee, "Anything else?", NULL, 1);
  person = (TptMatchPerson) { .email = "x@gmail.com", .answers = invitee->answers };
  answered = advise (fixture, &person);
  g_assert_cmpstr (answered, ==, "1:70");

  person = (TptMatchPerson) { .email = "x@gmail.com", .former = 77, .link = 78 };
  gone = advise (fixture, &person);
  g_assert_cmpstr (gone, ==, "");
}

static void
test_explain (Fixture       *fixture,
              gconstpointer  user_data)
{
  static const struct
  {
    const char *email;
    const char *word;
  } cases[] = {
    { "x@stranger.example", "stranger.example" },
    { "x@gmail.com", "gmail.com" },
    { "x@ours.example", "own organisation" },
    { "x@twin.example", "Several" },
    { "x", "no valid" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TptMatch) match = tpt_match_index_match (fixture->index, cases[i].email);
      g_autofree char *text = tpt_match_explain (match, cases[i].email);

      g_assert_nonnull (strstr (text, cases[i].word));
    }
}

static void
test_likeness (void)
{
  g_autofree char *company = tpt_likeness_fold_company ("The ACMÉ-Labs GmbH & Co. KG");
  g_autofree char *only_form = tpt_likeness_fold_company ("AG");
  g_autofree char *nothing = tpt_likeness_fold_company ("…");
  g_autofree char *broken = tpt_likeness_fold_company ("Acme\xff");
  g_autofree char *person = tpt_likeness_fold_person ("Lovelace, Ada");
  g_autofree char *local = tpt_likeness_fold_person ("ada.lovelace");

  g_assert_cmpstr (company, ==, "acmelabs");
  g_assert_cmpstr (only_form, ==, "ag");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (broken, ==, "acme");
  g_assert_cmpstr (person, ==, local);

  g_assert_cmpint (tpt_likeness_compare ("acme", "acme"), ==, 100);
  g_assert_cmpint (tpt_likeness_compare ("acme", "acem"), ==, 75);
  g_assert_cmpint (tpt_likeness_compare ("acme", "acmelabs"), ==, 80);
  g_assert_cmpint (tpt_likeness_compare ("abc", "xyz"), ==, 0);
  g_assert_cmpint (tpt_likeness_compare ("", "acme"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add ("/match-advisor/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
  g_test_add ("/match-advisor/history", Fixture, NULL, set_up, test_history, tear_down);
  g_test_add ("/match-advisor/explain", Fixture, NULL, set_up, test_explain, tear_down);
  g_test_add_func ("/match-advisor/likeness", test_likeness);

  return g_test_run ();
}
