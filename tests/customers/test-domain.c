/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-domain.h"
#include "tpt-email.h"
#include "tpt-free-mail.h"
#include "tpt-test.h"

typedef struct
{
  const char *text;
  const char *expected;
} Case;

static void
test_domain_normalize (void)
{
  static const Case cases[] = {
    { " Acme.COM ", "acme.com" },
    { "\302\240\357\273\277acme.com\342\200\213\342\200\257", "acme.com" },
    { "acme.com.", "acme.com" },
    { "bücher.example", "xn--bcher-kva.example" },
    { "BÜCHER.example", "xn--bcher-kva.example" },
    { "xn--bcher-kva.example", "xn--bcher-kva.example" },
    { "bücher。example", "xn--bcher-kva.example" },
    { "localhost", "localhost" },
    { "", NULL },
    { ".", NULL },
    { "acme..com", NULL },
    { "-acme.com", NULL },
    { "acme-.com", NULL },
    { "acme corp.com", NULL },
    { "https://acme.com/", NULL },
    { "10.0.0.1", NULL },
    { "a@b.com", NULL },
    { "\xff.com", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *domain = tpt_domain_normalize (cases[i].text);

      g_assert_cmpstr (domain, ==, cases[i].expected);
    }
}

static void
test_domain_length (void)
{
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *longest = g_strdup_printf ("%s.com", label);
  g_autofree char *too_long = g_strdup_printf ("a%s.com", label);
  g_autofree char *taken = tpt_domain_normalize (longest);
  g_autofree char *refused = tpt_domain_normalize (too_long);

  g_assert_cmpstr (taken, ==, longest);
  g_assert_null (refused);
}

static void
test_domain_suffix (void)
{
  g_assert_true (tpt_domain_is_public_suffix ("com"));
  g_assert_true (tpt_domain_is_public_suffix ("co.uk"));
  g_assert_true (tpt_domain_is_public_suffix ("github.io"));
  g_assert_true (tpt_domain_is_public_suffix ("no-such-suffix"));
  g_assert_false (tpt_domain_is_public_suffix ("acme.co.uk"));
  g_assert_cmpstr (tpt_domain_get_registrable ("mail.eu.acme.co.uk"), ==, "acme.co.uk");
  g_assert_null (tpt_domain_get_registrable ("co.uk"));
}

static void
test_domain_within (void)
{
  g_assert_true (tpt_domain_is_within ("acme.com", "acme.com"));
  g_assert_true (tpt_domain_is_within ("eu.acme.com", "acme.com"));
  g_assert_false (tpt_domain_is_within ("acme.com", "eu.acme.com"));
  g_assert_false (tpt_domain_is_within ("notacme.com", "acme.com"));
}

static void
test_domain_free_mail (void)
{
  const char *const more[] = { "club.example", NULL };

  for (gsize i = 1; i < tpt_free_mail_n_domains; i++)
    g_assert_cmpstr (tpt_free_mail_domains[i - 1], <, tpt_free_mail_domains[i]);
  for (gsize i = 0; i < tpt_free_mail_n_domains; i++)
    {
      g_autofree char *domain = tpt_domain_normalize (tpt_free_mail_domains[i]);

      g_assert_cmpstr (domain, ==, tpt_free_mail_domains[i]);
      g_assert_true (tpt_domain_is_free_mail (domain, NULL));
    }
  g_assert_false (tpt_domain_is_free_mail ("acme.com", more));
  g_assert_false (tpt_domain_is_free_mail ("club.example", NULL));
  g_assert_true (tpt_domain_is_free_mail ("club.example", more));
}

static void
test_domain_problem (void)
{
  const char *const own[] = { "Ours.example", NULL };
  const char *const wrong[] = { "co.uk", "gmail.com", "ours.example", "mail.OURS.example",
                                "not a domain" };
  g_autofree char *domain = NULL;
  g_autofree char *problem = tpt_domain_find_problem ("Acme.com", own, NULL, &domain);

  g_assert_null (problem);
  g_assert_cmpstr (domain, ==, "acme.com");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *refused = NULL;
      g_autofree char *reason = tpt_domain_find_problem (wrong[i], own, NULL, &refused);

      g_assert_nonnull (strstr (reason, wrong[i]));
    }
}

static void
test_email_normalize (void)
{
  g_autofree char *long_local = g_strnfill (65, 'a');
  g_autofree char *too_long = g_strconcat (long_local, "@acme.com", NULL);
  const Case cases[] = {
    { "Ana.Silva@Acme.COM", "ana.silva@acme.com" },
    { "  ana@acme.com\t", "ana@acme.com" },
    { "\357\273\277Ann@nb.example\302\240\342\200\213", "ann@nb.example" },
    { "ana@bücher.example", "ana@xn--bcher-kva.example" },
    { "JÖRG@acme.com", "jörg@acme.com" },
    { "jo\xcc\x88rg@acme.com", "jörg@acme.com" },
    { "ana+qbr@acme.com", "ana+qbr@acme.com" },
    { "ana", NULL },
    { "@acme.com", NULL },
    { "ana@", NULL },
    { "a b@acme.com", NULL },
    { "a@b@acme.com", NULL },
    { "Ana <ana@acme.com>", NULL },
    { "a\nb@acme.com", NULL },
    { too_long, NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *email = tpt_email_normalize (cases[i].text);

      g_assert_cmpstr (email, ==, cases[i].expected);
    }
  g_assert_cmpstr (tpt_email_get_domain ("ana@acme.com"), ==, "acme.com");
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/domain/normalize", test_domain_normalize);
  g_test_add_func ("/domain/length", test_domain_length);
  g_test_add_func ("/domain/suffix", test_domain_suffix);
  g_test_add_func ("/domain/within", test_domain_within);
  g_test_add_func ("/domain/free-mail", test_domain_free_mail);
  g_test_add_func ("/domain/problem", test_domain_problem);
  g_test_add_func ("/email/normalize", test_email_normalize);

  return g_test_run ();
}
