/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-health-part-row.h"

#include <glib/gi18n.h>

#include "tpt-format.h"

struct _TptHealthPartRow
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *name;
  GtkLabel *score;
  GtkLevelBar *level;
  GtkLabel *reason;
  GtkLabel *raise;
};

G_DEFINE_FINAL_TYPE (TptHealthPartRow, tpt_health_part_row, ADW_TYPE_BIN)

static const char *
name_part (TptHealthPartKind kind)
{
  switch (kind)
    {
    case TPT_HEALTH_RECENCY:
      return C_("health", "Recency");
    case TPT_HEALTH_FREQUENCY:
      return C_("health", "Frequency");
    case TPT_HEALTH_RELIABILITY:
      return C_("health", "Reliability");
    case TPT_HEALTH_FORWARD:
    case TPT_HEALTH_N_PARTS:
    default:
      return C_("health", "What is ahead");
    }
}

static void
tpt_health_part_row_class_init (TptHealthPartRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-health-part-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TptHealthPartRow, name);
  gtk_widget_class_bind_template_child (widget_class, TptHealthPartRow, score);
  gtk_widget_class_bind_template_child (widget_class, TptHealthPartRow, level);
  gtk_widget_class_bind_template_child (widget_class, TptHealthPartRow, reason);
  gtk_widget_class_bind_template_child (widget_class, TptHealthPartRow, raise);
}

static void
tpt_health_part_row_init (TptHealthPartRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The colours that a level bar gives to low, high and full say nothing here. */
  gtk_level_bar_remove_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_FULL);
}

GtkWidget *
tpt_health_part_row_new (void)
{
  return g_object_new (TPT_TYPE_HEALTH_PART_ROW, NULL);
}

/**
 * tpt_health_part_row_set_part:
 *
 * shows @part; one that is not defined says why, and leaves its weight to the others
 */
void
tpt_health_part_row_set_part (TptHealthPartRow    *self,
                              TptHealthPartKind    kind,
                              const TptHealthPart *part)
{
  g_autofree char *score = NULL;
  const char *name = name_part (kind);

  g_return_if_fail (TPT_IS_HEALTH_PART_ROW (self));

  /* Translators: points of 100 */
  score = part->score.defined ? g_strdup_printf (_("%d of 100"),
                                                 tpt_format_points (part->score.value))
                              : g_strdup (_("not counted"));
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->score, score);
  gtk_level_bar_set_value (self->level, part->score.defined ? part->score.value : 0);
  gtk_label_set_text (self->reason, part->reason != NULL ? part->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), part->reason != NULL);
  gtk_label_set_text (self->raise, part->raise != NULL ? part->raise : "");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->raise)), part->raise != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, score, -1);
}
