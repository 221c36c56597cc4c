/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match.h"
#include "tpt-test.h"

static const char *const own_domains[] = { "ours.example", "not a domain", NULL };
static const char *const free_mail[] = { "Club.example", NULL };

static TptCustomer *
make_customer (gint64      id,
               const char *name,
               const char *domains,
               const char *email)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->id = id;
  customer->name = g_strdup (name);
  g_strfreev (customer->domains);
  customer->domains = g_strsplit (domains, " ", -1);
  if (email != NULL)
    {
      TptStakeholder *stakeholder = tpt_stakeholder_new ();

      stakeholder->id = id * 10;
      tpt_stakeholder_add_email (stakeholder, email);
      g_ptr_array_add (customer->stakeholders, stakeholder);
    }

  return customer;
}

static TptMatchIndex *
make_index (const GPtrArray *rules)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func (g_object_unref);
  TptMatchIndex *index;

  g_ptr_array_add (customers,
                   make_customer (1, "Acme", "acme.com xn--bcher-kva.example", "ana@gmail.com"));
  g_ptr_array_add (customers,
                   make_customer (2, "Acme Labs", "labs.acme.com", "both@elsewhere.example"));
  g_ptr_array_add (customers,
                   make_customer (3, "Twin A", "twin.example", "both@elsewhere.example"));
  g_ptr_array_add (customers, make_customer (4, "Twin B", "twin.example", "Zoë@twin.example"));
  g_ptr_array_add (customers,
                   make_customer (5, "Greedy", "com gmail.com ours.example club.example co.uk",
                                  NULL));
  g_ptr_array_add (customers, make_customer (6, "Twice", "twice.example TWICE.example", NULL));

  index = tpt_match_index_new (customers, rules, own_domains, free_mail);
  tpt_match_index_add_colleague (index, "Guest@Acme.com");
  tpt_match_index_add_colleague (index, "me@gmail.com");
  tpt_match_index_add_colleague (index, "ana@gmail.com");
  tpt_match_index_add_colleague (index, NULL);

  return index;
}

static void
test_match_order (void)
{
  static const struct
  {
    const char *email;
    TptMatchReason reason;
    gint64 customer;
    gint64 stakeholder;
  } cases[] = {
    { "ANA@gmail.com", TPT_MATCH_STAKEHOLDER, 1, 10 },
    { "bob@ACME.com", TPT_MATCH_DOMAIN, 1, 0 },
    { "bob@mail.eu.acme.com", TPT_MATCH_DOMAIN, 1, 0 },
    { "bob@labs.acme.com", TPT_MATCH_DOMAIN, 2, 0 },
    { "bob@x.labs.acme.com", TPT_MATCH_DOMAIN, 2, 0 },
    { "bob@bücher.example", TPT_MATCH_DOMAIN, 1, 0 },
    { "bob@notacme.com", TPT_MATCH_NONE, 0, 0 },
    { "bob@twin.example", TPT_MATCH_AMBIGUOUS, 0, 0 },
    { "ZOË@twin.example", TPT_MATCH_STAKEHOLDER, 4, 40 },
    { "both@elsewhere.example", TPT_MATCH_AMBIGUOUS, 0, 0 },
    { "bob@twice.example", TPT_MATCH_DOMAIN, 6, 0 },
    { "bob@gmail.com", TPT_MATCH_FREE_MAIL, 0, 0 },
    { "bob@club.example", TPT_MATCH_FREE_MAIL, 0, 0 },
    { "bob@ours.example", TPT_MATCH_INTERNAL, 0, 0 },
    { "bob@mail.ours.example", TPT_MATCH_INTERNAL, 0, 0 },
    { "guest@acme.com", TPT_MATCH_INTERNAL, 0, 0 },
    { "me@gmail.com", TPT_MATCH_INTERNAL, 0, 0 },
    { "bob@co.uk", TPT_MATCH_NONE, 0, 0 },
    { "bob@stranger.com", TPT_MATCH_NONE, 0, 0 },
    { "nobody", TPT_MATCH_INVALID, 0, 0 },
    { NULL, TPT_MATCH_INVALID, 0, 0 },
  };
  g_autoptr (TptMatchIndex) index = make_index (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TptMatch) match = tpt_match_index_match (index, cases[i].email);

      g_test_message ("%s", cases[i].email);
      g_assert_cmpstr (tpt_match_reason_to_string (match->reason), ==,
                       tpt_match_reason_to_string (cases[i].reason));
      g_assert_cmpint (match->customer != NULL ? match->customer->id : 0, ==, cases[i].customer);
      g_assert_cmpint (match->stakeholder != NULL ? match->stakeholder->id : 0, ==,
                       cases[i].stakeholder);
    }
}

