/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_PROBLEM_ROW (tpt_problem_row_get_type ())

/* What is wrong with the field above, in a sentence; hidden while nothing is. The keyboard stops
 * there: GtkListBox ends where a row does not take it. */
G_DECLARE_FINAL_TYPE (TptProblemRow, tpt_problem_row, TPT, PROBLEM_ROW, AdwPreferencesRow)

void tpt_problem_row_tell (TptProblemRow *self,
                           AdwEntryRow   *field,
                           const char    *problem);

G_END_DECLS
