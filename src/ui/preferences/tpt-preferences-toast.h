/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     tpt_preferences_toast       (GtkWidget  *widget,
                                      const char *text);
gboolean tpt_preferences_toast_above (GtkWindow  *window,
                                      const char *text);

G_END_DECLS
