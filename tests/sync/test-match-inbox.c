/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-world.h"

#include "tpt-customer-suggestion.h"

#define URIS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static void
assert_list (TptInboxWorld *world,
             gboolean       ignored,
             const char    *expected)
{
  g_autofree char *text = tpt_inbox_world_list_text (world, ignored);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refused (TptInboxWorld    *world,
                TptMatchAct      *act,
                TptMatchActError  code)
{
  g_autofree char *before = tpt_inbox_world_dump (world);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (tpt_inbox_world_try (world, act, NULL, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, (int) code);
  after = tpt_inbox_world_dump (world);
  g_assert_cmpstr (after, ==, before);
}

/* Everybody without a customer, with the reason, one entry per address, what needs a person most
 * first. */
static void
test_list (TptInboxWorld *world,
           gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "ana@acme.com");

  tpt_inbox_world_add_customer (world, "Twin A", "twin.example", "");
  tpt_inbox_world_add_customer (world, "Twin B", "twin.example", "");
  tpt_inbox_world_book (world, "colleague", "me@ours.example", NULL);
  tpt_inbox_world_book (world, "broken", "<b>nobody</b>", NULL);
  tpt_inbox_world_book (world, "free", "x@gmail.com", NULL);
  tpt_inbox_world_book (world, "free2", "X@GMAIL.com", NULL);
  tpt_inbox_world_book (world, "twin", "x@twin.example", NULL);
  tpt_inbox_world_book (world, "near", "x@acme.io", NULL);
  tpt_inbox_world_book (world, "known", "bob@acme.com", NULL);
  tpt_inbox_world_book (world, "linked", "x@proton.me", NULL);
  tpt_inbox_world_add_link (world, "L1", acme, "ana@acme.com", "linked");

  assert_list (world, FALSE,
               "ambiguous twin Twin A:80 Twin B:80\n"
               "none near Acme:70\n"
               "free-mail linked Acme:95\n"
               "free-mail free2+free\n"
               "invalid broken\n"
               "internal colleague");
  assert_list (world, TRUE, "");
}

/* What a person said stays, whatever is pulled later, and goes along with a reschedule, whichever
 * of the two bookings is heard of first. */
static void
test_assign (TptInboxWorld *world,
             gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "ana@gmail.com");
  TptMatchReceipt receipt;
  g_autofree char *before = NULL;

  tpt_inbox_world_book (world, "one", "bob@gmail.com", NULL);
  tpt_inbox_world_book (world, "other", "bob@gmail.com", NULL);
  before = tpt_inbox_world_dump (world);
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_assign (URIS ("one"), acme));
  g_assert_cmpint (receipt.action, !=, 0);
  tpt_inbox_world_assert_where (world, "one", "Acme (manual)");
  assert_list (world, FALSE, "free-mail other Acme:90");
  tpt_inbox_world_assert_undone (world, receipt.action, before);

  tpt_inbox_world_act (world, tpt_match_act_new_assign (URIS ("one"), acme));
  tpt_inbox_world_book (world, "one", "bob@gmail.com", NULL);
  tpt_inbox_world_assert_where (world, "one", "Acme (manual)");
  tpt_inbox_world_book (world, "two", "bob@gmail.com", "one");
  tpt_inbox_world_assert_where (world, "two", "Acme (manual)");
  tpt_inbox_world_act (world, tpt_match_act_new_ignore (URIS ("two")));
  tpt_inbox_world_assert_where (world, "one", "nobody (ignored)");

  tpt_inbox_world_book (world, "late-3", "zoe@gmail.com", "late-2");
  tpt_inbox_world_act (world, tpt_match_act_new_assign (URIS ("late-3"), acme));
  tpt_inbox_world_book (world, "late-1", "zoe@gmail.com", NULL);
  tpt_inbox_world_assert_where (world, "late-1", "nobody (free-mail)");
  tpt_inbox_world_book (world, "late-2", "zoe@gmail.com", "late-1");
  tpt_inbox_world_assert_where (world, "late-2", "Acme (manual)");
  tpt_inbox_world_assert_where (world, "late-1", "Acme (manual)");

  assert_refused (world, tpt_match_act_new_assign (URIS ("one", "absent"), acme),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND);
  assert_refused (world, tpt_match_act_new_assign (URIS ("one"), 77),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND);
}

