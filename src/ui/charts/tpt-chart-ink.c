/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-chart-ink.h"

/* GTK 4.10 deprecates the style context, but a snapshot has no other way to a named colour of the
 * style sheet. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/** tpt_chart_ink_text: the colour of text in @widget */
void
tpt_chart_ink_text (GtkWidget *widget,
                    GdkRGBA   *color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
}

/**
 * tpt_chart_ink_lookup:
 *
 * the colour that the style sheet calls @name; that of text where it calls none so
 */
void
tpt_chart_ink_lookup (GtkWidget  *widget,
                      const char *name,
                      GdkRGBA    *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    tpt_chart_ink_text (widget, color);
}

G_GNUC_END_IGNORE_DEPRECATIONS
