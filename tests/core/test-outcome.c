/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-outcome.h"
#include "tpt-test.h"

#define NOW ((TptTime) 1780000000 * TPT_SECOND)

static void
test_derive (void)
{
  static const struct
  {
    gboolean canceled;
    gboolean rescheduled;
    TptNoShow no_show;
    TptTime end;
    TptOutcome outcome;
  } cases[] = {
    { FALSE, FALSE, TPT_NO_SHOW_NONE, NOW + 1, TPT_OUTCOME_UPCOMING },
    { FALSE, FALSE, TPT_NO_SHOW_NONE, NOW, TPT_OUTCOME_UPCOMING },
    { FALSE, FALSE, TPT_NO_SHOW_NONE, NOW - 1, TPT_OUTCOME_HELD },
    { FALSE, FALSE, TPT_NO_SHOW_GUEST, NOW - 1, TPT_OUTCOME_NO_SHOW },
    { FALSE, FALSE, TPT_NO_SHOW_HOST, NOW + 1, TPT_OUTCOME_NO_SHOW },
    { TRUE, FALSE, TPT_NO_SHOW_NONE, NOW - 1, TPT_OUTCOME_CANCELED },
    { TRUE, FALSE, TPT_NO_SHOW_GUEST, NOW - 1, TPT_OUTCOME_CANCELED },
    { TRUE, TRUE, TPT_NO_SHOW_NONE, NOW + 1, TPT_OUTCOME_SUPERSEDED },
    /* Said to be rescheduled, and still active: it stands. */
    { FALSE, TRUE, TPT_NO_SHOW_NONE, NOW + 1, TPT_OUTCOME_UPCOMING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tpt_outcome_derive (cases[i].canceled, cases[i].rescheduled, cases[i].no_show,
                                         cases[i].end, NOW),
                     ==, cases[i].outcome);
}

static void
test_combine (void)
{
  static const TptOutcome order[] = {
    TPT_OUTCOME_SUPERSEDED, TPT_OUTCOME_CANCELED, TPT_OUTCOME_NO_SHOW, TPT_OUTCOME_HELD,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (order); j++)
        g_assert_cmpint (tpt_outcome_combine (order[i], order[j]), ==, order[MAX (i, j)]);
    }
  g_assert_cmpint (tpt_outcome_combine (TPT_OUTCOME_UPCOMING, TPT_OUTCOME_NO_SHOW), ==,
                   TPT_OUTCOME_UPCOMING);
}

static void
test_words (void)
{
  TptOutcome outcome = TPT_OUTCOME_HELD;

  for (int i = 0; i <= TPT_OUTCOME_SUPERSEDED; i++)
    {
      g_assert_true (tpt_outcome_from_string (tpt_outcome_to_string ((TptOutcome) i), &outcome));
      g_assert_cmpint (outcome, ==, i);
    }
  g_assert_cmpstr (tpt_outcome_to_string (TPT_OUTCOME_NO_SHOW), ==, "no_show");
  g_assert_false (tpt_outcome_from_string ("no-show", &outcome));
  g_assert_false (tpt_outcome_from_string (NULL, &outcome));
  g_assert_cmpstr (tpt_canceler_to_string (TPT_CANCELER_HOST), ==, "host");
  g_assert_cmpstr (tpt_canceler_to_string (TPT_CANCELER_INVITEE), ==, "invitee");
  g_assert_null (tpt_canceler_to_string (TPT_CANCELER_NONE));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/outcome/derive", test_derive);
  g_test_add_func ("/outcome/combine", test_combine);
  g_test_add_func ("/outcome/words", test_words);

  return g_test_run ();
}
