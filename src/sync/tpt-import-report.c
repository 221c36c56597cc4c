/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-import-report.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

/* Of columns; what is wrong with a header shows in the first. */
#define MOST_NAMES 6

G_DEFINE_BOXED_TYPE (TptImportReport, tpt_import_report, tpt_import_report_copy,
                     tpt_import_report_free)

static void
problem_free (TptImportProblem *problem)
{
  g_free (problem->message);
  g_free (problem);
}

TptImportReport *
tpt_import_report_new (void)
{
  TptImportReport *self = g_new0 (TptImportReport, 1);

  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  self->fields = g_ptr_array_new_with_free_func (g_free);

  return self;
}

TptImportReport *
tpt_import_report_copy (const TptImportReport *self)
{
  TptImportReport *copy = tpt_import_report_new ();
  GPtrArray *errors = copy->errors;
  GPtrArray *fields = copy->fields;

  *copy = *self;
  copy->errors = errors;
  copy->fields = fields;
  tpt_import_report_add_fields (copy, self->fields);
  for (guint i = 0; i < self->errors->len; i++)
    {
      const TptImportProblem *problem = g_ptr_array_index (self->errors, i);

      tpt_import_report_add_problem (copy, problem->row, problem->message);
    }

  return copy;
}

void
tpt_import_report_free (TptImportReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->errors);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/** tpt_import_report_add_problem: behind what was told of @row and the rows before it */
void
tpt_import_report_add_problem (TptImportReport *self,
                               guint            row,
                               const char      *message)
{
  TptImportProblem *problem = g_new0 (TptImportProblem, 1);
  guint place = self->errors->len;

  problem->row = row;
  problem->message = g_strdup (message);
  while (place > 0 && ((TptImportProblem *) g_ptr_array_index (self->errors, place - 1))->row > row)
    place--;
  g_ptr_array_insert (self->errors, (int) place, problem);
}

/** tpt_import_report_add_problems: @messages: (element-type utf8) */
void
tpt_import_report_add_problems (TptImportReport *self,
                                guint            row,
                                const GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    tpt_import_report_add_problem (self, row, g_ptr_array_index (messages, i));
}

/** tpt_import_report_add_fields: @names: (element-type utf8): of columns */
void
tpt_import_report_add_fields (TptImportReport *self,
                              const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (self->fields, g_strdup (g_ptr_array_index (names, i)));
}

/** tpt_import_report_name_place: (transfer full): where in the list @problem is, for people */
char *
tpt_import_report_name_place (const TptImportReport  *self,
                              const TptImportProblem *problem)
{
  switch (self->unit)
    {
    case TPT_IMPORT_CARDS:
      /* Translators: a vCard of an address book, by its number */
      return g_strdup_printf (_("Card %u"), problem->row);
    case TPT_IMPORT_CONTACTS:
      return g_strdup_printf (_("Contact %u"), problem->row);
    case TPT_IMPORT_ROWS:
    default:
      return g_strdup_printf (_("Row %u"), problem->row);
    }
}

/**
 * tpt_import_report_name_fields:
 *
 * A column called nearly as a known one is taken for somebody's own: who reads this sees it.
 *
 * Returns: (transfer full) (nullable): a sentence for people, with names as the list has them;
 *   %NULL where each column has a meaning here
 */
char *
tpt_import_report_name_fields (const TptImportReport *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (self->fields->len == 0)
    return NULL;
  for (guint i = 0; i < self->fields->len && i < MOST_NAMES; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (self->fields, i));
  if (self->fields->len > MOST_NAMES)
    g_string_append (names, ", …");

  /* Translators: columns of a list that Touchpoint has no meaning for, and keeps all the same */
  return g_strdup_printf (ngettext ("This column became a field of the customers: %s",
                                    "These columns became fields of the customers: %s",
                                    self->fields->len),
                          names->str);
}
