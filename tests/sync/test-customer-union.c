/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-world.h"

#define URIS(...) ((const char *const[]) { __VA_ARGS__, NULL })

#define N_ROUNDS 60
#define N_ACTS 12

#define LIST                                                                                       \
  "name,domains,tier,external_id,stakeholder_email\n"                                              \
  "Acme,acme.com,gold,A-1,ana@acme.com\n"                                                          \
  "Acme Labs,labs.example,silver,A-2,ana@acme.com\n"                                               \
  "Acme Labs,labs.example,silver,A-2,bob@gmail.com\n"

static void
set_up_union (TptInboxWorld *world)
{
  g_autoptr (TptImportReport) report = tpt_inbox_world_import (world, LIST);

  g_assert_cmpuint (report->created, ==, 2);
  tpt_inbox_world_book (world, "ana", "ana@acme.com", NULL);
  tpt_inbox_world_book (world, "bob", "bob@gmail.com", NULL);
  tpt_inbox_world_book (world, "lab", "x@labs.example", NULL);
  tpt_inbox_world_book (world, "hand", "zoe@gmail.com", NULL);
  tpt_inbox_world_book (world, "ruled", "rule@gmail.com", NULL);
  tpt_inbox_world_act (world, tpt_match_act_new_assign (URIS ("hand"), 2));
  tpt_inbox_world_act (world, tpt_match_act_new_rule ("rule@gmail.com", 2));
  tpt_inbox_world_add_link (world, "L1", 2, "ana@acme.com", NULL);
  tpt_inbox_world_add_link (world, "L2", 2, "bob@gmail.com", NULL);
  tpt_inbox_world_assert_where (world, "ana", "nobody (ambiguous)");
}

/* Everything of the one is the other's, nobody is there twice, and lists that still name the one
 * mean the other. */
static void
test_merge (TptInboxWorld *world,
            gconstpointer  user_data)
{
  g_autofree char *before = NULL;
  g_autofree char *merged = NULL;
  g_autofree char *again = NULL;
  g_autoptr (TptImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  TptMatchReceipt receipt;

  set_up_union (world);
  before = tpt_inbox_world_dump (world);
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_merge (1, 2));
  tpt_inbox_world_assert_where (world, "ana", "Acme (stakeholder) ana@acme.com");
  tpt_inbox_world_assert_where (world, "bob", "Acme (stakeholder) bob@gmail.com");
  tpt_inbox_world_assert_where (world, "lab", "Acme (domain)");
  tpt_inbox_world_assert_where (world, "hand", "Acme (manual)");
  tpt_inbox_world_assert_where (world, "ruled", "Acme (rule)");
  merged = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (merged, "Acme [acme.com,labs.example] gold A-1 0\n"
                                    "  ana@acme.com (null)\n  bob@gmail.com (null)\n"));
  g_assert_null (strstr (merged, "\nAcme Labs ["));
  g_assert_nonnull (strstr (merged, "link L1 Acme Acme"));
  g_assert_nonnull (strstr (merged, "link L2 Acme Acme"));

  report = tpt_inbox_world_import (world, LIST);
  g_assert_cmpuint (report->created, ==, 0);
  again = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (again, "Acme [acme.com,labs.example] gold A-1"));
  g_assert_null (strstr (again, "\nAcme Labs ["));

  g_assert_false (tpt_inbox_world_try (world, tpt_match_act_new_merge (1, 1), NULL, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID);
  tpt_inbox_world_assert_undone (world, receipt.action, before);
}

static char *
foresee (TptInboxWorld *world,
         TptMatchAct   *act)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptMatchForecast) forecast = NULL;
  g_autofree char *domains = NULL;
  TptTestResult waiting = { NULL };

  tpt_match_inbox_try_async (world->inbox, act, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  forecast = tpt_match_inbox_try_finish (world->inbox, result, &error);
  if (forecast == NULL)
    {
      g_assert_error (error, TPT_MATCH_ACT_ERROR, error->code);
      return g_strdup (error->message);
    }
  domains = g_strjoinv (",", forecast->domains);

  return g_strdup_printf ("people %u, doubles %u, links %u, rules %u, bookings %u, domains %s",
                          forecast->people, forecast->doubles, forecast->links, forecast->rules,
                          forecast->bookings, domains);
}

