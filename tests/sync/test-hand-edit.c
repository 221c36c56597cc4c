/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customers-table.h"
#include "tpt-inbox-world.h"

#define EVERYTHING 0xff

/* @texts: name, role, phone, time zone, addresses with blanks between them; "" says nothing */
static TptStakeholder *
make_person (gint64             row,
             const char *const *texts)
{
  TptStakeholder *person = tpt_stakeholder_new ();
  g_auto (GStrv) emails = *texts[4] != '\0' ? g_strsplit (texts[4], " ", -1) : g_new0 (char *, 1);

  person->id = row;
  person->name = g_strdup (texts[0]);
  person->role = g_strdup (texts[1]);
  person->phone = g_strdup (texts[2]);
  person->timezone = g_strdup (texts[3]);
  tpt_stakeholder_set_emails (person, (const char *const *) emails);

  return person;
}

#define PERSON(row, ...) make_person (row, (const char *const[]) { __VA_ARGS__ })

/* @person: (transfer full) */
static TptMatchAct *
write_person (gint64          customer,
              TptStakeholder *person,
              guint           parts)
{
  TptMatchAct *act = tpt_match_act_new_person (customer, person, parts);

  g_object_unref (person);

  return act;
}

static void
assert_refused (TptInboxWorld *world,
                TptMatchAct   *act,
                int            code,
                const char    *sentence)
{
  g_autofree char *before = tpt_inbox_world_dump (world);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (tpt_inbox_world_try (world, act, NULL, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, code);
  g_assert_cmpstr (error->message, ==, sentence);
  after = tpt_inbox_world_dump (world);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_dump (TptInboxWorld *world,
             const char    *line)
{
  g_autofree char *dump = tpt_inbox_world_dump (world);

  if (strstr (dump, line) == NULL)
    g_error ("No line “%s” in\n%s", line, dump);
}

/* Who came before they were known is theirs from now on, and nobody's when it is taken back. */
static void
test_add (TptInboxWorld *world,
          gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "", "ana@acme.com");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "home", "Bo@Gmail.com", NULL);
  tpt_inbox_world_assert_where (world, "home", "nobody (free-mail)");
  before = tpt_inbox_world_dump (world);

  receipt = tpt_inbox_world_act (
    world, write_person (acme, PERSON (0, "Bo", "Buyer", "+49 1", "Europe/Berlin",
                                       "bo@acme.com BO@gmail.com"), 0));
  g_assert_cmpint (receipt.customer, ==, acme);
  g_assert_cmpuint (receipt.rematched, ==, 1);
  tpt_inbox_world_assert_where (world, "home", "Acme (stakeholder) bo@acme.com");
  assert_dump (world, "  bo@acme.com bo@gmail.com Bo Buyer +49 1 Europe/Berlin #f\n");
  tpt_inbox_world_assert_undone (world, receipt.action, before);

  /* For whom a link was made, who is not new any more. */
  receipt = tpt_inbox_world_act (world, write_person (acme, PERSON (0, "Bo", "", "", "",
                                                                    "bo@acme.com"), 0));
  tpt_inbox_world_add_link (world, "L1", acme, "bo@acme.com", NULL);
  g_assert_false (tpt_inbox_world_undo (world, receipt.action, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_IN_USE);
}

static void
test_add_refused (TptInboxWorld *world,
                  gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "", "ana@acme.com");
  gint64 beta = tpt_inbox_world_add_customer (world, "Beta", "", "");

  tpt_inbox_world_act (world, write_person (acme, PERSON (0, "Bo", "", "", "", "bo@acme.com"), 0));
  assert_refused (world, write_person (acme, PERSON (0, "", "Buyer", "", "", ""), 0),
                  TPT_MATCH_ACT_ERROR_INVALID, "Who has no name needs an e-mail address.");
  assert_refused (world, write_person (acme, PERSON (0, "Cy", "", "", "", "nonsense"), 0),
                  TPT_MATCH_ACT_ERROR_INVALID, "“nonsense” is not an e-mail address.");
  assert_refused (world, write_person (acme, PERSON (0, "Cy", "", "", "", "BO@acme.com"), 0),
                  TPT_MATCH_ACT_ERROR_EXISTS, "bo@acme.com is an address of Bo already.");
  assert_refused (world, write_person (acme, PERSON (0, "Cy", "", "", "Mars/Olympus", ""), 0),
                  TPT_MATCH_ACT_ERROR_INVALID, "There is no time zone “Mars/Olympus”.");
  assert_refused (world, write_person (77, PERSON (0, "Cy", "", "", "", ""), 0),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND, "This customer is not there any more.");
  assert_refused (world, write_person (beta, PERSON (1, "Cy", "", "", "", ""), EVERYTHING),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND, "This stakeholder is not there any more.");

  /* The same address at another customer is no mistake: the inbox asks whose a booking is. */
  tpt_inbox_world_act (world, write_person (beta, PERSON (0, "Bo", "", "", "", "bo@acme.com"), 0));
  tpt_inbox_world_book (world, "both", "bo@acme.com", NULL);
  tpt_inbox_world_assert_where (world, "both", "nobody (ambiguous)");
}

