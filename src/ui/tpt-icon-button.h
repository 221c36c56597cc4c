/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A flat button beside a row: a picture for who sees it, a sentence for who does not. */

GtkWidget *tpt_icon_button_new       (const char *icon,
                                      const char *label);
void       tpt_icon_button_set_label (GtkWidget  *button,
                                      const char *label);

G_END_DECLS
