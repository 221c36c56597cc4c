/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-table.h"
#include "tpt-test.h"

static void
test_table_columns (void)
{
  g_autoptr (TptTable) table = tpt_table_new ("Id", "Name", "Last", NULL);
  g_autofree char *text = NULL;

  tpt_table_add (table, "1", "Acme", "x", NULL);
  tpt_table_add (table, "100", "名前", "y", NULL);
  tpt_table_add (table, "2", "", "", NULL);
  text = tpt_table_to_string (table);

  g_assert_cmpstr (text, ==,
                   "Id   Name  Last\n"
                   "1    Acme  x\n"
                   "100  名前  y\n"
                   "2");
}

static void
test_table_visible (void)
{
  static const struct
  {
    const char *text;
    const char *visible;
  } cases[] = {
    { NULL, "" },
    { "<b>x</b> & \"Ω\"", "<b>x</b> & \"Ω\"" },
    { "a\nb\tc", "a b c" },
    { "\x1b[31mred", "\\u001b[31mred" },
    { "\xc2\x9b" "2J", "\\u009b2J" },
    { "invoice\xe2\x80\xae" "fdp.exe", "invoice\\u202efdp.exe" },
    { "zero\xe2\x80\x8bwidth", "zero\\u200bwidth" },
    { "line\xe2\x80\xa8separator", "line\\u2028separator" },
    { "שלום", "\xe2\x81\xa8שלום\xe2\x81\xa9" },
    { "bad\xff", "bad\xef\xbf\xbd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *visible = tpt_visible_text (cases[i].text);

      g_assert_cmpstr (visible, ==, cases[i].visible);
    }
}

/* A megabyte of free text is one cell of a line. */
static void
test_table_huge (void)
{
  g_autoptr (TptTable) table = tpt_table_new ("Name", "Next", NULL);
  g_autofree char *name = g_strnfill (1000000, 'x');
  g_autofree char *text = NULL;

  tpt_table_shorten (table, 0);
  tpt_table_add (table, name, "y", NULL);
  text = tpt_table_to_string (table);

  g_assert_cmpuint (strlen (text), <, 300);
  g_assert_true (g_str_has_suffix (text, "x…  y"));
}

/* What is given to another command is whole, and the longest of them widens its own line only. */
static void
test_table_whole (void)
{
  g_autoptr (TptTable) table = tpt_table_new ("Who", "Why", NULL);
  g_autofree char *uri = g_strnfill (100000, 'x');
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  tpt_table_shorten (table, 1);
  tpt_table_add (table, uri, "y", NULL);
  tpt_table_add (table, "z", uri, NULL);
  text = tpt_table_to_string (table);
  lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[1], uri));
  g_assert_cmpstr (lines[1] + strlen (uri), ==, "  y");
  g_assert_cmpuint (strlen (lines[2]), <, 200);
  g_assert_true (g_str_has_suffix (lines[2], "x…"));
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/table/columns", test_table_columns);
  g_test_add_func ("/table/visible", test_table_visible);
  g_test_add_func ("/table/huge", test_table_huge);
  g_test_add_func ("/table/whole", test_table_whole);

  return g_test_run ();
}