/* Only what was written; a list changes none of it, and all of the rest. */
static void
test_change (TptInboxWorld *world,
             gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "", "ana@acme.com");
  g_autoptr (TptImportReport) report = NULL;
  g_autoptr (TptImportReport) again = NULL;
  g_autofree char *before = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "home", "ana@home.example", NULL);
  before = tpt_inbox_world_dump (world);
  receipt = tpt_inbox_world_act (
    world, write_person (acme, PERSON (1, "Ana B.", "no part", "+49 2", "no part",
                                       "ana@home.example ana@acme.com"),
                         TPT_STAKEHOLDER_NAME | TPT_STAKEHOLDER_PHONE | TPT_STAKEHOLDER_EMAILS));
  tpt_inbox_world_assert_where (world, "home", "Acme (stakeholder) ana@home.example");
  assert_dump (world, "  ana@home.example ana@acme.com Ana B. (null) +49 2 (null) #5\n");
  tpt_inbox_world_assert_undone (world, receipt.action, before);

  tpt_inbox_world_act (world, write_person (acme, PERSON (1, "Ana B.", "", "", "", ""),
                                            TPT_STAKEHOLDER_NAME));
  report = tpt_inbox_world_import (
    world, "name,stakeholder_name,stakeholder_email,stakeholder_role\n"
           "Acme,Ana of the list,ana@acme.com,Buyer\n");
  g_assert_cmpuint (report->updated, ==, 1);
  assert_dump (world, "  ana@acme.com Ana B. Buyer (null) (null) #1\n");

  /* An emptied part is open to lists again. */
  tpt_inbox_world_act (world, write_person (acme, PERSON (1, "", "", "", "", ""),
                                            TPT_STAKEHOLDER_NAME));
  again = tpt_inbox_world_import (world, "name,stakeholder_name,stakeholder_email\n"
                                         "Acme,Ana of the list,ana@acme.com\n");
  g_assert_cmpuint (again->updated, ==, 1);
  assert_dump (world, "  ana@acme.com Ana of the list\n");
  assert_refused (world, write_person (acme, PERSON (1, "", "", "", "", ""),
                                       TPT_STAKEHOLDER_NAME | TPT_STAKEHOLDER_EMAILS),
                  TPT_MATCH_ACT_ERROR_INVALID, "Who has no name needs an e-mail address.");
}

/* What a card says of somebody is no more than what a list says. */
static void
test_card (TptInboxWorld *world,
           gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "", "ana@acme.com");
  g_autoptr (TptImportReport) report = NULL;

  tpt_inbox_world_act (world, write_person (acme, PERSON (1, "Ana B.", "", "+49 2", "", ""),
                                            TPT_STAKEHOLDER_NAME | TPT_STAKEHOLDER_PHONE));
  report = tpt_inbox_world_import (world, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana of the card\r\n"
                                          "ORG:Acme\r\nTITLE:Buyer\r\nTEL:+49 3\r\n"
                                          "EMAIL:ana@acme.com\r\nEND:VCARD\r\n");
  g_assert_cmpuint (report->updated, ==, 1);
  assert_dump (world, "  ana@acme.com Ana B. Buyer +49 2 (null) #5\n");
}

