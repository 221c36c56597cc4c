/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A dialog of entry rows, as a person finds their way in it. */

GtkWidget   *tpt_test_form_find_button (GtkWidget  *widget,
                                        const char *text);
void         tpt_test_form_click       (GtkWidget  *widget,
                                        const char *text);
GtkWidget   *tpt_test_form_get_save    (GtkWidget  *dialog);
gboolean     tpt_test_form_can_save    (GtkWidget  *dialog);
GtkEditable *tpt_test_form_find_field  (GtkWidget  *dialog,
                                        const char *title);
void         tpt_test_form_write       (GtkWidget  *dialog,
                                        const char *title,
                                        const char *text);

G_END_DECLS
