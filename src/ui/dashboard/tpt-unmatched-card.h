/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_UNMATCHED_CARD (tpt_unmatched_card_get_type ())

/* How many people belong to no customer, and the way to them. Not visible while there is nobody, or
 * while it is switched off. */
G_DECLARE_FINAL_TYPE (TptUnmatchedCard, tpt_unmatched_card, TPT, UNMATCHED_CARD, AdwBin)

GtkWidget *tpt_unmatched_card_new           (void);
void       tpt_unmatched_card_set_workspace (TptUnmatchedCard *self,
                                             TptWorkspace     *workspace);
void       tpt_unmatched_card_set_wanted    (TptUnmatchedCard *self,
                                             gboolean          wanted);

G_END_DECLS