/* What somebody wrote is taken back, and what a list said meanwhile stays. */
static void
test_undone_late (TptInboxWorld *world,
                  gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "", "ana@acme.com");
  g_autoptr (TptImportReport) report = NULL;
  TptMatchReceipt receipt;

  receipt = tpt_inbox_world_act (world, write_person (acme, PERSON (1, "Ana B.", "", "", "", ""),
                                                      TPT_STAKEHOLDER_NAME | TPT_STAKEHOLDER_ROLE));
  report = tpt_inbox_world_import (
    world, "name,stakeholder_name,stakeholder_email,stakeholder_role\n"
           "Acme,Ana,ana@acme.com,Buyer\n");
  g_assert_cmpuint (report->updated, ==, 1);
  assert_dump (world, "  ana@acme.com Ana B. Buyer (null) (null) #1\n");
  g_assert_true (tpt_inbox_world_undo (world, receipt.action, NULL));
  assert_dump (world, "  ana@acme.com (null)\n");
}

/* History follows the rules again; what was linked by hand, and the links, stay the customer's. */
static void
test_remove (TptInboxWorld *world,
             gconstpointer  user_data)
{
  static const char *const stranger[] = { "hand", NULL };
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com",
                                              "ana@acme.com;ana@gmail.com bob@acme.com");
  g_autofree char *before = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "work", "ana@acme.com", NULL);
  tpt_inbox_world_book (world, "home", "ana@gmail.com", NULL);
  tpt_inbox_world_book (world, "hand", "ana@elsewhere.example", NULL);
  tpt_inbox_world_act (world, tpt_match_act_new_identify (stranger, acme, 1));
  tpt_inbox_world_add_link (world, "L1", acme, "ana@acme.com", NULL);
  tpt_inbox_world_act (world, write_person (acme, PERSON (1, "Ana", "Buyer", "", "", ""),
                                            TPT_STAKEHOLDER_NAME | TPT_STAKEHOLDER_ROLE));
  tpt_inbox_world_assert_where (world, "hand", "Acme (manual) ana@acme.com");
  before = tpt_inbox_world_dump (world);

  receipt = tpt_inbox_world_act (world, tpt_match_act_new_remove_person (acme, 1));
  tpt_inbox_world_assert_where (world, "work", "Acme (domain)");
  tpt_inbox_world_assert_where (world, "home", "nobody (free-mail)");
  tpt_inbox_world_assert_where (world, "hand", "Acme (manual)");
  assert_refused (world, tpt_match_act_new_remove_person (acme, 1),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND, "This stakeholder is not there any more.");
  tpt_inbox_world_assert_undone (world, receipt.action, before);
}

static TptCustomer *
make_customer (gint64      row,
               const char *name,
               const char *domains)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->id = row;
  customer->name = g_strdup (name);
  g_strfreev (customer->domains);
  customer->domains = *domains != '\0' ? g_strsplit (domains, " ", -1) : g_new0 (char *, 1);

  return customer;
}

/* Everything that can be said of a customer, there and back; history follows the domains. */
static void
test_customer (TptInboxWorld *world,
               gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com old.example", "");
  g_autoptr (TptCustomer) wanted = make_customer (acme, "  Acme Ltd ", "new.example acme.com");
  g_autofree char *before = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "old", "x@old.example", NULL);
  tpt_inbox_world_book (world, "new", "x@new.example", NULL);
  tpt_inbox_world_add_link (world, "L1", acme, "x@acme.com", NULL);
  before = tpt_inbox_world_dump (world);
  wanted->tier = g_strdup ("gold");
  wanted->owner = g_strdup ("me@ours.example");
  wanted->external_id = g_strdup ("C-1");
  wanted->cadence_days = 45;
  wanted->status = TPT_CUSTOMER_PROSPECT;
  wanted->renewal_at = 1800000000 * TPT_SECOND;

  receipt = tpt_inbox_world_act (world, tpt_match_act_new_customer (wanted, EVERYTHING));
  g_assert_cmpint (receipt.customer, ==, acme);
  g_assert_cmpuint (receipt.rematched, ==, 2);
  tpt_inbox_world_assert_where (world, "new", "Acme Ltd (domain)");
  tpt_inbox_world_assert_where (world, "old", "nobody (none)");
  assert_dump (world, "Acme Ltd [acme.com,new.example] gold C-1 45 me@ours.example prospect "
                      "1800000000000000 #ff\n");
  tpt_inbox_world_assert_undone (world, receipt.action, before);
}

static void
assert_customer_refused (TptInboxWorld *world,
                         TptCustomer   *draft,
                         int            code,
                         const char    *sentence)
{
  assert_refused (world, tpt_match_act_new_customer (draft, EVERYTHING), code, sentence);
  g_object_unref (draft);
}