static void
assert_foreseen (TptInboxWorld *world,
                 TptMatchAct   *act,
                 const char    *expected)
{
  g_autofree char *seen = foresee (world, act);

  g_assert_cmpstr (seen, ==, expected);
}

/* What is said before is what is done then, and saying it changes nothing: neither in the record
 * nor in how the next booking is matched. */
static void
test_foreseen (TptInboxWorld *world,
               gconstpointer  user_data)
{
  static const char *const domains[] = { "acme.com", NULL };
  g_autoptr (TptCustomer) draft = tpt_customer_new ();
  g_autoptr (TptCustomer) taken = tpt_customer_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  draft->name = g_strdup ("Acme South");
  taken->name = g_strdup ("Acme Labs");
  set_up_union (world);
  /* Of somebody who stays where the domain goes. */
  tpt_inbox_world_add_link (world, "L3", 1, "ana@acme.com", NULL);
  before = tpt_inbox_world_dump (world);
  assert_foreseen (world, tpt_match_act_new_merge (1, 2),
                   "people 1, doubles 1, links 2, rules 1, bookings 5, domains labs.example");
  assert_foreseen (world, tpt_match_act_new_split (1, draft, domains, NULL),
                   "people 0, doubles 0, links 0, rules 0, bookings 0, domains acme.com");
  assert_foreseen (world, tpt_match_act_new_split (2, draft, NULL, URIS ("bob@gmail.com")),
                   "people 1, doubles 0, links 1, rules 0, bookings 1, domains ");
  assert_foreseen (world, tpt_match_act_new_merge (1, 1),
                   "A customer cannot be merged with itself.");
  assert_foreseen (world, tpt_match_act_new_split (1, taken, domains, NULL),
                   "There is a customer called “Acme Labs” already.");
  after = tpt_inbox_world_dump (world);
  g_assert_cmpstr (after, ==, before);
  tpt_inbox_world_book (world, "new", "y@labs.example", NULL);
  tpt_inbox_world_assert_where (world, "new", "Acme Labs (domain)");
}

/* The row of who went may be somebody else's by now. */
static void
test_merge_undone_late (TptInboxWorld *world,
                        gconstpointer  user_data)
{
  TptMatchReceipt receipt;
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  set_up_union (world);
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_merge (1, 2));
  g_assert_cmpint (tpt_inbox_world_add_customer (world, "Newcomer", "", "new@gmail.com"), ==, 2);
  tpt_inbox_world_undo (world, receipt.action, &error);
  g_assert_no_error (error);
  after = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (after, "Acme Labs [labs.example] silver A-2 0\n"
                                   "  ana@acme.com (null)\n  bob@gmail.com (null)\n"));
  g_assert_nonnull (strstr (after, "link L2 Acme Labs Acme Labs"));
  tpt_inbox_world_assert_where (world, "hand", "Acme Labs (manual)");
  tpt_inbox_world_assert_where (world, "ruled", "Acme Labs (rule)");

  /* What was done before knows rows that are the newcomer's by now. */
  g_assert_false (tpt_inbox_world_undo (world, 0, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOTHING);
}

/* Whoever is the same by any address has all of them afterwards, but those of somebody else. */
static void
test_merge_addresses (TptInboxWorld *world,
                      gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "",
                                              "ana@acme.com;ana@gmail.com bob@acme.com");
  gint64 labs = tpt_inbox_world_add_customer (world, "Labs", "",
                                              "ana@labs.example;ANA@gmail.com;bob@acme.com "
                                              "cy@labs.example;cy@gmail.com");
  g_autofree char *before = NULL;
  g_autofree char *merged = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "ana", "ana@gmail.com", NULL);
  tpt_inbox_world_book (world, "labs", "ana@labs.example", NULL);
  tpt_inbox_world_book (world, "cy", "cy@gmail.com", NULL);
  tpt_inbox_world_add_link (world, "L1", labs, "ana@labs.example", NULL);
  tpt_inbox_world_assert_where (world, "ana", "nobody (ambiguous)");
  before = tpt_inbox_world_dump (world);

  assert_foreseen (world, tpt_match_act_new_merge (acme, labs),
                   "people 1, doubles 1, links 1, rules 0, bookings 3, domains ");
  receipt = tpt_inbox_world_act (world, tpt_match_act_new_merge (acme, labs));
  merged = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (merged, "Acme [] (null) (null) 0\n"
                                    "  ana@acme.com ana@gmail.com ana@labs.example (null)\n"
                                    "  bob@acme.com (null)\n"
                                    "  cy@labs.example cy@gmail.com (null)\n"));
  tpt_inbox_world_assert_where (world, "ana", "Acme (stakeholder) ana@acme.com");
  tpt_inbox_world_assert_where (world, "labs", "Acme (stakeholder) ana@acme.com");
  tpt_inbox_world_assert_where (world, "cy", "Acme (stakeholder) cy@labs.example");
  tpt_inbox_world_assert_undone (world, receipt.action, before);
}

