/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-world.h"
#include "tpt-person-import.h"

#define CARD(text) "BEGIN:VCARD\r\nVERSION:3.0\r\n" text "END:VCARD\r\n"

static void
assert_counts (const TptImportReport *report,
               guint                  created,
               guint                  updated,
               guint                  unchanged,
               guint                  errors)
{
  g_assert_cmpuint (report->created, ==, created);
  g_assert_cmpuint (report->updated, ==, updated);
  g_assert_cmpuint (report->unchanged, ==, unchanged);
  g_assert_cmpuint (report->errors->len, ==, errors);
}

/* By address, by name, by domain; else the organisation is new. History finds them. */
static void
test_cards (TptInboxWorld *world,
            gconstpointer  user_data)
{
  static const char book[] =
    CARD ("FN:Ana\r\nORG:Somewhere Else\r\nEMAIL:ANA@acme.com\r\nEMAIL:ana@gmail.com\r\n")
    CARD ("FN:Bob\r\nORG:ACME\r\nEMAIL:bob@gmail.com\r\n")
    CARD ("FN:Eve\r\nEMAIL:eve@eu.acme.com\r\n")
    CARD ("FN:Zoe\r\nORG:New Firm\r\nEMAIL:zoe@new-firm.example\r\nEMAIL:zoe@proton.me\r\n")
    CARD ("FN:Yan\r\nORG:New Firm\r\nEMAIL:not an address\r\n")
    CARD ("FN:Nobody\r\nEMAIL:nobody@gmail.com\r\n")
    "BEGIN:VCARD\r\nFN:Cut\r\n";
  g_autoptr (TptImportReport) first = NULL;
  g_autoptr (TptImportReport) second = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *again = NULL;

  tpt_inbox_world_add_customer (world, "Acme", "acme.com", "ana@acme.com");
  tpt_inbox_world_book (world, "ana", "ana@gmail.com", NULL);
  tpt_inbox_world_book (world, "zoe", "other@new-firm.example", NULL);
  first = tpt_inbox_world_import (world, book);
  assert_counts (first, 1, 1, 0, 3);
  g_assert_cmpuint (first->rematched, ==, 2);
  tpt_inbox_world_assert_where (world, "ana", "Acme (stakeholder) ana@acme.com");
  tpt_inbox_world_assert_where (world, "zoe", "New Firm (domain)");
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, "Acme [acme.com] (null) (null) 0\n"
                                  "  ana@acme.com ana@gmail.com Ana\n  bob@gmail.com Bob\n"
                                  "  eve@eu.acme.com Eve\n"));
  g_assert_nonnull (strstr (dump, "New Firm [new-firm.example] (null) (null) 0\n"
                                  "   Yan\n  zoe@new-firm.example zoe@proton.me Zoe\n"));

  second = tpt_inbox_world_import (world, book);
  assert_counts (second, 0, 0, 2, 3);
  again = tpt_inbox_world_dump (world);
  g_assert_cmpstr (again, ==, dump);
}

/* The one that counts first stands first, those that are known before it; what somebody else has
 * stays there, which is told with the card. */
static void
test_addresses (TptInboxWorld *world,
                gconstpointer  user_data)
{
  static const char book[] =
    CARD ("FN:Ana\r\nORG:Acme\r\nEMAIL:new@acme.com\r\nEMAIL;TYPE=PREF:ana@acme.com\r\n"
          "EMAIL:bob@acme.com\r\nEMAIL:bad\r\n")
    CARD ("FN:Cy\r\nORG:Acme\r\nEMAIL:cy@home.example\r\nEMAIL;PREF=1:cy@acme.com\r\n");
  g_autoptr (TptImportReport) report = NULL;
  const TptImportProblem *problem;
  g_autofree char *dump = NULL;

  tpt_inbox_world_add_customer (world, "Acme", "", "ana@acme.com bob@acme.com");
  tpt_inbox_world_book (world, "new", "NEW@acme.com", NULL);
  report = tpt_inbox_world_import (world, book);
  assert_counts (report, 0, 1, 0, 2);
  g_assert_cmpuint (report->rematched, ==, 1);
  problem = g_ptr_array_index (report->errors, 0);
  g_assert_cmpuint (problem->row, ==, 1);
  g_assert_nonnull (strstr (problem->message, "“bad” is not an e-mail address"));
  problem = g_ptr_array_index (report->errors, 1);
  g_assert_cmpuint (problem->row, ==, 1);
  g_assert_cmpstr (problem->message, ==, "bob@acme.com is an address of somebody else already");
  tpt_inbox_world_assert_where (world, "new", "Acme (stakeholder) ana@acme.com");
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, "  ana@acme.com new@acme.com Ana\n  bob@acme.com (null)\n"
                                  "  cy@acme.com cy@home.example Cy\n"));
}

