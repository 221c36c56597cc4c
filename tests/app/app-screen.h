/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *app_screen_find_button (GtkWidget  *widget,
                                   const char *label);
void       app_screen_press       (GtkWidget  *widget,
                                   const char *label);
void       app_screen_present     (GtkWidget  *window);
gboolean   app_screen_alerts      (GtkWidget  *widget,
                                   const char *text);

G_END_DECLS