static void
test_match_candidates (void)
{
  g_autoptr (TptMatchIndex) index = make_index (NULL);
  g_autoptr (TptMatch) twins = tpt_match_index_match (index, "bob@twin.example");
  g_autoptr (TptMatch) nested = tpt_match_index_match (index, "bob@labs.acme.com");
  TptMatchCandidate *first = g_ptr_array_index (nested->candidates, 0);
  TptMatchCandidate *second = g_ptr_array_index (nested->candidates, 1);

  g_assert_cmpuint (twins->candidates->len, ==, 2);
  g_assert_cmpuint (nested->candidates->len, ==, 2);
  g_assert_cmpint (first->customer->id, ==, 2);
  g_assert_cmpint (second->customer->id, ==, 1);
  g_assert_cmpint (first->score, >, second->score);
  g_assert_nonnull (strstr (first->reason, "labs.acme.com"));
  g_assert_nonnull (strstr (first->reason, "Acme Labs"));
}

/* A rule wins over what it is told besides, but gives nobody what can be no customer's. */
static void
test_match_rules (void)
{
  static const struct
  {
    TptMatchRuleKind kind;
    const char *pattern;
    gint64 customer;
  } said[] = {
    { TPT_MATCH_RULE_EMAIL, "both@elsewhere.example", 3 },
    { TPT_MATCH_RULE_EMAIL, "ana@gmail.com", 2 },
    { TPT_MATCH_RULE_EMAIL, "bot@acme.com", 0 },
    { TPT_MATCH_RULE_EMAIL, "gone@gmail.com", 99 },
    { TPT_MATCH_RULE_DOMAIN, "twin.example", 4 },
    { TPT_MATCH_RULE_DOMAIN, "eu.acme.com", 2 },
    { TPT_MATCH_RULE_DOMAIN, "gmail.com", 1 },
    { TPT_MATCH_RULE_DOMAIN, "ours.example", 1 },
    { TPT_MATCH_RULE_DOMAIN, "spam.example", 0 },
    { TPT_MATCH_RULE_NAME, "stranger.com", 1 },
  };
  static const struct
  {
    const char *email;
    TptMatchReason reason;
    gint64 customer;
    gint64 stakeholder;
  } cases[] = {
    { "BOTH@elsewhere.example", TPT_MATCH_RULED, 3, 30 },
    { "ana@gmail.com", TPT_MATCH_RULED, 2, 0 },
    { "bot@acme.com", TPT_MATCH_RULED_OUT, 0, 0 },
    { "gone@gmail.com", TPT_MATCH_FREE_MAIL, 0, 0 },
    { "bob@twin.example", TPT_MATCH_RULED, 4, 0 },
    { "zoë@twin.example", TPT_MATCH_STAKEHOLDER, 4, 40 },
    { "bob@mail.eu.acme.com", TPT_MATCH_RULED, 2, 0 },
    { "bob@acme.com", TPT_MATCH_DOMAIN, 1, 0 },
    { "bob@gmail.com", TPT_MATCH_FREE_MAIL, 0, 0 },
    { "bob@ours.example", TPT_MATCH_INTERNAL, 0, 0 },
    { "bob@x.spam.example", TPT_MATCH_RULED_OUT, 0, 0 },
    { "bob@stranger.com", TPT_MATCH_NONE, 0, 0 },
  };
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TptMatchIndex) index = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    g_ptr_array_add (rules,
                     tpt_match_rule_new (said[i].kind, said[i].pattern, said[i].customer));
  index = make_index (rules);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TptMatch) match = tpt_match_index_match (index, cases[i].email);

      g_test_message ("%s", cases[i].email);
      g_assert_cmpstr (tpt_match_reason_to_string (match->reason), ==,
                       tpt_match_reason_to_string (cases[i].reason));
      g_assert_cmpint (match->customer != NULL ? match->customer->id : 0, ==, cases[i].customer);
      g_assert_cmpint (match->stakeholder != NULL ? match->stakeholder->id : 0, ==,
                       cases[i].stakeholder);
    }
}

#define N_ROUNDS 300
#define N_CUSTOMERS 4
#define N_PEOPLE 3
#define N_ADDRESSES 9

/* Few enough that they meet often; the last two are at a customer's domain and a free-mail one. */
static char *
make_address (guint    number,
              gboolean is_written)
{
  static const char *const domains[] = { "elsewhere.example", "d1.example", "gmail.com" };
  const char *domain = domains[number >= N_ADDRESSES - 2 ? number - (N_ADDRESSES - 3) : 0];

  return g_strdup_printf (is_written ? "P%u@%s" : "p%u@%s", number, domain);
}