/* Both what the booking replaced and what replaced it were heard of after the decision. */
static void
test_undo_late (TptInboxWorld *world,
                gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "ana@gmail.com");
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "two", "bob@gmail.com", "one");
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_assign (URIS ("two"), acme));
  tpt_inbox_world_book (world, "one", "bob@gmail.com", NULL);
  tpt_inbox_world_book (world, "three", "bob@gmail.com", "two");
  tpt_inbox_world_assert_where (world, "one", "Acme (manual)");
  tpt_inbox_world_assert_where (world, "three", "Acme (manual)");
  g_assert_true (tpt_inbox_world_undo (world, receipt.action, NULL));
  tpt_inbox_world_assert_where (world, "one", "nobody (free-mail)");
  tpt_inbox_world_assert_where (world, "two", "nobody (free-mail)");
  tpt_inbox_world_assert_where (world, "three", "nobody (free-mail)");
}

static void
test_ignore (TptInboxWorld *world,
             gconstpointer  user_data)
{
  g_autofree char *before = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "one", "spam@gmail.com", NULL);
  before = tpt_inbox_world_dump (world);
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_ignore (URIS ("one")));
  assert_list (world, FALSE, "");
  assert_list (world, TRUE, "ignored one");
  tpt_inbox_world_book (world, "one", "spam@gmail.com", NULL);
  assert_list (world, FALSE, "");
  tpt_inbox_world_assert_undone (world, receipt.action, before);

  tpt_inbox_world_act (world, tpt_match_act_new_ignore (URIS ("one")));
  tpt_inbox_world_act (world, tpt_match_act_new_reset (URIS ("one")));
  assert_list (world, FALSE, "free-mail one");
}

/* A booking that was moved to another time since goes back along with the one before. */
static void
test_undo_moved (TptInboxWorld *world,
                 gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "");
  gint64 beta = tpt_inbox_world_add_customer (world, "Beta", "beta.example", "");
  g_autoptr (GError) error = NULL;

  tpt_inbox_world_book (world, "one", "bob@gmail.com", NULL);
  tpt_inbox_world_act (world, tpt_match_act_new_ignore (URIS ("one")));
  tpt_inbox_world_book (world, "two", "bob@gmail.com", "one");
  tpt_inbox_world_assert_where (world, "two", "nobody (ignored)");
  g_assert_true (tpt_inbox_world_undo (world, 0, &error));
  g_assert_no_error (error);
  assert_list (world, FALSE, "free-mail two");

  tpt_inbox_world_act (world, tpt_match_act_new_assign (URIS ("two"), acme));
  tpt_inbox_world_act (world, tpt_match_act_new_reset (URIS ("two")));
  tpt_inbox_world_book (world, "three", "bob@gmail.com", "two");
  tpt_inbox_world_assert_where (world, "three", "nobody (free-mail)");
  g_assert_true (tpt_inbox_world_undo (world, 0, &error));
  tpt_inbox_world_assert_where (world, "three", "Acme (manual)");
  tpt_inbox_world_act (world, tpt_match_act_new_merge (beta, acme));
  tpt_inbox_world_book (world, "four", "bob@gmail.com", "three");
  tpt_inbox_world_assert_where (world, "four", "Beta (manual)");
  g_assert_true (tpt_inbox_world_undo (world, 0, &error));
  tpt_inbox_world_assert_where (world, "one", "Acme (manual)");
  tpt_inbox_world_assert_where (world, "four", "Acme (manual)");
  g_assert_true (tpt_inbox_world_undo (world, 0, &error));
  g_assert_no_error (error);
  tpt_inbox_world_assert_where (world, "four", "nobody (free-mail)");
}

