/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-icon-button.h"

/** tpt_icon_button_new: @label: (nullable): what it does, or %NULL where that is set later */
GtkWidget *
tpt_icon_button_new (const char *icon,
                     const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  if (label != NULL)
    tpt_icon_button_set_label (button, label);

  return button;
}

/** tpt_icon_button_set_label: in the tooltip, and for who hears the window */
void
tpt_icon_button_set_label (GtkWidget  *button,
                           const char *label)
{
  g_return_if_fail (GTK_IS_BUTTON (button));

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}
