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
  static const char *const blank[] = { "", " ", " \t\r\n", "\302\240", "\342\200\203 ",
                                       "\357\273\277\342\200\213", "\330\234" };
  static const char *const written[] = { "a", " a ", "\342\200\203\303\244", "0", "\xff", " \xff" };

  g_assert_true (tpt_text_is_blank (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (blank); i++)
    g_assert_true (tpt_text_is_blank (blank[i]));
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    g_assert_false (tpt_text_is_blank (written[i]));
}

/* What is copied from elsewhere has blanks that nobody sees. */
static void
test_line (void)
{
  static const struct
  {
    const char *text;
    const char *trimmed;
    const char *line;
  } cases[] = {
    { "", "", "" },
    { " \t\302\240", "", "" },
    { "  plain  text\r\n", "plain  text", "plain  text" },
    { "\302\240\342\200\257\357\273\277a\342\200\213\342\200\216", "a", "a" },
    { "Line\r\nBreak\tInc", "Line\r\nBreak\tInc", "Line Break Inc" },
    { "Line \n\n Break", "Line \n\n Break", "Line Break" },
    { "Groupe\302\240SEB", "Groupe\302\240SEB", "Groupe SEB" },
    { "\345\261\261\343\200\200\347\224\260", "\345\261\261\343\200\200\347\224\260",
      "\345\261\261\343\200\200\347\224\260" },
    { "\342\200\252+1 555\342\200\254", "+1 555", "+1 555" },
    { "\xff ", "\xff", "\357\277\275" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *trimmed = tpt_text_trim (cases[i].text);
      g_autofree char *line = tpt_text_line (cases[i].text);

      g_assert_cmpstr (trimmed, ==, cases[i].trimmed);
      g_assert_cmpstr (line, ==, cases[i].line);
    }
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
  g_test_add_func ("/core/text/line", test_line);
  g_test_add_func ("/core/text/message", test_message);

  return g_test_run ();
}