/* History and future alike; a rule can be changed and forgotten, each step taken back. */
static void
test_rules (TptInboxWorld *world,
            gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "ana@acme.com");
  gint64 beta = tpt_inbox_world_add_customer (world, "Beta", "twin.example", "");
  g_autofree char *before = NULL;
  g_autofree char *between = NULL;
  TptMatchReceipt first, second, third;

  tpt_inbox_world_add_customer (world, "Twin", "twin.example", "");
  tpt_inbox_world_book (world, "free", "bob@gmail.com", NULL);
  tpt_inbox_world_book (world, "twin", "x@mail.twin.example", NULL);
  tpt_inbox_world_book (world, "ana", "ana@acme.com", NULL);
  before = tpt_inbox_world_dump (world);

  first = tpt_inbox_world_act (world, tpt_match_act_new_rule ("Bob@Gmail.com", acme));
  g_assert_cmpuint (first.rematched, ==, 1);
  tpt_inbox_world_assert_where (world, "free", "Acme (rule)");
  tpt_inbox_world_book (world, "later", "BOB@gmail.com", NULL);
  tpt_inbox_world_assert_where (world, "later", "Acme (rule)");
  between = tpt_inbox_world_dump (world);
  second = tpt_inbox_world_act (world, tpt_match_act_new_rule ("bob@gmail.com", beta));
  tpt_inbox_world_assert_where (world, "later", "Beta (rule)");
  third = tpt_inbox_world_act (world, tpt_match_act_new_forget_rule ("bob@gmail.com"));
  tpt_inbox_world_assert_where (world, "later", "nobody (free-mail)");
  g_assert_true (tpt_inbox_world_undo (world, third.action, NULL));
  tpt_inbox_world_assert_undone (world, second.action, between);

  tpt_inbox_world_act (world, tpt_match_act_new_rule ("twin.example", beta));
  tpt_inbox_world_assert_where (world, "twin", "Beta (rule)");
  tpt_inbox_world_act (world, tpt_match_act_new_rule ("acme.com", 0));
  tpt_inbox_world_assert_where (world, "ana", "Acme (stakeholder) ana@acme.com");
  tpt_inbox_world_act (world, tpt_match_act_new_rule ("ana@acme.com", 0));
  tpt_inbox_world_assert_where (world, "ana", "nobody (ignored-by-rule)");
  assert_list (world, TRUE, "ignored-by-rule ana Acme:85");

  assert_refused (world, tpt_match_act_new_rule ("gmail.com", acme), TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_rule ("ours.example", acme),
                  TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_rule ("co.uk", 0), TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_rule ("no domain", acme), TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_rule ("x@y@z", acme), TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_rule ("x@gmail.com", 77),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND);
  assert_refused (world, tpt_match_act_new_forget_rule ("none.example"),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND);
}

#define EMAILS(...) URIS (__VA_ARGS__)

/* History follows the addresses, there and back; so does what comes later. */
static void
test_emails (TptInboxWorld *world,
             gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com",
                                              "ana@acme.com bob@acme.com;bob@gmail.com");
  gint64 beta = tpt_inbox_world_add_customer (world, "Beta", "", "b@beta.example");
  g_autofree char *before = NULL;
  g_autofree char *between = NULL;
  TptMatchReceipt first, second, third;

  tpt_inbox_world_book (world, "home", "Ana@Home.example", NULL);
  tpt_inbox_world_book (world, "bob", "BOB@gmail.com", NULL);
  tpt_inbox_world_book (world, "work", "ana@acme.com", NULL);
  tpt_inbox_world_assert_where (world, "bob", "Acme (stakeholder) bob@acme.com");
  tpt_inbox_world_assert_where (world, "home", "nobody (none)");
  before = tpt_inbox_world_dump (world);

  first = tpt_inbox_world_act (world, tpt_match_act_new_emails (
                                        acme, 1, EMAILS ("ana@home.EXAMPLE", " Ana@acme.com ",
                                                         "ana@ACME.com")));
  g_assert_cmpuint (first.rematched, ==, 1);
  g_assert_cmpint (first.customer, ==, acme);
  tpt_inbox_world_assert_where (world, "home", "Acme (stakeholder) ana@home.example");
  tpt_inbox_world_book (world, "later", "ana@home.example", NULL);
  tpt_inbox_world_assert_where (world, "later", "Acme (stakeholder) ana@home.example");
  between = tpt_inbox_world_dump (world);

  /* Taken away: what came by it belongs to the domain, or to nobody. */
  second = tpt_inbox_world_act (world, tpt_match_act_new_emails (acme, 1,
                                                                 EMAILS ("ana@other.example")));
  g_assert_cmpuint (second.rematched, ==, 3);
  tpt_inbox_world_assert_where (world, "home", "nobody (none)");
  tpt_inbox_world_assert_where (world, "work", "Acme (domain)");

  /* What another customer's person has as well is nobody's to tell. */
  third = tpt_inbox_world_act (world, tpt_match_act_new_emails (
                                        beta, 3, EMAILS ("b@beta.example", "bob@gmail.com")));
  tpt_inbox_world_assert_where (world, "bob", "nobody (ambiguous)");
  g_assert_true (tpt_inbox_world_undo (world, third.action, NULL));
  tpt_inbox_world_assert_where (world, "bob", "Acme (stakeholder) bob@acme.com");
  tpt_inbox_world_assert_undone (world, second.action, between);
  g_assert_true (tpt_inbox_world_undo (world, first.action, NULL));
  tpt_inbox_world_assert_where (world, "later", "nobody (none)");
  tpt_inbox_world_assert_where (world, "home", "nobody (none)");
  g_assert_nonnull (strstr (before, "  ana@acme.com (null)\n"));
}

