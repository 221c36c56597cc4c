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

/* A megabyte of name is one cell of a line. */
static void
test_table_huge (void)
{
  g_autoptr (TptTable) table = tpt_table_new ("Name", "Next", NULL);
  g_autofree char *name = g_strnfill (1000000, 'x');
  g_autofree char *text = NULL;

  tpt_table_add (table, name, "y", NULL);
  text = tpt_table_to_string (table);

  g_assert_cmpuint (strlen (text), <, 300);
  g_assert_true (g_str_has_suffix (text, "x…  y"));
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/table/columns", test_table_columns);
  g_test_add_func ("/table/visible", test_table_visible);
  g_test_add_func ("/table/huge", test_table_huge);

  return g_test_run ();
}
