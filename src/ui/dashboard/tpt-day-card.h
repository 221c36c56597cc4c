/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-dashboard-card.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_DAY_CARD (tpt_day_card_get_type ())

/* The meetings of one day that stand: time, length, customer, who, Join. A row opens the
 * customer. */
G_DECLARE_FINAL_TYPE (TptDayCard, tpt_day_card, TPT, DAY_CARD, AdwBin)

GtkWidget        *tpt_day_card_new           (int           days_ahead);
void              tpt_day_card_set_workspace (TptDayCard   *self,
                                              TptWorkspace *workspace);
void              tpt_day_card_load          (TptDayCard   *self);
void              tpt_day_card_refresh       (TptDayCard   *self);
TptDashboardCard *tpt_day_card_get_card      (TptDayCard   *self);
GListModel       *tpt_day_card_get_model     (TptDayCard   *self);

G_END_DECLS
