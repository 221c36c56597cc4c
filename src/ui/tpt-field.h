/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A line of a form: what libadwaita 1.2 leaves out of its entry row. */

void  tpt_field_set_title   (AdwEntryRow *field,
                             const char  *title);
void  tpt_field_set_text    (AdwEntryRow *field,
                             const char  *text);
char *tpt_field_dup_text    (AdwEntryRow *field);
void  tpt_field_tell        (GtkLabel    *label,
                             const char  *text);
void  tpt_field_set_problem (AdwEntryRow *field,
                             const char  *problem);

G_END_DECLS
