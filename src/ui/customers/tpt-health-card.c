/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-health-card.h"

#include <glib/gi18n.h>

#include "tpt-chip.h"
#include "tpt-format.h"
#include "tpt-health-part-row.h"

struct _TptHealthCard
{
  AdwBin parent_instance;

  /* Borrowed: children of @box */
  TptHealthPartRow *parts[TPT_HEALTH_N_PARTS];

  /* Template widgets */
  TptChip *score;
  GtkLabel *band;
  GtkLabel *explanation;
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (TptHealthCard, tpt_health_card, ADW_TYPE_BIN)

static void
tpt_health_card_class_init (TptHealthCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TPT_TYPE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-health-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TptHealthCard, score);
  gtk_widget_class_bind_template_child (widget_class, TptHealthCard, band);
  gtk_widget_class_bind_template_child (widget_class, TptHealthCard, explanation);
  gtk_widget_class_bind_template_child (widget_class, TptHealthCard, box);
}

static void
tpt_health_card_init (TptHealthCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < TPT_HEALTH_N_PARTS; i++)
    {
      self->parts[i] = TPT_HEALTH_PART_ROW (tpt_health_part_row_new ());
      gtk_box_append (self->box, GTK_WIDGET (self->parts[i]));
    }
}

void
tpt_health_card_set_health (TptHealthCard   *self,
                            const TptHealth *health)
{
  g_return_if_fail (TPT_IS_HEALTH_CARD (self));
  g_return_if_fail (health != NULL);

  tpt_chip_set_health (self->score, health);
  gtk_label_set_text (self->band, tpt_format_band (health->band));
  gtk_label_set_text (self->explanation,
                      health->score.defined
                      ? _("Out of 100. What is missing, and what would raise it:")
                      : _("It takes 30 days and two meetings to know a customer."));
  for (gsize i = 0; i < TPT_HEALTH_N_PARTS; i++)
    tpt_health_part_row_set_part (self->parts[i], (TptHealthPartKind) i, &health->parts[i]);
}
