/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test.h"
#include "tpt-text.h"

#include "tpt-time.h"

/* Characters are counted, and none is cut through. */
static void
test_cut (void)
{
  static const struct
  {
    const char *text;
    guint max_chars;
    const char *expected;
  } cases[] = {
    { NULL, 5, "" },
    { "", 5, "" },
    { "abcde", 5, "abcde" },
    { "abcdef", 5, "abcde" },
    { "äöüßé", 5, "äöüßé" },
    { "äöüßéñ", 5, "äöüßé" },
    { "\360\237\230\200\360\237\230\200\360\237\230\200", 2,
      "\360\237\230\200\360\237\230\200" },
    { "a\xff" "b", 5, "a\357\277\275b" },
    { "anything", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cut = tpt_text_cut (cases[i].text, cases[i].max_chars);

      g_assert_cmpstr (cut, ==, cases[i].expected);
    }
}

static void
test_blank (void)
{
  static const char *const blank[] = { "", " ", " \t\r\n", "\302\240", "\342\200\203 " };
  static const char *const written[] = { "a", " a ", "\342\200\203\303\244", "0", "\xff", " \xff" };

  g_assert_true (tpt_text_is_blank (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (blank); i++)
    g_assert_true (tpt_text_is_blank (blank[i]));
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    g_assert_false (tpt_text_is_blank (written[i]));
}

/* What is wrong with an input is said with a part of it, which has to be fit for a label. */
static void
test_message (void)
{
  g_autoptr (GError) error = NULL;
  TptTime time;

  g_assert_false (tpt_time_parse ("xäääääääääääääääääääääääääääääääää", &time, &error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/core/text/cut", test_cut);
  g_test_add_func ("/core/text/blank", test_blank);
  g_test_add_func ("/core/text/message", test_message);

  return g_test_run ();
}
