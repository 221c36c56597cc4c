/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-csv.h"
#include "tpt-test.h"

/* The cells joined by | and the rows by /; a row with a problem is “!”. */
static char *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = tpt_csv_parse (bytes, &error);
  g_autoptr (GString) joined = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      TptCsvRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpuint (row->number, ==, i + 1);
      if (i > 0)
        g_string_append_c (joined, '/');
      if (row->problem != NULL)
        g_string_append_c (joined, '!');
      for (guint j = 0; row->problem == NULL && j < row->cells->len; j++)
        g_string_append_printf (joined, "%s%s", j > 0 ? "|" : "", tpt_csv_row_get_cell (row, j));
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
test_csv_parse (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "a,b\nc,d\n", "a|b/c|d" },
    { "a,b\r\nc,d", "a|b/c|d" },
    { "\xef\xbb\xbf" "a,b\n", "a|b" },
    { "a,,\n", "a||" },
    { "\n\na\n", "//a" },
    { "\"a,b\",\"c\"\"d\"\n", "a,b|c\"d" },
    { "\"a\r\nb\",c\n", "a\r\nb|c" },
    { "\"\",x\n", "|x" },
    { "a\"b,c\n", "a\"b|c" },
    { "a,\"b\"x,c\nd,e,f\n", "!/d|e|f" },
    { "a,\"b\nc,d\ne,f\n", "!/c|d/e|f" },
    { "a,\"b", "!" },
    { "Ω,שלום\n", "Ω|שלום" },
    { "a;b\nc;d,e\n", "a|b/c|d,e" },
    { "\r\na\tb\r\nc\t\"d\te;f\"\r\n", "/a|b/c|d\te;f" },
    { "a;\"b,c,d\"\n\"e;f\";g\n", "a|b,c,d/e;f|g" },
    { "a,b;c;d\ne;f,g\n", "a|b;c;d/e;f|g" },
    { "\"a,b\";c,d\n", "a,b|c,d" },
    { "a;b\nc,d,\"e\n", "a|b/c,d,\"e" },
    { "a;b\n\"c\"d;e\nf;g\n", "a|b/!/f|g" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *joined = parse (cases[i].text);

      g_assert_cmpstr (joined, ==, cases[i].expected);
    }
}

static void
test_csv_encoding (void)
{
  static const char latin[] = "name\nM\xfcller\n";
  static const char wide[] = "\xff\xfen\0a\0";
  static const char nul[] = "name\na\0b\n";
  const struct
  {
    const char *data;
    gsize length;
    const char *line;
  } cases[] = {
    { latin, sizeof latin - 1, "line 2" },
    { wide, sizeof wide - 1, "line 1" },
    { nul, sizeof nul - 1, "line 2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].data, cases[i].length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = tpt_csv_parse (bytes, &error);

      g_assert_null (rows);
      g_assert_error (error, TPT_CSV_ERROR, TPT_CSV_ERROR_ENCODING);
      g_assert_nonnull (strstr (error->message, cases[i].line));
    }
}

static void
test_csv_empty (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\n,,\nx,\n\"", 8);
  g_autoptr (GPtrArray) rows = tpt_csv_parse (bytes, NULL);

  g_assert_cmpuint (rows->len, ==, 4);
  g_assert_true (tpt_csv_row_is_empty (g_ptr_array_index (rows, 0)));
  g_assert_true (tpt_csv_row_is_empty (g_ptr_array_index (rows, 1)));
  g_assert_false (tpt_csv_row_is_empty (g_ptr_array_index (rows, 2)));
  g_assert_false (tpt_csv_row_is_empty (g_ptr_array_index (rows, 3)));
  g_assert_cmpstr (tpt_csv_row_get_cell (g_ptr_array_index (rows, 2), 9), ==, "");
}

/* What a writer quotes comes back as it was, whatever it is. */
static void
test_csv_round_trip (void)
{
  static const char *const pieces[] = { "a", ",", "\"", "\n", "\r\n", " ", "ü", ";", "=1+1", "" };

  for (int round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      for (int column = 0; column < 3; column++)
        {
          g_autoptr (GString) cell = g_string_new (NULL);
          g_autoptr (GString) quoted = NULL;

          for (int i = g_test_rand_int_range (0, 6); i > 0; i--)
            g_string_append (cell, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
          quoted = g_string_new (cell->str);
          g_string_replace (quoted, "\"", "\"\"", 0);
          g_string_append_printf (text, "%s\"%s\"", column > 0 ? "," : "", quoted->str);
          g_ptr_array_add (expected, g_strdup (cell->str));
        }
      g_string_append (text, "\r\n");
      bytes = g_bytes_new (text->str, text->len);
      rows = tpt_csv_parse (bytes, NULL);
      g_assert_cmpuint (rows->len, ==, 1);
      for (guint column = 0; column < 3; column++)
        g_assert_cmpstr (tpt_csv_row_get_cell (g_ptr_array_index (rows, 0), column), ==,
                         g_ptr_array_index (expected, column));
    }
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/csv/parse", test_csv_parse);
  g_test_add_func ("/csv/encoding", test_csv_encoding);
  g_test_add_func ("/csv/empty", test_csv_empty);
  g_test_add_func ("/csv/round-trip", test_csv_round_trip);

  return g_test_run ();
}
