/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-table.h"

#include <string.h>

#define FIRST_STRONG_ISOLATE 0x2068
#define POP_DIRECTIONAL_ISOLATE 0x2069
#define LONGEST_SHORTENED 60

/* A cell that is wider moves the rest of its own line only: one long name does not fill all other
 * lines with blanks. */
#define WIDEST_COLUMN 80

struct _TptTable
{
  GPtrArray *rows;         /* (element-type GStrv) the header first */
  GHashTable *shortened;   /* (element-type guint) columns, counted from 0 */
  guint n_columns;
};

/* The blocks of Unicode whose letters run from right to left. */
static gboolean
is_right_to_left (gunichar letter)
{
  return (letter >= 0x0590 && letter <= 0x08ff) || (letter >= 0xfb1d && letter <= 0xfdff)
         || (letter >= 0xfe70 && letter <= 0xfefc) || (letter >= 0x10800 && letter <= 0x10fff)
         || (letter >= 0x1e800 && letter <= 0x1efff);
}

/* Columns that @text takes in a terminal. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *next = text; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);

      if (!g_unichar_iszerowidth (letter) && g_unichar_type (letter) != G_UNICODE_FORMAT)
        width += g_unichar_iswide (letter) ? 2 : 1;
    }

  return width;
}

/**
 * tpt_visible_text:
 * @text: (nullable): text from a stranger
 *
 * Nothing in it can move the cursor, colour the terminal or turn the rest of the line around:
 * control and direction characters are shown by their numbers, and text written from right to left
 * is isolated.
 *
 * Returns: (transfer full): text for one line of a terminal
 */
char *
tpt_visible_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) visible = g_string_new (NULL);
  gboolean isolate = FALSE;

  for (const char *next = valid; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);
      GUnicodeType type = g_unichar_type (letter);

      isolate |= is_right_to_left (letter);
      if (letter == '\n' || letter == '\t')
        g_string_append_c (visible, ' ');
      else if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
               || type == G_UNICODE_LINE_SEPARATOR
               || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_printf (visible, "\\u%04x", letter);
      else
        g_string_append_unichar (visible, letter);
    }
  if (isolate)
    {
      g_string_prepend_unichar (visible, FIRST_STRONG_ISOLATE);
      g_string_append_unichar (visible, POP_DIRECTIONAL_ISOLATE);
    }

  return g_string_free (g_steal_pointer (&visible), FALSE);
}

static char *
make_cell (const char *text,
           gboolean    is_shortened)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *head = NULL;
  g_autofree char *visible = NULL;

  if (!is_shortened || g_utf8_strlen (valid, -1) <= LONGEST_SHORTENED)
    return tpt_visible_text (valid);

  head = g_utf8_substring (valid, 0, LONGEST_SHORTENED - 1);
  visible = tpt_visible_text (head);

  return g_strconcat (visible, "…", NULL);
}

static void
add_row (TptTable   *self,
         const char *first,
         va_list     rest)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *text = i == 0 ? first : va_arg (rest, const char *);
      g_autofree char *cell =
        make_cell (text, g_hash_table_contains (self->shortened, GUINT_TO_POINTER (i)));

      g_strv_builder_add (row, cell);
    }
  g_ptr_array_add (self->rows, g_strv_builder_end (row));
}

/** tpt_table_new: a table with these headers, %NULL at the end */
TptTable *
tpt_table_new (const char *first_header,
               ...)
{
  TptTable *self = g_new0 (TptTable, 1);
  va_list headers;

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->shortened = g_hash_table_new (NULL, NULL);
  va_start (headers, first_header);
  for (const char *header = first_header; header != NULL; header = va_arg (headers, const char *))
    self->n_columns++;
  va_end (headers);

  va_start (headers, first_header);
  add_row (self, first_header, headers);
  va_end (headers);

  return self;
}

/**
 * tpt_table_shorten:
 * @column: counted from 0
 *
 * From the next row on this column is free text, of which the beginning will do. What another
 * command may be told next stays whole, wherever the table goes: an id, a URI, an address, a
 * domain, the name of a customer.
 */
void
tpt_table_shorten (TptTable *self,
                   guint     column)
{
  g_return_if_fail (self != NULL && column < self->n_columns);

  g_hash_table_add (self->shortened, GUINT_TO_POINTER (column));
}

/**
 * tpt_table_add: a row with as many cells as there are headers, and %NULL at the end; an empty
 * cell is ""
 */
void
tpt_table_add (TptTable *self,
               ...)
{
  va_list cells;
  const char *first;

  g_return_if_fail (self != NULL);

  va_start (cells, self);
  first = va_arg (cells, const char *);
  add_row (self, first, cells);
  va_end (cells);
}

/* Returns: (transfer full): one for each column */
static guint *
measure_columns (TptTable *self)
{
  guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GStrv row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < self->n_columns; j++)
        widths[j] = MAX (widths[j], MIN (measure (row[j]), WIDEST_COLUMN));
    }

  return widths;
}

/** tpt_table_to_string: the lines, without a line feed at the end */
char *
tpt_table_to_string (TptTable *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree guint *widths = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  widths = measure_columns (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GStrv row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < self->n_columns; j++)
        {
          guint width = MIN (measure (row[j]), widths[j]);

          g_string_append (text, row[j]);
          if (j + 1 < self->n_columns)
            g_string_append_printf (text, "%*s", (int) (widths[j] - width + 2), "");
        }
      while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      if (i + 1 < self->rows->len)
        g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
tpt_table_free (TptTable *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->shortened);
  g_free (self);
}
