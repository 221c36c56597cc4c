/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-email-row.h"

#include "tpt-field.h"
#include "tpt-icon-button.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

struct _TptEmailRow
{
  AdwEntryRow parent_instance;

  GtkWidget *primary;
  GtkWidget *remove;
  gboolean is_left;        /* somebody has written something and gone on */
  gboolean shows_problem;
};

enum
{
  MAKE_PRIMARY,
  REMOVE,
  CHECKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptEmailRow, tpt_email_row, ADW_TYPE_ENTRY_ROW)

/* Which address a button is about, for who hears one after the other. */
static void
name_buttons (TptEmailRow *self)
{
  g_autofree char *text = tpt_email_row_dup_text (self);
  g_autofree char *shown = tpt_literal_part (text);
  g_autofree char *primary = NULL;
  g_autofree char *remove = NULL;

  if (*text == '\0')
    {
      tpt_icon_button_set_label (self->primary, _("Make this the primary address"));
      tpt_icon_button_set_label (self->remove, _("Remove this address"));
      return;
    }
  primary = g_strdup_printf (_("Make %s the primary address"), shown);
  remove = g_strdup_printf (_("Remove %s"), shown);
  tpt_icon_button_set_label (self->primary, primary);
  tpt_icon_button_set_label (self->remove, remove);
}

static void
primary_cb (TptEmailRow *self)
{
  g_signal_emit (self, signals[MAKE_PRIMARY], 0);
}

static void
remove_cb (TptEmailRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

/* Nobody is told that an address is wrong before it is written to its end. */
static void
left_cb (TptEmailRow *self)
{
  if (self->is_left || *gtk_editable_get_text (GTK_EDITABLE (self)) == '\0')
    return;
  self->is_left = TRUE;
  g_signal_emit (self, signals[CHECKED], 0);
}

static GtkWidget *
create_button (TptEmailRow *self,
               const char  *icon,
               GCallback    clicked)
{
  GtkWidget *button = tpt_icon_button_new (icon, NULL);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);

  return button;
}

static void
tpt_email_row_class_init (TptEmailRowClass *klass)
{
  static const char *const names[] = { "make-primary", "remove", "checked" };

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], TPT_TYPE_EMAIL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
tpt_email_row_init (TptEmailRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_EMAIL);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self), TRUE);
  self->primary = create_button (self, "non-starred-symbolic", G_CALLBACK (primary_cb));
  self->remove = create_button (self, "user-trash-symbolic", G_CALLBACK (remove_cb));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "changed", G_CALLBACK (name_buttons), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (left_cb), NULL);
  tpt_email_row_set_primary (self, FALSE);
  name_buttons (self);
}

/** tpt_email_row_new: @email: as it is stored, or "" for one that is to be written */
GtkWidget *
tpt_email_row_new (const char *email)
{
  TptEmailRow *self = g_object_new (TPT_TYPE_EMAIL_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (self), email);
  self->is_left = *email != '\0';

  return GTK_WIDGET (self);
}

/** tpt_email_row_dup_text: (transfer full): as it was written, without blanks around it */
char *
tpt_email_row_dup_text (TptEmailRow *self)
{
  g_return_val_if_fail (TPT_IS_EMAIL_ROW (self), NULL);

  return tpt_field_dup_text (ADW_ENTRY_ROW (self));
}

/** tpt_email_row_set_primary: whether it is the one to write to */
void
tpt_email_row_set_primary (TptEmailRow *self,
                           gboolean     primary)
{
  g_return_if_fail (TPT_IS_EMAIL_ROW (self));

  tpt_field_set_title (ADW_ENTRY_ROW (self), primary ? _("Primary Address") : _("Address"));
  gtk_widget_set_visible (self->primary, !primary);
}

/**
 * tpt_email_row_set_problem:
 * @problem: (nullable): a sentence
 * @is_address: an address that cannot be theirs; else nobody is told as long as they are writing
 */
void
tpt_email_row_set_problem (TptEmailRow *self,
                           const char  *problem,
                           gboolean     is_address)
{
  g_return_if_fail (TPT_IS_EMAIL_ROW (self));

  self->shows_problem = problem != NULL && (is_address || self->is_left);
  tpt_field_set_problem (ADW_ENTRY_ROW (self), self->shows_problem ? problem : NULL);
}

gboolean
tpt_email_row_shows_problem (TptEmailRow *self)
{
  g_return_val_if_fail (TPT_IS_EMAIL_ROW (self), FALSE);

  return self->shows_problem;
}
