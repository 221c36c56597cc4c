/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a list consists of. */
typedef enum
{
  TPT_IMPORT_ROWS,
  TPT_IMPORT_CARDS,
  TPT_IMPORT_CONTACTS,
} TptImportUnit;

/* Something in a row of a list, or in another unit of it, that was not taken. */
typedef struct
{
  guint row;
  char *message;
} TptImportProblem;

#define TPT_TYPE_IMPORT_REPORT (tpt_import_report_get_type ())

/* What an import did. */
typedef struct
{
  guint created;
  guint updated;
  guint unchanged;
  TptImportUnit unit;
  guint rematched;         /* invitees of the past that found another customer */
  GPtrArray *errors;       /* (element-type TptImportProblem) in the order of the rows */
  GPtrArray *fields;       /* (element-type utf8) columns that became fields of the customers */
} TptImportReport;

GType            tpt_import_report_get_type    (void);
TptImportReport *tpt_import_report_new         (void);
TptImportReport *tpt_import_report_copy        (const TptImportReport *self);
void             tpt_import_report_free        (TptImportReport       *self);
void             tpt_import_report_add_problem (TptImportReport       *self,
                                                guint                  row,
                                                const char            *message);
void             tpt_import_report_add_problems (TptImportReport      *self,
                                                guint                  row,
                                                const GPtrArray       *messages);
void             tpt_import_report_add_fields  (TptImportReport       *self,
                                                const GPtrArray       *names);
char            *tpt_import_report_name_place  (const TptImportReport  *self,
                                                const TptImportProblem *problem);
char            *tpt_import_report_name_fields (const TptImportReport  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptImportReport, tpt_import_report_free)

G_END_DECLS