static TptCustomer *
make_draft (const char *name)
{
  TptCustomer *draft = tpt_customer_new ();

  draft->name = g_strdup (name);

  return draft;
}

static void
test_split (TptInboxWorld *world,
            gconstpointer  user_data)
{
  g_autoptr (TptCustomer) draft = make_draft ("Bob's Lab");
  g_autoptr (TptCustomer) other = make_draft ("Other");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  TptMatchReceipt receipt;

  set_up_union (world);
  before = tpt_inbox_world_dump (world);
  receipt = tpt_inbox_world_act (world,
                                 tpt_match_act_new_split (2, draft, URIS ("LABS.example"),
                                                          URIS ("Bob@gmail.com")));
  tpt_inbox_world_assert_where (world, "bob", "Bob's Lab (stakeholder) bob@gmail.com");
  tpt_inbox_world_assert_where (world, "lab", "Bob's Lab (domain)");
  tpt_inbox_world_assert_where (world, "hand", "Acme Labs (manual)");
  tpt_inbox_world_assert_where (world, "ruled", "Acme Labs (rule)");
  after = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (after, "Acme Labs [] silver A-2 0\n  ana@acme.com (null)\n"));
  g_assert_nonnull (strstr (after, "Bob's Lab [labs.example] silver (null) 0\n  bob@gmail.com"));
  g_assert_nonnull (strstr (after, "link L1 Acme Labs"));
  g_assert_nonnull (strstr (after, "link L2 Bob's Lab"));
  tpt_inbox_world_assert_undone (world, receipt.action, before);

  g_assert_false (tpt_inbox_world_try (world,
                                       tpt_match_act_new_split (2, other, URIS ("acme.com"), NULL),
                                       NULL, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (tpt_inbox_world_try (world,
                                       tpt_match_act_new_split (2, other, NULL, URIS ("no@x.com")),
                                       NULL, &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (tpt_inbox_world_try (world, tpt_match_act_new_split (2, other, NULL, NULL), NULL,
                                       &error));
  g_assert_error (error, TPT_MATCH_ACT_ERROR, TPT_MATCH_ACT_ERROR_INVALID);
}

/* Somebody goes with all of their addresses, by whichever they are named, and once. */
static void
test_split_addresses (TptInboxWorld *world,
                      gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com",
                                              "ana@acme.com;ana@gmail.com bob@acme.com");
  g_autoptr (TptCustomer) draft = make_draft ("Ana's");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_book (world, "home", "ana@gmail.com", NULL);
  tpt_inbox_world_book (world, "work", "ana@acme.com", NULL);
  tpt_inbox_world_book (world, "bob", "bob@acme.com", NULL);
  tpt_inbox_world_add_link (world, "L1", acme, "ana@gmail.com", NULL);
  tpt_inbox_world_act (world, tpt_match_act_new_rule ("ana@gmail.com", acme));
  before = tpt_inbox_world_dump (world);
  receipt = tpt_inbox_world_act (world,
                                 tpt_match_act_new_split (acme, draft, NULL,
                                                          URIS ("Ana@gmail.com", "ana@acme.com")));
  tpt_inbox_world_assert_where (world, "home", "Ana's (rule) ana@acme.com");
  tpt_inbox_world_assert_where (world, "work", "Ana's (stakeholder) ana@acme.com");
  tpt_inbox_world_assert_where (world, "bob", "Acme (stakeholder) bob@acme.com");
  after = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (after, "Ana's [] (null) (null) 0\n  ana@acme.com ana@gmail.com"));
  g_assert_nonnull (strstr (after, "link L1 Ana's"));
  tpt_inbox_world_assert_undone (world, receipt.action, before);
}

/* Any one of the people, in any row where there is one. */
static TptMatchAct *
make_any_person_act (GRand             *rand,
                     const char *const *uri)
{
  static const char *const addresses[] = {
    "ana@acme.com", "bob@gmail.com", "zoe@gmail.com", "x@labs.example", "rule@gmail.com",
  };
  gint64 customer = g_rand_int_range (rand, 1, 5), person = g_rand_int_range (rand, 1, 5);
  const char *emails[4] = { NULL };
  guint count = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (emails));

  if (g_rand_boolean (rand))
    return tpt_match_act_new_identify (uri, customer, person);
  for (guint i = 0; i < count; i++)
    emails[i] = addresses[g_rand_int_range (rand, 0, G_N_ELEMENTS (addresses))];

  return tpt_match_act_new_emails (customer, person, emails);
}

