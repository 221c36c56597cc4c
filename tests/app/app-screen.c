/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-screen.h"

#include "tpt-banner.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

void
app_screen_present (GtkWidget *window)
{
  gtk_window_present (GTK_WINDOW (window));
  tpt_test_await_func (is_mapped, window);
  tpt_test_screen_settle (window);
}

/* The button with that label which is in view, or %NULL. */
GtkWidget *
app_screen_find_button (GtkWidget  *widget,
                        const char *label)
{
  GtkWidget *button;

  for (guint i = 0; (button = tpt_test_screen_find (widget, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      if (gtk_widget_get_mapped (button)
          && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
        return button;
    }

  return NULL;
}

void
app_screen_press (GtkWidget  *widget,
                  const char *label)
{
  GtkWidget *button = app_screen_find_button (widget, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Whether a banner with @text in it is down. */
gboolean
app_screen_alerts (GtkWidget  *widget,
                   const char *text)
{
  GtkWidget *banner;

  for (guint i = 0; (banner = tpt_test_screen_find (widget, TPT_TYPE_BANNER, i)) != NULL; i++)
    {
      if (tpt_banner_get_revealed (TPT_BANNER (banner))
          && strstr (tpt_banner_get_title (TPT_BANNER (banner)), text) != NULL)
        return TRUE;
    }

  return FALSE;
}
