/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK 4.8 has no words for in its own drop-down. */

void tpt_drop_down_set_label        (GtkDropDown   *drop_down,
                                     const char    *label);
void tpt_drop_down_set_placeholder  (GtkDropDown   *drop_down,
                                     const char    *text);
void tpt_drop_down_search_by_typing (GtkDropDown   *drop_down);
void tpt_drop_down_search_within    (GtkDropDown   *drop_down,
                                     GtkExpression *text);
void tpt_drop_down_let_shrink       (GtkDropDown   *drop_down);

G_END_DECLS
