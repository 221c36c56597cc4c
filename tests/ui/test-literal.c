/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-literal.h"

#include <string.h>

static void
test_line (void)
{
  static const struct
  {
    const char *text;
    const char *shown;
  } cases[] = {
    { NULL, "" },
    { "Ada Lovelace", "Ada Lovelace" },
    { "<b>x</b> & \"Ω\" שלום", "<b>x</b> & \"Ω\" שלום" },
    { "%s%n", "%s%n" },
    { "a\tb\r\nc", "a b c" },
    { "bell\a\033[31m", "bell␇␛[31m" },
    { "\x7f", "␡" },
    { "evil\u202egnp.exe", "evil[U+202E]gnp.exe" },
    { "\u2066a\u2069", "[U+2066]a[U+2069]" },
    { "pay\u200bpal", "pay[U+200B]pal" },
    { "\ufeffx", "[U+FEFF]x" },
    { "نامه\u200cای", "نامه\u200cای" },
    { "👩\u200d💻", "👩\u200d💻" },
    { "a\x80z", "a\uFFFDz" },
    { "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\u0301x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = tpt_literal_line (cases[i].text);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_length (void)
{
  g_autofree char *long_one = g_strnfill (1 << 20, 'x');
  g_autofree char *line = tpt_literal_line (long_one);
  GString *marks = g_string_new ("a");
  g_autofree char *tower = NULL;

  g_assert_cmpint (g_utf8_strlen (line, -1), <=, 241);
  g_assert_true (g_str_has_suffix (line, "…"));
  for (int i = 0; i < 50000; i++)
    g_string_append (marks, "\u0300");
  tower = tpt_literal_line (marks->str);
  g_assert_cmpint (g_utf8_strlen (tower, -1), <=, 6);
  g_string_free (marks, TRUE);
}

/* A text from right to left stays within its part of the sentence. */
static void
test_part (void)
{
  g_autofree char *latin = tpt_literal_part ("Ada");
  g_autofree char *hebrew = tpt_literal_part ("שלום");
  g_autofree char *block = tpt_literal_block ("one\n\ttwo\u202e");

  g_assert_cmpstr (latin, ==, "Ada");
  g_assert_cmpstr (hebrew, ==, "\u2068שלום\u2069");
  g_assert_cmpstr (block, ==, "one\n\ttwo[U+202E]");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/literal/line", test_line);
  g_test_add_func ("/ui/literal/length", test_length);
  g_test_add_func ("/ui/literal/part", test_part);

  return g_test_run ();
}
