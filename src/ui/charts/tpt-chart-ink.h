/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tpt_chart_ink_text   (GtkWidget  *widget,
                           GdkRGBA    *color);
void tpt_chart_ink_lookup (GtkWidget  *widget,
                           const char *name,
                           GdkRGBA    *color);

G_END_DECLS
