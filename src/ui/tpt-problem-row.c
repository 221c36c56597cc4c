/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-problem-row.h"

#include "tpt-field.h"
#include "tpt-wrap.h"

struct _TptProblemRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (TptProblemRow, tpt_problem_row, ADW_TYPE_PREFERENCES_ROW)

static void
tpt_problem_row_class_init (TptProblemRowClass *klass)
{
}

static void
tpt_problem_row_init (TptProblemRow *self)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   NULL);

  self->label = GTK_LABEL (label);
  gtk_label_set_xalign (self->label, 0);
  tpt_wrap_label (self->label);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "padded");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** tpt_problem_row_tell: @problem: (nullable): a sentence about what @field says */
void
tpt_problem_row_tell (TptProblemRow *self,
                      AdwEntryRow   *field,
                      const char    *problem)
{
  g_return_if_fail (TPT_IS_PROBLEM_ROW (self));

  tpt_field_tell (self->label, problem);
  gtk_widget_set_visible (GTK_WIDGET (self), problem != NULL);
  tpt_field_set_problem (field, problem);
}
