/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A check button whose text goes on in the next line, such as a long address in a dialog. */

GtkWidget *tpt_choice_new      (const char     *text);
void       tpt_choice_set_text (GtkCheckButton *choice,
                                const char     *text);

G_END_DECLS