static void
test_emails_refused (TptInboxWorld *world,
                     gconstpointer  user_data)
{
  static const char *const none[] = { NULL };
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com",
                                              "ana@acme.com bob@acme.com;bob@gmail.com");
  g_autofree char *before = tpt_inbox_world_dump (world);
  g_autofree char *after = NULL;
  TptMatchReceipt receipt;

  assert_refused (world, tpt_match_act_new_emails (acme, 1, EMAILS ("a@x.com", "BOB@gmail.com")),
                  TPT_MATCH_ACT_ERROR_EXISTS);
  assert_refused (world, tpt_match_act_new_emails (acme, 1, EMAILS ("a@x.com", "no address")),
                  TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_emails (acme, 1, none), TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_emails (acme, 77, EMAILS ("a@x.com")),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND);
  assert_refused (world, tpt_match_act_new_emails (77, 1, EMAILS ("a@x.com")),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND);
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_emails (acme, 1,
                                                                  EMAILS ("ANA@acme.com")));
  g_assert_cmpint (receipt.action, ==, 0);
  after = tpt_inbox_world_dump (world);
  g_assert_cmpstr (after, ==, before);
}

/* Somebody came under an address that nobody knew: from now on it is one of theirs. */
static void
test_identify (TptInboxWorld *world,
               gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com",
                                              "ana@acme.com bob@acme.com");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "one", "Ana@gmail.com", NULL);
  tpt_inbox_world_book (world, "two", "ana@gmail.com", NULL);
  tpt_inbox_world_book (world, "three", "ana@gmail.com", "two");
  tpt_inbox_world_book (world, "bad", "no address", NULL);
  before = tpt_inbox_world_dump (world);
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_identify (URIS ("two"), acme, 1));
  g_assert_cmpuint (receipt.rematched, ==, 1);
  tpt_inbox_world_assert_where (world, "one", "Acme (stakeholder) ana@acme.com");
  tpt_inbox_world_assert_where (world, "two", "Acme (manual) ana@acme.com");
  tpt_inbox_world_assert_where (world, "three", "Acme (manual) ana@acme.com");
  assert_list (world, FALSE, "invalid bad");
  after = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (after, "  ana@acme.com ana@gmail.com (null)\n"));
  assert_refused (world, tpt_match_act_new_identify (URIS ("one"), acme, 2),
                  TPT_MATCH_ACT_ERROR_EXISTS);
  tpt_inbox_world_assert_undone (world, receipt.action, before);

  receipt = tpt_inbox_world_act (world, tpt_match_act_new_identify (URIS ("bad"), acme, 2));
  tpt_inbox_world_assert_where (world, "bad", "Acme (manual) bob@acme.com");
  tpt_inbox_world_assert_undone (world, receipt.action, before);
  assert_refused (world, tpt_match_act_new_identify (URIS ("one"), acme, 77),
                  TPT_MATCH_ACT_ERROR_NOT_FOUND);
}

/* What came meanwhile stays, and nobody gets back what is somebody else's by now. */
static void
test_emails_undone_late (TptInboxWorld *world,
                         gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "",
                                              "ana@acme.com;old@acme.com;kept@acme.com");
  g_autoptr (TptImportReport) report = NULL;
  g_autofree char *dump = NULL;
  TptMatchReceipt receipt;

  receipt = tpt_inbox_world_act (world, tpt_match_act_new_emails (
                                          acme, 1, EMAILS ("new@acme.com", "kept@acme.com")));
  report = tpt_inbox_world_import (world, "name,stakeholder_name,stakeholder_email\n"
                                          "Acme,,kept@acme.com;since@acme.com\n"
                                          "Acme,Bob,old@acme.com\n");
  g_assert_cmpuint (report->updated, ==, 1);
  g_assert_true (tpt_inbox_world_undo (world, receipt.action, NULL));
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, "  ana@acme.com kept@acme.com since@acme.com (null)\n"
                                  "  old@acme.com Bob\n"));
}

static TptCustomer *
make_draft (const char *name,
            const char *domain)
{
  TptCustomer *draft = tpt_customer_new ();

  draft->name = g_strdup (name);
  if (domain != NULL)
    {
      g_strfreev (draft->domains);
      draft->domains = g_strsplit (domain, " ", -1);
    }

  return draft;
}

