/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-preferences-toast.h"

#include <adwaita.h>

/**
 * tpt_preferences_toast:
 * @text: no markup
 *
 * Says it in the preferences that @widget is in; where they are closed already, to nobody.
 */
void
tpt_preferences_toast (GtkWidget  *widget,
                       const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (markup));
}
