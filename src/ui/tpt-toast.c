/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-toast.h"

#include "tpt-wrap.h"

/* Libadwaita 1.2 gives a toast room for no more; what is longer still is cut. */
#define MAX_LINES 2

/**
 * tpt_toast_new:
 * @text: no markup
 *
 * AdwToast's own title is one line, of which a narrow window shows half beside a button; this one
 * goes on in the next.
 *
 * Returns: (transfer full)
 */
AdwToast *
tpt_toast_new (const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);

  tpt_wrap_label (GTK_LABEL (label));
  gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);

  return toast;
}

/** tpt_toast_set_text: lets @toast, a tpt_toast_new(), say something else */
void
tpt_toast_set_text (AdwToast   *toast,
                    const char *text)
{
  gtk_label_set_text (GTK_LABEL (adw_toast_get_custom_title (toast)), text);
}
