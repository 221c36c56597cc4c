/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tpt_wrap_label (GtkLabel  *label);
void tpt_wrap_row   (GtkWidget *row);

G_END_DECLS