/* A domain that cannot be a customer's is not made one's, and nor is one that somebody has. */
static void
test_domains (TptInboxWorld *world,
              gconstpointer  user_data)
{
  g_autoptr (TptImportReport) report = NULL;
  g_autofree char *dump = NULL;

  tpt_inbox_world_add_customer (world, "Twin A", "twin.example", "");
  tpt_inbox_world_add_customer (world, "Twin B", "twin.example", "");
  report = tpt_inbox_world_import (world, CARD ("FN:A\r\nORG:One\r\nEMAIL:a@gmail.com\r\nEMAIL:a@twin.example\r\n"
                                "EMAIL:a@ours.example\r\nEMAIL:a@one.example\r\n"));
  assert_counts (report, 1, 0, 0, 0);
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, "One [one.example]"));
}

/* Who stands behind the card that made the customer belongs there, too. */
static void
test_same_file (TptInboxWorld *world,
                gconstpointer  user_data)
{
  g_autoptr (TptImportReport) report = NULL;
  g_autofree char *dump = NULL;

  report = tpt_inbox_world_import (world, CARD ("FN:A\r\nORG:New\r\nEMAIL:a@new.example\r\n")
                                   CARD ("FN:B\r\nEMAIL:B@NEW.example\r\n"));
  assert_counts (report, 1, 0, 0, 0);
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, "  a@new.example A\n  b@new.example B\n"));
}

/* An address book holds colleagues, too: they are nobody's customers. */
static void
test_colleagues (TptInboxWorld *world,
                 gconstpointer  user_data)
{
  g_autoptr (TptImportReport) report = NULL;
  const TptImportProblem *problem;
  g_autofree char *dump = NULL;

  report = tpt_inbox_world_import (world, CARD ("FN:A\r\nORG:Ours\r\nEMAIL:a@ours.example\r\n")
                                   CARD ("FN:B\r\nORG:Guests\r\nEMAIL:b@ours.example\r\n"
                                         "EMAIL:b@guests.example\r\n"));
  assert_counts (report, 1, 0, 0, 1);
  problem = g_ptr_array_index (report->errors, 0);
  g_assert_cmpuint (problem->row, ==, 1);
  g_assert_nonnull (strstr (problem->message, "ours.example"));
  dump = tpt_inbox_world_dump (world);
  g_assert_null (strstr (dump, "Ours"));
  g_assert_nonnull (strstr (dump, "Guests [guests.example]"));
}

typedef struct
{
  TptInboxWorld *world;
  GPtrArray *cards;
  TptImportReport *report;
} Contacts;

static gboolean
import_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  Contacts *contacts = user_data;
  TptMatcher *matcher = contacts->world->facts.matcher;
  guint rematched;

  g_assert_true (tpt_person_import_run (session, matcher, contacts->cards, TPT_PERSON_SERVICE,
                                        contacts->report, error));
  g_assert_true (tpt_matcher_rematch (matcher, session, &rematched, error));

  return TRUE;
}

static void
add_contact (Contacts   *contacts,
             const char *name,
             const char *company,
             const char *emails)
{
  TptPersonCard *card = tpt_person_card_new (contacts->cards->len + 1);
  g_auto (GStrv) list = g_strsplit (emails, " ", -1);

  card->name = g_strdup (name);
  card->organization = g_strdup (company);
  for (char **email = list; *email != NULL; email++)
    g_ptr_array_add (card->emails, g_strdup (*email));
  g_ptr_array_add (contacts->cards, card);
}

