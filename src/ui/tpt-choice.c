/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-choice.h"

#include "tpt-wrap.h"

#define MOST_CHARS 34

/** tpt_choice_new: @text: (nullable): literally */
GtkWidget *
tpt_choice_new (const char *text)
{
  GtkWidget *choice = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  tpt_wrap_label (GTK_LABEL (label));
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), label);
  if (text != NULL)
    tpt_choice_set_text (GTK_CHECK_BUTTON (choice), text);

  return choice;
}

void
tpt_choice_set_text (GtkCheckButton *choice,
                     const char     *text)
{
  g_return_if_fail (GTK_IS_CHECK_BUTTON (choice));

  gtk_label_set_text (GTK_LABEL (gtk_check_button_get_child (choice)), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
