/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-first-frame.h"

static void
painted_cb (GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, NULL);
  g_debug ("First frame with content: %" G_GINT64_FORMAT, g_get_monotonic_time ());
}

/**
 * tpt_first_frame_note:
 * @widget: a window whose content has come just now
 *
 * The benchmark of the start reads from the log when the customers were first on the screen.
 */
void
tpt_first_frame_note (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  if (clock != NULL)
    g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), NULL);
}