static void
test_customer_refused (TptInboxWorld *world,
                       gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "");
  gint64 beta = tpt_inbox_world_add_customer (world, "Beta", "beta.example", "");
  g_autoptr (TptCustomer) known = make_customer (beta, "Beta", "beta.example");
  g_autoptr (TptCustomer) created = make_customer (0, "Gamma", "");
  TptCustomer *twin = make_customer (acme, "Acme", "acme.com");
  TptCustomer *owned = make_customer (acme, "Acme", "acme.com");
  TptMatchReceipt receipt;

  known->external_id = g_strdup ("C-2");
  tpt_inbox_world_act (world, tpt_match_act_new_customer (known, TPT_CUSTOMER_EXTERNAL_ID));
  twin->external_id = g_strdup ("c-2");
  created->external_id = g_strdup ("C-2");
  owned->owner = g_strdup ("nobody");
  assert_customer_refused (world, make_customer (acme, " ", ""), TPT_MATCH_ACT_ERROR_INVALID,
                           "A customer needs a name.");
  assert_customer_refused (world, make_customer (acme, "BETA", ""), TPT_MATCH_ACT_ERROR_EXISTS,
                           "There is a customer called “Beta” already.");
  assert_customer_refused (world, make_customer (acme, "Acme", "gmail.com"),
                           TPT_MATCH_ACT_ERROR_INVALID,
                           "“gmail.com” is a free-mail domain: it belongs to no one company");
  assert_customer_refused (world, twin, TPT_MATCH_ACT_ERROR_EXISTS,
                           "Beta has the external ID “c-2” already.");
  assert_customer_refused (world, owned, TPT_MATCH_ACT_ERROR_INVALID,
                           "“nobody” is not an e-mail address.");
  assert_customer_refused (world, make_customer (77, "Seven", ""), TPT_MATCH_ACT_ERROR_NOT_FOUND,
                           "This customer is not there any more.");
  assert_refused (world, tpt_match_act_new_create (created, NULL), TPT_MATCH_ACT_ERROR_EXISTS,
                  "Beta has the external ID “C-2” already.");

  /* What is as it was is nothing that could be taken back. */
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_customer (known, EVERYTHING));
  g_assert_cmpint (receipt.action, ==, 0);
}

/* A list goes on meaning the customer that was called otherwise, and changes nothing of what was
 * written. */
static void
test_customer_list (TptInboxWorld *world,
                    gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "");
  gint64 beta = tpt_inbox_world_add_customer (world, "Beta", "", "");
  g_autoptr (TptCustomer) renamed = make_customer (acme, "Acme Ltd", "");
  g_autoptr (TptCustomer) written = make_customer (beta, "Beta", "beta.example");
  g_autoptr (TptImportReport) report = NULL;

  tpt_inbox_world_act (world, tpt_match_act_new_customer (renamed, TPT_CUSTOMER_NAME));
  written->tier = g_strdup ("gold");
  tpt_inbox_world_act (world, tpt_match_act_new_customer (
                                written, TPT_CUSTOMER_TIER | TPT_CUSTOMER_DOMAINS));
  report = tpt_inbox_world_import (
    world, "name,domains,tier,owner,cadence_days,stakeholder_email\n"
           "Acme,,silver,,,ana@acme.com\n"
           "Beta,other.example,silver,me@ours.example,30,\n");
  g_assert_cmpuint (report->created, ==, 0);
  g_assert_cmpuint (report->updated, ==, 2);
  assert_dump (world, "Acme Ltd [acme.com] (null) (null) 0 (null) active 0 #1\n"
                      "  ana@acme.com (null)\n");
  assert_dump (world, "Beta [beta.example] gold (null) 30 me@ours.example active 0 #82\n");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*func) (TptInboxWorld *, gconstpointer);
  } tests[] = {
    { "/hand-edit/add", test_add },
    { "/hand-edit/add-refused", test_add_refused },
    { "/hand-edit/change", test_change },
    { "/hand-edit/card", test_card },
    { "/hand-edit/undone-late", test_undone_late },
    { "/hand-edit/remove", test_remove },
    { "/hand-edit/customer", test_customer },
    { "/hand-edit/customer-refused", test_customer_refused },
    { "/hand-edit/customer-list", test_customer_list },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, TptInboxWorld, NULL, tpt_inbox_world_set_up, tests[i].func,
                tpt_inbox_world_tear_down);

  return g_test_run ();
}
