/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_CSV_ERROR (tpt_csv_error_quark ())

/**
 * TptCsvError:
 * @TPT_CSV_ERROR_ENCODING: not UTF-8
 * @TPT_CSV_ERROR_EMPTY: nothing in it, so that nobody can tell what kind of list it was to be
 * @TPT_CSV_ERROR_HEADER: no header, or one without a column that is needed
 */
typedef enum
{
  TPT_CSV_ERROR_ENCODING,
  TPT_CSV_ERROR_EMPTY,
  TPT_CSV_ERROR_HEADER,
} TptCsvError;

GQuark tpt_csv_error_quark (void);

/* One record. @problem says what is wrong with its quotation marks; then its cells are of no
 * use. */
typedef struct
{
  guint number;            /* counted like a spreadsheet does: the header is 1, empty lines count */
  GPtrArray *cells;        /* (element-type utf8) */
  char *problem;
} TptCsvRow;

GPtrArray  *tpt_csv_parse         (GBytes           *bytes,
                                   GError          **error);
const char *tpt_csv_row_get_cell  (const TptCsvRow  *row,
                                   guint             column);
gboolean    tpt_csv_row_is_empty  (const TptCsvRow  *row);

G_END_DECLS
