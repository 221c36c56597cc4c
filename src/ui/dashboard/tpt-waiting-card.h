/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-dashboard-card.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_WAITING_CARD (tpt_waiting_card_get_type ())

/* Single-use links that nobody booked with yet, the oldest first, because those need a word. */
G_DECLARE_FINAL_TYPE (TptWaitingCard, tpt_waiting_card, TPT, WAITING_CARD, AdwBin)

GtkWidget        *tpt_waiting_card_new           (void);
void              tpt_waiting_card_set_workspace (TptWaitingCard *self,
                                                  TptWorkspace   *workspace);
GListModel       *tpt_waiting_card_get_model     (TptWaitingCard *self);

G_END_DECLS
