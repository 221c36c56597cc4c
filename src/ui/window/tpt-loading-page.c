/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-loading-page.h"

#include <glib/gi18n.h>

#define SPINNER_SIZE 32

struct _TptLoadingPage
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (TptLoadingPage, tpt_loading_page, ADW_TYPE_BIN)

static GtkWidget *
create_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_vexpand (spinner, TRUE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, SPINNER_SIZE, SPINNER_SIZE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Opening your record…"), -1);

  return spinner;
}

static void
tpt_loading_page_map (GtkWidget *widget)
{
  if (adw_bin_get_child (ADW_BIN (widget)) == NULL)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *bar = adw_header_bar_new ();

      gtk_widget_add_css_class (bar, "flat");
      gtk_box_append (GTK_BOX (box), bar);
      gtk_box_append (GTK_BOX (box), create_spinner ());
      adw_bin_set_child (ADW_BIN (widget), box);
    }

  GTK_WIDGET_CLASS (tpt_loading_page_parent_class)->map (widget);
}

static void
tpt_loading_page_class_init (TptLoadingPageClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = tpt_loading_page_map;
}

static void
tpt_loading_page_init (TptLoadingPage *self)
{
}
