/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-form.h"

#include "tpt-test-screen.h"

/** tpt_test_form_find_button: the button of @widget whose tooltip is @text */
GtkWidget *
tpt_test_form_find_button (GtkWidget  *widget,
                           const char *text)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = tpt_test_screen_find (widget, GTK_TYPE_BUTTON, i);

      if (button == NULL)
        g_error ("No button “%s”", text);
      if (g_strcmp0 (gtk_widget_get_tooltip_text (button), text) == 0)
        return button;
    }
}

void
tpt_test_form_click (GtkWidget  *widget,
                     const char *text)
{
  GtkWidget *button = tpt_test_form_find_button (widget, text);

  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
}

/** tpt_test_form_get_save: what Enter presses in @dialog */
GtkWidget *
tpt_test_form_get_save (GtkWidget *dialog)
{
  return gtk_window_get_default_widget (GTK_WINDOW (dialog));
}

gboolean
tpt_test_form_can_save (GtkWidget *dialog)
{
  return gtk_widget_get_sensitive (tpt_test_form_get_save (dialog));
}

/** tpt_test_form_find_field: the field of the form with that title */
GtkEditable *
tpt_test_form_find_field (GtkWidget  *dialog,
                          const char *title)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *row = tpt_test_screen_find (dialog, ADW_TYPE_ENTRY_ROW, i);

      if (row == NULL)
        g_error ("No field “%s”", title);
      if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
        return GTK_EDITABLE (row);
    }
}

void
tpt_test_form_write (GtkWidget  *dialog,
                     const char *title,
                     const char *text)
{
  gtk_editable_set_text (tpt_test_form_find_field (dialog, title), text);
}
