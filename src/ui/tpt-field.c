/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-field.h"

#include "tpt-literal.h"
#include "tpt-text.h"

/** tpt_field_set_title: for who hears the window, too: the row does not name its text */
void
tpt_field_set_title (AdwEntryRow *field,
                     const char  *title)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (field));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (field), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (field), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/** tpt_field_set_text: @text: (nullable): as it is stored, whatever it is */
void
tpt_field_set_text (AdwEntryRow *field,
                    const char  *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  gtk_editable_set_text (GTK_EDITABLE (field), valid);
}

/** tpt_field_dup_text: (transfer full): as it was written, without blanks around it */
char *
tpt_field_dup_text (AdwEntryRow *field)
{
  return tpt_text_line (gtk_editable_get_text (GTK_EDITABLE (field)));
}

/** tpt_field_tell: @text: (nullable): a sentence beside a form, hidden where there is none */
void
tpt_field_tell (GtkLabel   *label,
                const char *text)
{
  g_autofree char *block = text != NULL ? tpt_literal_block (text) : NULL;

  gtk_label_set_text (label, block != NULL ? block : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/** tpt_field_set_problem: @problem: (nullable): a sentence, which is to stand near, too */
void
tpt_field_set_problem (AdwEntryRow *field,
                       const char  *problem)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (field));

  gtk_accessible_update_state (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (field), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (field), "error");
}
