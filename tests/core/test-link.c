/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-link.h"
#include "tpt-test.h"

#include <string.h>

/* Long enough not to be guessed, of harmless letters, every letter in use, and never twice. */
static void
test_id (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint seen[128] = { 0 };
  guint letters = 0;

  for (int i = 0; i < 2000; i++)
    {
      char *id = tpt_link_make_id ();

      g_assert_cmpuint (strlen (id), ==, 20);
      for (const char *p = id; *p != '\0'; p++)
        {
          g_assert_true (g_ascii_isalnum (*p));
          seen[(guint8) *p]++;
        }
      g_assert_true (g_hash_table_add (ids, id));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    letters += seen[i] > 0 ? 1 : 0;
  g_assert_cmpuint (letters, ==, 62);
}

static void
test_words (void)
{
  TptLinkState state = TPT_LINK_OPEN;
  TptLink *link = tpt_link_new ();

  for (int i = 0; i <= TPT_LINK_SUPERSEDED; i++)
    {
      g_assert_true (tpt_link_state_from_string (tpt_link_state_to_string ((TptLinkState) i),
                                                 &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_false (tpt_link_state_from_string ("clicked", &state));
  g_assert_cmpstr (tpt_link_kind_to_string (TPT_LINK_SINGLE_USE), ==, "single_use");
  g_assert_cmpstr (tpt_link_kind_to_string (TPT_LINK_REUSABLE), ==, "reusable");
  g_assert_null (tpt_attribution_to_string (TPT_ATTRIBUTION_NONE));
  g_assert_cmpstr (tpt_attribution_to_string (TPT_ATTRIBUTION_TRACKING), ==, "tracking");
  g_assert_cmpstr (tpt_attribution_to_string (TPT_ATTRIBUTION_CHAIN), ==, "chain");
  g_assert_cmpstr (tpt_attribution_to_string (TPT_ATTRIBUTION_INFERRED), ==, "inferred");
  tpt_test_finalized (link);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/link/id", test_id);
  g_test_add_func ("/link/words", test_words);

  return g_test_run ();
}
