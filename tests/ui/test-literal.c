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

/* Laying out 20000 characters without a blank stops the window for half a minute; where there are
 * blanks, or none are needed, all of them are shown. */
static void
test_run (void)
{
  static const struct
  {
    const char *part;
    gsize count;
    gsize shown;           /* characters */
  } cases[] = {
    { "a", 1000, 1000 }, { "a", 1001, 1001 }, { "a", 20000, 1001 }, { "a", 1 << 20, 1001 },
    { "ab ", 3000, 9000 }, { "a\n", 3000, 6000 }, { "漢", 5000, 5000 }, { "ก", 5000, 5000 },
  };
  GString *two = g_string_new (NULL);
  g_autofree char *block = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GString *text = g_string_new (NULL);
      g_autofree char *shown = NULL;

      for (gsize j = 0; j < cases[i].count; j++)
        g_string_append (text, cases[i].part);
      shown = tpt_literal_block (text->str);
      g_assert_cmpint (g_utf8_strlen (shown, -1), ==, (glong) cases[i].shown);
      g_string_free (text, TRUE);
    }
  for (gsize i = 0; i < 3000; i++)
    g_string_append_c (two, 'x');
  g_string_append (two, " end");
  block = tpt_literal_block (two->str);
  g_assert_true (g_str_has_suffix (block, "x… end"));
  g_string_free (two, TRUE);
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
  g_test_add_func ("/ui/literal/run", test_run);
  g_test_add_func ("/ui/literal/part", test_part);

  return g_test_run ();
}