/* Something that may or may not be possible. */
static TptMatchAct *
make_any_act (GRand *rand,
              guint  number)
{
  static const char *const uris[] = { "ana", "bob", "lab", "hand", "ruled" };
  static const char *const patterns[] = { "rule@gmail.com", "labs.example", "bob@gmail.com" };
  const char *const uri[] = { uris[g_rand_int_range (rand, 0, G_N_ELEMENTS (uris))], NULL };
  const char *pattern = patterns[g_rand_int_range (rand, 0, G_N_ELEMENTS (patterns))];
  gint64 row = g_rand_int_range (rand, 1, 5), other = g_rand_int_range (rand, 1, 5);
  g_autofree char *name = g_strdup_printf ("Draft %u", number);
  g_autoptr (TptCustomer) draft = make_draft (name);

  switch (g_rand_int_range (rand, 0, 11))
    {
    case 0:
      return tpt_match_act_new_assign (uri, row);
    case 1:
      return tpt_match_act_new_ignore (uri);
    case 2:
      return tpt_match_act_new_reset (uri);
    case 3:
      return tpt_match_act_new_rule (pattern, row - 1);
    case 4:
      return tpt_match_act_new_forget_rule (pattern);
    case 5:
      return tpt_match_act_new_create (draft, uri);
    case 6:
      return tpt_match_act_new_merge (row, other);
    case 7:
      return tpt_match_act_new_split (row, draft, NULL, URIS ("bob@gmail.com"));
    default:
      return make_any_person_act (rand, uri);
    }
}

/* Whatever was done, taken back in turn, leads through the same states to the first one. */
static void
test_any (TptInboxWorld *world,
          gconstpointer  user_data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  set_up_union (world);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GArray) actions = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint i = 0; i < N_ACTS; i++)
        {
          g_autofree char *before = tpt_inbox_world_dump (world);
          TptMatchReceipt receipt = { 0 };

          if (!tpt_inbox_world_try (world, make_any_act (rand, i), &receipt, NULL)
              || receipt.action == 0)
            continue;
          g_ptr_array_add (states, g_steal_pointer (&before));
          g_array_append_val (actions, receipt.action);
        }
      for (guint i = states->len; i > 0; i--)
        tpt_inbox_world_assert_undone (world, g_array_index (actions, gint64, i - 1),
                       g_ptr_array_index (states, i - 1));
    }
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
    { "/customer-union/merge", test_merge },
    { "/customer-union/foreseen", test_foreseen },
    { "/customer-union/merge-addresses", test_merge_addresses },
    { "/customer-union/merge-undone-late", test_merge_undone_late },
    { "/customer-union/split", test_split },
    { "/customer-union/split-addresses", test_split_addresses },
    { "/customer-union/any", test_any },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, TptInboxWorld, NULL, tpt_inbox_world_set_up, tests[i].func,
                tpt_inbox_world_tear_down);

  return g_test_run ();
}
