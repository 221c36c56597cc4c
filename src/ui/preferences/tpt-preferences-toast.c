/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-preferences-toast.h"

#include "tpt-toast.h"

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

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), tpt_toast_new (text));
}

/**
 * tpt_preferences_toast_above:
 * @text: no markup
 *
 * Says it in the preferences that stand before @window, where nobody would see it behind them.
 * Returns: %FALSE where there are none
 */
gboolean
tpt_preferences_toast_above (GtkWindow  *window,
                             const char *text)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (ADW_IS_PREFERENCES_WINDOW (link->data) && gtk_widget_get_visible (link->data)
          && gtk_window_get_transient_for (link->data) == window)
        {
          tpt_preferences_toast (link->data, text);
          return TRUE;
        }
    }

  return FALSE;
}
