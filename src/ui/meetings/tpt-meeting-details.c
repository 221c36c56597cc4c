/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-meeting-details.h"

#include <glib/gi18n.h>

#include "tpt-fold-box.h"
#include "tpt-meeting-sheet.h"
#include "tpt-wrap.h"

/* So that the column of titles never takes more than its share of a narrow window. */
#define TITLE_CHARS 16

/* Less than this, and the buttons stand one above the other. */
#define NARROW 380

static GtkWidget *
make_title (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  tpt_wrap_label (GTK_LABEL (label));
  gtk_label_set_width_chars (GTK_LABEL (label), TITLE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TITLE_CHARS);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");

  return label;
}

static GtkWidget *
make_text (const char *text,
           const char *title)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  tpt_wrap_label (GTK_LABEL (label));
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);

  return label;
}

static void
copy_clicked_cb (GtkButton *button,
                 gpointer   user_data)
{
  const char *text = g_object_get_data (G_OBJECT (button), "tpt-text");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

/**
 * tpt_meeting_details_new:
 * @zone: in which the times are told
 * @button: (transfer floating): what else can be done with @meeting
 *
 * Returns: (transfer floating): a table of everything that is stored of @meeting, each value to
 *   be selected and copied, and a button that copies all of it
 */
GtkWidget *
tpt_meeting_details_new (TptMeeting *meeting,
                         GTimeZone  *zone,
                         TptTime     now,
                         GtkWidget  *button)
{
  g_autoptr (GPtrArray) facts = tpt_meeting_sheet_make (meeting, zone, now);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *copy = gtk_button_new_with_mnemonic (_("_Copy Details"));
  GtkWidget *buttons = g_object_new (TPT_TYPE_FOLD_BOX, "threshold", NARROW, "spacing", 6, NULL);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < facts->len; i++)
    {
      const TptMeetingFact *fact = g_ptr_array_index (facts, i);

      gtk_grid_attach (GTK_GRID (grid), make_title (fact->title), 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), make_text (fact->text, fact->title), 1, (int) i, 1, 1);
    }
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (copy), "tpt-text",
                          tpt_meeting_sheet_to_text (meeting, facts), g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_clicked_cb), NULL);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_widget_set_parent (copy, buttons);
  gtk_widget_set_parent (button, buttons);
  gtk_box_append (GTK_BOX (box), buttons);

  return box;
}
