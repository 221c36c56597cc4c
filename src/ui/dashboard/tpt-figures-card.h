/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-dashboard-card.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_FIGURES_CARD (tpt_figures_card_get_type ())

/* How all customers together are doing: health bands, meetings a week, cancellations, no-shows. */
G_DECLARE_FINAL_TYPE (TptFiguresCard, tpt_figures_card, TPT, FIGURES_CARD, AdwBin)

GtkWidget        *tpt_figures_card_new           (void);
void              tpt_figures_card_set_workspace (TptFiguresCard *self,
                                                  TptWorkspace   *workspace);

G_END_DECLS
