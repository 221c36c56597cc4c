/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-chip.h"

#include <glib/gi18n.h>

#include "tpt-format.h"
#include "tpt-literal.h"

struct _TptChip
{
  AdwBin parent_instance;

  /* Borrowed: the child */
  GtkLabel *label;

  const char *style;
  char *spoken;
};

G_DEFINE_FINAL_TYPE (TptChip, tpt_chip, ADW_TYPE_BIN)

static void
set_content (TptChip    *self,
             const char *text,
             const char *style)
{
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = style;
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style);
  gtk_label_set_text (self->label, text);
}

/* Answered when it is asked for: to set the text of a tooltip makes GTK ask the display where the
 * pointer is, and a list that is searched would wait for that once for every row. */
static gboolean
tpt_chip_query_tooltip (GtkWidget  *widget,
                        int         x,
                        int         y,
                        gboolean    keyboard,
                        GtkTooltip *tooltip)
{
  TptChip *self = TPT_CHIP (widget);

  gtk_tooltip_set_text (tooltip, self->spoken);

  return self->spoken != NULL;
}

static void
tpt_chip_finalize (GObject *object)
{
  g_free (TPT_CHIP (object)->spoken);

  G_OBJECT_CLASS (tpt_chip_parent_class)->finalize (object);
}

static void
tpt_chip_class_init (TptChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tpt_chip_finalize;
  widget_class->query_tooltip = tpt_chip_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "chip");
}

static void
tpt_chip_init (TptChip *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->label = GTK_LABEL (label);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (self->label, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), label);
}

GtkWidget *
tpt_chip_new (void)
{
  return g_object_new (TPT_TYPE_CHIP, NULL);
}

void
tpt_chip_set_outcome (TptChip    *self,
                      TptOutcome  outcome)
{
  g_return_if_fail (TPT_IS_CHIP (self));

  switch (outcome)
    {
    case TPT_OUTCOME_UPCOMING:
      set_content (self, C_("meeting", "Upcoming"), "upcoming");
      break;
    case TPT_OUTCOME_HELD:
      set_content (self, C_("meeting", "Held"), "held");
      break;
    case TPT_OUTCOME_CANCELED:
      set_content (self, C_("meeting", "Canceled"), "canceled");
      break;
    case TPT_OUTCOME_NO_SHOW:
      set_content (self, C_("meeting", "No-show"), "no-show");
      break;
    case TPT_OUTCOME_SUPERSEDED:
    default:
      set_content (self, C_("meeting", "Moved"), NULL);
      break;
    }
}

void
tpt_chip_set_link (TptChip      *self,
                   TptLinkState  state)
{
  static const char *const styles[] = { "upcoming", "held", "held", "canceled", NULL, NULL };

  g_return_if_fail (TPT_IS_CHIP (self));
  g_return_if_fail ((gsize) state < G_N_ELEMENTS (styles));

  set_content (self, tpt_format_link_state (state), styles[state]);
}

/** tpt_chip_set_health: (nullable health): the score; a dash where there is none (yet) */
void
tpt_chip_set_health (TptChip         *self,
                     const TptHealth *health)
{
  static const char *const styles[] = { NULL, "critical", "at-risk", "watch", "healthy" };
  g_autofree char *number = NULL;

  g_return_if_fail (TPT_IS_CHIP (self));

  g_clear_pointer (&self->spoken, g_free);

  if (health == NULL || !health->score.defined)
    {
      set_content (self, "–", NULL);
      self->spoken = g_strdup (health != NULL ? _("Health: not enough data")
                                              : _("Health is being counted"));
    }
  else
    {
      number = g_strdup_printf ("%d", tpt_format_points (health->score.value));
      set_content (self, number, styles[health->band]);
      self->spoken = tpt_format_health (health);
    }
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->spoken, -1);
}

/**
 * tpt_chip_set_text:
 *
 * a word without a meaning of its own, such as a tier; may be what somebody else wrote
 */
void
tpt_chip_set_text (TptChip    *self,
                   const char *text)
{
  g_autofree char *line = tpt_literal_line (text);

  g_return_if_fail (TPT_IS_CHIP (self));

  set_content (self, line, NULL);
}

/** tpt_chip_get_label: (transfer none): what a screen reader says of it */
const char *
tpt_chip_get_label (TptChip *self)
{
  g_return_val_if_fail (TPT_IS_CHIP (self), NULL);

  return self->spoken != NULL ? self->spoken : gtk_label_get_text (self->label);
}