static TptCustomer *
make_any_customer (gint64 id)
{
  g_autofree char *name = g_strdup_printf ("Customer %d", (int) id);
  g_autofree char *domain = g_strdup_printf ("d%d.example", (int) id);
  TptCustomer *customer = make_customer (id, name, domain, NULL);
  int people = g_test_rand_int_range (0, N_PEOPLE + 1);

  for (int i = 0; i < people; i++)
    {
      TptStakeholder *person = tpt_stakeholder_new ();
      int count = g_test_rand_int_range (0, 4);

      person->id = id * 10 + i;
      for (int j = 0; j < count; j++)
        {
          g_autofree char *address =
            make_address ((guint) g_test_rand_int_range (0, N_ADDRESSES), j % 2 == 1);

          if (tpt_customer_find_stakeholder (customer, address) == NULL)
            tpt_stakeholder_add_email (person, address);
        }
      g_ptr_array_add (customer->stakeholders, person);
    }

  return customer;
}

/* The rule as it is told: who has the address, among all of theirs and wherever it stands among
 * them; of two customers, neither; else the domain. */
static void
expect (const GPtrArray  *customers,
        const char       *address,
        TptMatchReason   *reason,
        gint64           *customer,
        gint64           *person)
{
  guint found = 0;

  *customer = *person = 0;
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *next = g_ptr_array_index (customers, i);

      for (guint j = 0; j < next->stakeholders->len; j++)
        {
          TptStakeholder *stakeholder = g_ptr_array_index (next->stakeholders, j);

          for (char **email = stakeholder->emails; *email != NULL; email++)
            {
              if (g_ascii_strcasecmp (*email, address) != 0)
                continue;
              found++;
              *customer = next->id;
              *person = stakeholder->id;
            }
        }
    }
  *reason = found == 1 ? TPT_MATCH_STAKEHOLDER : TPT_MATCH_AMBIGUOUS;
  if (found != 1)
    *customer = *person = 0;
  if (found > 0)
    return;

  *reason = TPT_MATCH_NONE;
  if (g_str_has_suffix (address, "@gmail.com"))
    *reason = TPT_MATCH_FREE_MAIL;
  else if (g_str_has_suffix (address, "@d1.example"))
    {
      *reason = TPT_MATCH_DOMAIN;
      *customer = 1;
    }
}

static void
test_match_any_address (void)
{
  guint reasons[TPT_MATCH_RULED_OUT + 1] = { 0 };

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (TptMatchIndex) index = NULL;

      for (gint64 id = 1; id <= N_CUSTOMERS; id++)
        g_ptr_array_add (customers, make_any_customer (id));
      index = tpt_match_index_new (customers, NULL, own_domains, free_mail);
      for (guint i = 0; i < N_ADDRESSES; i++)
        {
          g_autofree char *address = make_address (i, i % 2 == 0);
          g_autoptr (TptMatch) match = tpt_match_index_match (index, address);
          TptMatchReason reason;
          gint64 customer, person;

          expect (customers, address, &reason, &customer, &person);
          g_assert_cmpint (match->reason, ==, reason);
          g_assert_cmpint (match->customer != NULL ? match->customer->id : 0, ==, customer);
          g_assert_cmpint (match->stakeholder != NULL ? match->stakeholder->id : 0, ==, person);
          reasons[reason]++;
        }
    }
  g_assert_cmpuint (reasons[TPT_MATCH_STAKEHOLDER], >, N_ROUNDS);
  g_assert_cmpuint (reasons[TPT_MATCH_AMBIGUOUS], >, N_ROUNDS);
  g_assert_cmpuint (reasons[TPT_MATCH_DOMAIN], >, 0);
  g_assert_cmpuint (reasons[TPT_MATCH_FREE_MAIL], >, 0);
}

static gpointer
match_thread (gpointer user_data)
{
  guint found = 0;

  for (int i = 0; i < 2000; i++)
    {
      const char *email = i % 2 == 0 ? "ana@gmail.com" : "x@acme.com";
      g_autoptr (TptMatch) match = tpt_match_index_match (user_data, email);

      found += match->customer != NULL && match->customer->id == 1;
    }

  return GUINT_TO_POINTER (found);
}

static void
test_match_threads (void)
{
  g_autoptr (TptMatchIndex) index = make_index (NULL);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("match", match_thread, index);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 2000);
  tpt_test_finalized (g_steal_pointer (&index));
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/match/order", test_match_order);
  g_test_add_func ("/match/candidates", test_match_candidates);
  g_test_add_func ("/match/rules", test_match_rules);
  g_test_add_func ("/match/any-address", test_match_any_address);
  g_test_add_func ("/match/threads", test_match_threads);

  return g_test_run ();
}
