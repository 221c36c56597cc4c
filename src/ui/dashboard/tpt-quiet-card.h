/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-dashboard-card.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_QUIET_CARD (tpt_quiet_card_get_type ())

/* Customers past their cadence with nothing booked, the longest silence first; each can be given
 * a link. */
G_DECLARE_FINAL_TYPE (TptQuietCard, tpt_quiet_card, TPT, QUIET_CARD, AdwBin)

GtkWidget        *tpt_quiet_card_new           (void);
void              tpt_quiet_card_set_workspace (TptQuietCard *self,
                                                TptWorkspace *workspace);
GListModel       *tpt_quiet_card_get_model     (TptQuietCard *self);

G_END_DECLS
