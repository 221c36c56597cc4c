/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-turnstile.h"

#include "tpt-test.h"

static GString *inside;

static void
enter_cb (gpointer who)
{
  g_string_append_c (inside, (char) GPOINTER_TO_INT (who));
}

/* Two inside, three in the line, and in the order in which they came. */
static void
test_order (void)
{
  g_autoptr (TptRelayTurnstile) turnstile = tpt_relay_turnstile_new (2, 3, enter_cb);

  inside = g_string_new (NULL);
  for (char who = 'a'; who <= 'e'; who++)
    g_assert_true (tpt_relay_turnstile_line_up (turnstile, GINT_TO_POINTER (who)));
  g_assert_cmpstr (inside->str, ==, "ab");
  g_assert_false (tpt_relay_turnstile_line_up (turnstile, GINT_TO_POINTER ('f')));
  g_assert_false (tpt_relay_turnstile_step_out (turnstile, GINT_TO_POINTER ('a')));
  g_assert_true (tpt_relay_turnstile_step_out (turnstile, GINT_TO_POINTER ('c')));
  g_assert_true (tpt_relay_turnstile_line_up (turnstile, GINT_TO_POINTER ('g')));
  tpt_relay_turnstile_leave (turnstile);
  g_assert_cmpstr (inside->str, ==, "abd");
  tpt_relay_turnstile_leave (turnstile);
  tpt_relay_turnstile_leave (turnstile);
  g_assert_cmpstr (inside->str, ==, "abdeg");
  tpt_relay_turnstile_leave (turnstile);
  tpt_relay_turnstile_leave (turnstile);
  g_assert_true (tpt_relay_turnstile_line_up (turnstile, GINT_TO_POINTER ('h')));
  g_assert_cmpstr (inside->str, ==, "abdegh");
  g_string_free (inside, TRUE);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/turnstile/order", test_order);

  return g_test_run ();
}