/* Who books lands in Calendly's address book, with whatever company was written there: that makes
 * a colleague no customer's, and takes no meeting from the customer whose person has the
 * address. */
static void
test_contacts (TptInboxWorld *world,
               gconstpointer  user_data)
{
  Contacts contacts = { .world = world };
  const TptImportProblem *problem;
  g_autofree char *dump = NULL;

  contacts.cards = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_person_card_free);
  contacts.report = tpt_import_report_new ();
  tpt_inbox_world_add_customer (world, "Acme", "acme.com", "ana@acme.com");
  tpt_inbox_world_add_customer (world, "Bolt", "bolt.example", "bea@bolt.example");
  tpt_inbox_world_book (world, "bea", "bea@bolt.example", NULL);
  tpt_inbox_world_book (world, "may", "may@ours.example", NULL);
  add_contact (&contacts, "May", "Acme", "may@ours.example");
  add_contact (&contacts, "Ana", NULL, "ana@acme.com bea@bolt.example may@ours.example ana@x.example");
  tpt_apply_fixture_transact (&world->facts, import_func, &contacts);

  assert_counts (contacts.report, 0, 1, 0, 1);
  problem = g_ptr_array_index (contacts.report->errors, 0);
  g_assert_cmpuint (problem->row, ==, 2);
  g_assert_cmpstr (problem->message, ==, "bea@bolt.example is an address of somebody else already");
  tpt_inbox_world_assert_where (world, "bea", "Bolt (stakeholder) bea@bolt.example");
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, "  ana@acme.com ana@x.example Ana\n"));
  g_assert_null (strstr (dump, "  may@ours.example"));
  g_ptr_array_unref (contacts.cards);
  tpt_import_report_free (contacts.report);
}

/* Whose name was kept as its cell had it is found again by the same list, and gets its name. */
static void
test_untidy (TptInboxWorld *world,
             gconstpointer  user_data)
{
  static const char list[] = "name,domains\n\"Line\nBreak Inc\",lb.example\n"
                             "Zero\342\200\213,z.example\nNew,new.example\n";
  g_autoptr (TptImportReport) first = NULL;
  g_autoptr (TptImportReport) second = NULL;
  g_autofree char *dump = NULL;

  tpt_inbox_world_add_customer (world, "Line\nBreak Inc", "lb.example", "");
  tpt_inbox_world_add_customer (world, "Zero\342\200\213", "z.example", "");
  first = tpt_inbox_world_import (world, list);
  assert_counts (first, 1, 2, 0, 0);
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, "Line Break Inc [lb.example]"));
  second = tpt_inbox_world_import (world, list);
  assert_counts (second, 0, 0, 3, 0);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add ("/person-import/cards", TptInboxWorld, NULL, tpt_inbox_world_set_up, test_cards,
              tpt_inbox_world_tear_down);
  g_test_add ("/person-import/addresses", TptInboxWorld, NULL, tpt_inbox_world_set_up,
              test_addresses, tpt_inbox_world_tear_down);
  g_test_add ("/person-import/domains", TptInboxWorld, NULL, tpt_inbox_world_set_up, test_domains,
              tpt_inbox_world_tear_down);
  g_test_add ("/person-import/same-file", TptInboxWorld, NULL, tpt_inbox_world_set_up,
              test_same_file, tpt_inbox_world_tear_down);
  g_test_add ("/person-import/colleagues", TptInboxWorld, NULL, tpt_inbox_world_set_up,
              test_colleagues, tpt_inbox_world_tear_down);
  g_test_add ("/person-import/contacts", TptInboxWorld, NULL, tpt_inbox_world_set_up,
              test_contacts, tpt_inbox_world_tear_down);
  g_test_add ("/person-import/untidy", TptInboxWorld, NULL, tpt_inbox_world_set_up, test_untidy,
              tpt_inbox_world_tear_down);

  return g_test_run ();
}
