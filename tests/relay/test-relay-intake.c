/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-intake.h"

#include <string.h>

#include "tpt-test.h"

#define ROUNDS 200
#define LENGTH 5000

/* However the bytes are cut and however much of them is taken at a time, they come out in order. */
static void
test_any_cut (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      TptRelayIntake intake = { 0 };
      g_autoptr (GByteArray) out = g_byte_array_new ();
      guint8 in[LENGTH];
      gsize sent = 0;

      for (gsize i = 0; i < LENGTH; i++)
        in[i] = (guint8) g_test_rand_int ();
      while (out->len < LENGTH)
        {
          gsize part = (gsize) g_test_rand_int_range (0, 700);
          gsize wanted = (gsize) g_test_rand_int_range (0, 900);

          part = MIN (part, LENGTH - sent);
          tpt_relay_intake_begin (&intake, in + sent, part);
          sent += part;
          g_assert_cmpuint (intake.left, ==, sent - out->len);
          wanted = MIN (wanted, intake.left);
          g_byte_array_append (out, intake.at, (guint) wanted);
          tpt_relay_intake_take (&intake, wanted);
          g_assert_cmpint (tpt_relay_intake_has_more (&intake), ==, out->len < sent);
          tpt_relay_intake_end (&intake);
          g_assert_cmpuint (tpt_relay_intake_get_held (&intake), ==, sent - out->len);
          g_assert_cmpint (tpt_relay_intake_has_more (&intake), ==, out->len < sent);
        }
      g_assert_cmpmem (out->data, out->len, in, LENGTH);
      tpt_relay_intake_clear (&intake);
    }
}

static void
test_clear (void)
{
  TptRelayIntake intake = { 0 };

  tpt_relay_intake_begin (&intake, (const guint8 *) "half", 4);
  tpt_relay_intake_end (&intake);
  g_assert_cmpuint (tpt_relay_intake_get_held (&intake), ==, 4);
  tpt_relay_intake_clear (&intake);
  g_assert_cmpuint (tpt_relay_intake_get_held (&intake), ==, 0);
  tpt_relay_intake_begin (&intake, NULL, 0);
  g_assert_cmpuint (intake.left, ==, 0);
  tpt_relay_intake_end (&intake);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/intake/any-cut", test_any_cut);
  g_test_add_func ("/relay/intake/clear", test_clear);

  return g_test_run ();
}