/* From a suggestion to a customer with its history, and back. */
static void
test_create (TptInboxWorld *world,
             gconstpointer  user_data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (TptCustomer) draft = NULL;
  g_autoptr (TptCustomer) same = make_draft ("blue RIVER", NULL);
  g_autoptr (TptCustomer) nameless = make_draft (" ", NULL);
  g_autoptr (TptCustomer) free_mail = make_draft ("Free", "gmail.com");
  g_autofree char *before = NULL;
  TptCustomerSuggestion *first;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "a", "a@blue-river.example", NULL);
  tpt_inbox_world_book (world, "b", "b@mail.blue-river.example", NULL);
  tpt_inbox_world_book (world, "c", "b@mail.blue-river.example", NULL);
  tpt_inbox_world_book (world, "d", "d@single.example", NULL);
  tpt_inbox_world_book (world, "e", "d@gmail.com", NULL);
  tpt_inbox_world_book (world, "f", "d@ours.example", NULL);
  tpt_inbox_world_book (world, "g", "d@shunned.example", NULL);
  tpt_inbox_world_act (world, tpt_match_act_new_rule ("shunned.example", 0));
  entries = tpt_inbox_world_list (world, FALSE);
  suggestions = tpt_customer_suggestion_make_all (entries);
  g_assert_cmpuint (suggestions->len, ==, 2);
  first = g_ptr_array_index (suggestions, 0);
  g_assert_cmpstr (first->domain, ==, "blue-river.example");
  g_assert_cmpstr (first->name, ==, "Blue River");
  g_assert_cmpuint (first->meetings, ==, 3);
  g_assert_cmpuint (first->people, ==, 2);

  before = tpt_inbox_world_dump (world);
  draft = make_draft (first->name, first->domain);
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_create (draft, NULL));
  g_assert_cmpint (receipt.customer, ==, draft->id);
  tpt_inbox_world_assert_where (world, "c", "Blue River (domain)");
  assert_refused (world, tpt_match_act_new_create (same, NULL), TPT_MATCH_ACT_ERROR_EXISTS);
  assert_refused (world, tpt_match_act_new_create (nameless, NULL), TPT_MATCH_ACT_ERROR_INVALID);
  assert_refused (world, tpt_match_act_new_create (free_mail, NULL), TPT_MATCH_ACT_ERROR_INVALID);
  tpt_inbox_world_assert_undone (world, receipt.action, before);

  receipt = tpt_inbox_world_act (world, tpt_match_act_new_create (same, URIS ("e")));
  tpt_inbox_world_assert_where (world, "e", "blue RIVER (manual)");
  tpt_inbox_world_assert_undone (world, receipt.action, before);
}

/* Only what was done last, and not what has become more than it was. */
static void
test_undo (TptInboxWorld *world,
           gconstpointer  user_data)
{
  g_autoptr (TptCustomer) draft = make_draft ("New", NULL);
  g_autoptr (GError) error = NULL;
  TptMatchReceipt first, second;

  g_assert_false (tpt_inbox_world_undo (world, 0, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOTHING);
  g_clear_error (&error);

  tpt_inbox_world_book (world, "one", "x@gmail.com", NULL);
  first = tpt_inbox_world_act (world, tpt_match_act_new_create (draft, NULL));
  second = tpt_inbox_world_act (world, tpt_match_act_new_assign (URIS ("one"), first.customer));
  g_assert_false (tpt_inbox_world_undo (world, first.action, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOTHING);
  g_clear_error (&error);
  g_assert_true (tpt_inbox_world_undo (world, second.action, &error));
  g_assert_no_error (error);
  second = tpt_inbox_world_act (world, tpt_match_act_new_reset (URIS ("one")));
  g_assert_cmpint (second.action, !=, first.action);
  g_assert_true (tpt_inbox_world_undo (world, 0, &error));

  tpt_inbox_world_add_link (world, "L1", first.customer, "x@gmail.com", NULL);
  g_assert_false (tpt_inbox_world_undo (world, 0, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_IN_USE);
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
    { "/match-inbox/list", test_list },
    { "/match-inbox/assign", test_assign },
    { "/match-inbox/ignore", test_ignore },
    { "/match-inbox/rules", test_rules },
    { "/match-inbox/emails", test_emails },
    { "/match-inbox/emails-refused", test_emails_refused },
    { "/match-inbox/emails-undone-late", test_emails_undone_late },
    { "/match-inbox/identify", test_identify },
    { "/match-inbox/create", test_create },
    { "/match-inbox/undo", test_undo },
    { "/match-inbox/undo-late", test_undo_late },
    { "/match-inbox/undo-moved", test_undo_moved },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, TptInboxWorld, NULL, tpt_inbox_world_set_up, tests[i].func,
                tpt_inbox_world_tear_down);

  return g_test_run ();
}
