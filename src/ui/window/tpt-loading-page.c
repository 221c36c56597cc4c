/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-loading-page.h"

#include <glib/gi18n.h>

#define SPINNER_SIZE 32
#define GAP          18
#define MOST_CHARS   40

struct _TptLoadingPage
{
  AdwBin parent_instance;

  char *text;
  GtkLabel *label;         /* borrowed: NULL until the page was on the screen */
};

G_DEFINE_FINAL_TYPE (TptLoadingPage, tpt_loading_page, ADW_TYPE_BIN)

static GtkWidget *
create_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, SPINNER_SIZE, SPINNER_SIZE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Opening your record…"), -1);

  return spinner;
}

static void
update_label (TptLoadingPage *self)
{
  if (self->label == NULL)
    return;
  gtk_label_set_text (self->label, self->text != NULL ? self->text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->label), self->text != NULL);
}

static GtkWidget *
create_middle (TptLoadingPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  gtk_widget_set_vexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, GAP);
  gtk_widget_set_margin_end (box, GAP);
  gtk_box_append (GTK_BOX (box), create_spinner ());
  gtk_box_append (GTK_BOX (box), label);
  self->label = GTK_LABEL (label);
  update_label (self);

  return box;
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
      gtk_box_append (GTK_BOX (box), create_middle (TPT_LOADING_PAGE (widget)));
      adw_bin_set_child (ADW_BIN (widget), box);
    }

  GTK_WIDGET_CLASS (tpt_loading_page_parent_class)->map (widget);
}

static void
tpt_loading_page_finalize (GObject *object)
{
  TptLoadingPage *self = TPT_LOADING_PAGE (object);

  g_free (self->text);

  G_OBJECT_CLASS (tpt_loading_page_parent_class)->finalize (object);
}

static void
tpt_loading_page_class_init (TptLoadingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_loading_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = tpt_loading_page_map;
}

static void
tpt_loading_page_init (TptLoadingPage *self)
{
}

/** tpt_loading_page_set_text: @text (nullable): what stands below the spinner */
void
tpt_loading_page_set_text (TptLoadingPage *self,
                           const char     *text)
{
  g_return_if_fail (TPT_IS_LOADING_PAGE (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  update_label (self);
}
