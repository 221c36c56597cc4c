/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-csv.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-text.h"

G_DEFINE_QUARK (tpt-csv-error-quark, tpt_csv_error)

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static void
row_free (TptCsvRow *row)
{
  g_ptr_array_unref (row->cells);
  g_free (row->problem);
  g_free (row);
}

static gboolean
at_line_end (const char *text)
{
  return *text == '\0' || *text == '\n' || *text == '\r';
}

static const char *
skip_line_end (const char *text)
{
  if (*text == '\r')
    text++;
  if (*text == '\n')
    text++;

  return text;
}

static const char *
find_line_end (const char *text)
{
  return text + strcspn (text, "\r\n");
}

/* From behind the opening mark to behind the closing one; %NULL when it is never closed. */
static const char *
read_quoted (const char *text,
             GString    *cell)
{
  for (; *text != '\0'; text++)
    {
      if (*text != '"')
        g_string_append_c (cell, *text);
      else if (text[1] == '"')
        g_string_append_c (cell, *text++);
      else
        return text + 1;
    }

  return NULL;
}

/* Spreadsheets write what the language of the desktop has, whatever the file is called: where a
 * comma stands in numbers, it is a semicolon. The first line that says anything, which names the
 * columns, tells: by what stands behind the first of them. */
static char
find_separator (const char *text)
{
  gboolean is_quoted = FALSE;

  text += strspn (text, "\r\n");
  for (; *text != '\0' && (is_quoted || !at_line_end (text)); text++)
    {
      if (*text == '"')
        is_quoted = !is_quoted;
      else if (!is_quoted && (*text == ',' || *text == ';' || *text == '\t'))
        return *text;
    }

  return ',';
}

/* Returns where the next record begins. A record with wrong quotation marks costs its own line
 * and no more. */
static const char *
read_row (const char *text,
          char        separator,
          TptCsvRow  *row)
{
  const char ends[] = { separator, '\r', '\n', '\0' };
  const char *start = text;

  for (;;)
    {
      g_autoptr (GString) cell = g_string_new (NULL);

      if (*text == '"')
        {
          text = read_quoted (text + 1, cell);
          if (text == NULL)
            row->problem = g_strdup (_("A quotation mark is opened and never closed"));
          else if (*text != separator && !at_line_end (text))
            row->problem = g_strdup (_("Text follows a closing quotation mark"));
          if (row->problem != NULL)
            return skip_line_end (find_line_end (start));
        }
      else
        {
          gsize length = strcspn (text, ends);

          g_string_append_len (cell, text, (gssize) length);
          text += length;
        }
      g_ptr_array_add (row->cells, g_strdup (cell->str));
      if (*text != separator)
        return skip_line_end (text);
      text++;
    }
}

static gboolean
check_encoding (GBytes  *bytes,
                GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *end;
  guint line = 1;

  if (length == 0 || g_utf8_validate_len (data, length, &end))
    return TRUE;

  for (const char *next = data; next < end; next++)
    line += *next == '\n';
  g_set_error (error, TPT_CSV_ERROR, TPT_CSV_ERROR_ENCODING,
               _("The file is not text in UTF-8 (line %u). "
                 "Save it as “CSV UTF-8” and import it again."),
               line);

  return FALSE;
}

/**
 * tpt_csv_parse:
 *
 * Reads comma-separated values as RFC 4180 has them, with CRLF or LF, and with or without a byte
 * order mark; and the same with semicolons or tabs between, where the first line has these.
 *
 * Returns: (transfer full) (element-type TptCsvRow): every record, the header too, or %NULL with
 *   %TPT_CSV_ERROR_ENCODING
 */
GPtrArray *
tpt_csv_parse (GBytes  *bytes,
               GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  g_autofree char *text = NULL;
  const char *next;
  gsize length;
  char separator;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!check_encoding (bytes, error))
    return NULL;

  next = g_bytes_get_data (bytes, &length);
  text = g_strndup (next != NULL ? next : "", length);
  next = g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + strlen (BYTE_ORDER_MARK) : text;
  separator = find_separator (next);
  while (*next != '\0')
    {
      TptCsvRow *row = g_new0 (TptCsvRow, 1);

      row->number = rows->len + 1;
      row->cells = g_ptr_array_new_with_free_func (g_free);
      next = read_row (next, separator, row);
      g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}

/** tpt_csv_row_get_cell: the text of a cell, counted from 0; empty beyond the last */
const char *
tpt_csv_row_get_cell (const TptCsvRow *row,
                      guint            column)
{
  g_return_val_if_fail (row != NULL, "");

  return column < row->cells->len ? g_ptr_array_index (row->cells, column) : "";
}

/** tpt_csv_row_is_empty: whether a spreadsheet shows nothing in it */
gboolean
tpt_csv_row_is_empty (const TptCsvRow *row)
{
  g_return_val_if_fail (row != NULL, TRUE);

  for (guint i = 0; i < row->cells->len; i++)
    {
      if (!tpt_text_is_blank (g_ptr_array_index (row->cells, i)))
        return FALSE;
    }

  return row->problem == NULL;
}
