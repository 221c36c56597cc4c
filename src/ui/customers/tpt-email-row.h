/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_EMAIL_ROW (tpt_email_row_get_type ())

/* One e-mail address among those of a person, to be written. Signals `make-primary`, `remove`, and
 * `checked` when it is time to say what is wrong, though nothing was typed. */
G_DECLARE_FINAL_TYPE (TptEmailRow, tpt_email_row, TPT, EMAIL_ROW, AdwEntryRow)

GtkWidget *tpt_email_row_new         (const char  *email);
char      *tpt_email_row_dup_text    (TptEmailRow *self);
void       tpt_email_row_set_primary (TptEmailRow *self,
                                      gboolean     primary);
void       tpt_email_row_set_problem (TptEmailRow *self,
                                      const char  *problem,
                                      gboolean     is_address);
gboolean   tpt_email_row_shows_problem (TptEmailRow *self);

G_END_DECLS
