/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-drop-down.h"

static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);

  return found;
}

/**
 * tpt_drop_down_set_placeholder:
 * @text: what to do about nothing being chosen, or why there is nothing to choose
 *
 * Stands where GTK says "(None)", which reads as an answer.
 */
void
tpt_drop_down_set_placeholder (GtkDropDown *drop_down,
                               const char  *text)
{
  GtkWidget *stack, *label;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (text != NULL);

  stack = find_child (GTK_WIDGET (drop_down), GTK_TYPE_STACK);
  label = stack != NULL ? gtk_stack_get_child_by_name (GTK_STACK (stack), "empty") : NULL;
  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
}

/**
 * tpt_drop_down_search_by_typing:
 *
 * GTK gives the keyboard to the list; who types there means the search above it. To be called once
 * the search is enabled.
 */
void
tpt_drop_down_search_by_typing (GtkDropDown *drop_down)
{
  GtkWidget *popover, *search;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  popover = find_child (GTK_WIDGET (drop_down), GTK_TYPE_POPOVER);
  search = popover != NULL ? find_child (popover, GTK_TYPE_SEARCH_ENTRY) : NULL;
  if (search != NULL)
    gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (search), popover);
}
