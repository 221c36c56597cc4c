/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-record-label.h"
#include "tpt-test.h"

/* @written: as it is kept, or NULL */
static void
assert_label (const char *name,
              const char *detail,
              const char *written,
              const char *name_back,
              const char *detail_back)
{
  g_autofree char *label = tpt_record_label_make (name, detail);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpstr (label, ==, written);
  tpt_record_label_split (label, &first, &second);
  g_assert_cmpstr (first, ==, name_back);
  g_assert_cmpstr (second, ==, detail_back);
}

static void
test_kept (void)
{
  assert_label ("Review", "2026-11-21T10:00:00Z", "Review\n2026-11-21T10:00:00Z", "Review",
                "2026-11-21T10:00:00Z");
  assert_label (" Review ", NULL, "Review\n", "Review", NULL);
  assert_label (NULL, "ana@acme.com", "\nana@acme.com", NULL, "ana@acme.com");
  assert_label (NULL, NULL, NULL, NULL, NULL);
  assert_label ("", " \n", NULL, NULL, NULL);
}

/* What could not be read may be anything. */
static void
test_hostile (void)
{
  g_autofree char *long_name = g_strnfill (100000, 'x');
  g_autofree char *label = tpt_record_label_make (long_name, "a\nb\nc");
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;

  tpt_record_label_split (label, &name, &detail);
  g_assert_cmpuint (strlen (name), ==, 200);
  g_assert_cmpstr (detail, ==, "a b c");
  assert_label ("two\nlines", NULL, "two lines\n", "two lines", NULL);
  assert_label ("\xff", NULL, "\xef\xbf\xbd\n", "\xef\xbf\xbd", NULL);
  g_clear_pointer (&name, g_free);
  g_clear_pointer (&detail, g_free);
  tpt_record_label_split ("{}", &name, &detail);
  g_assert_null (name);
  g_assert_null (detail);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/record-label/kept", test_kept);
  g_test_add_func ("/record-label/hostile", test_hostile);

  return g_test_run ();
}
