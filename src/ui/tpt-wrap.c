/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-wrap.h"

static void
forbid_hyphens (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

/**
 * tpt_wrap_label:
 *
 * Lets @label break its text anywhere if need be. A hyphen where it does would be read as part of
 * the address or the name.
 */
void
tpt_wrap_label (GtkLabel *label)
{
  forbid_hyphens (label);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
}

/** tpt_wrap_row: @row: of libadwaita, whose texts break anywhere, with a hyphen by themselves */
void
tpt_wrap_row (GtkWidget *row)
{
  if (GTK_IS_LABEL (row))
    forbid_hyphens (GTK_LABEL (row));
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tpt_wrap_row (child);
}
