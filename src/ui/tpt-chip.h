/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-link.h"
#include "tpt-metrics.h"

G_BEGIN_DECLS

#define TPT_TYPE_CHIP (tpt_chip_get_type ())

/* A word or a number in a coloured pill. The colour only repeats what the text, or for a score
 * the accessible label and the tooltip, say. */
G_DECLARE_FINAL_TYPE (TptChip, tpt_chip, TPT, CHIP, AdwBin)

GtkWidget  *tpt_chip_new         (void);
void        tpt_chip_set_outcome (TptChip         *self,
                                  TptOutcome       outcome);
void        tpt_chip_set_link    (TptChip         *self,
                                  TptLinkState     state);
void        tpt_chip_set_health  (TptChip         *self,
                                  const TptHealth *health);
void        tpt_chip_set_text    (TptChip         *self,
                                  const char      *text);
const char *tpt_chip_get_label   (TptChip         *self);

G_END_DECLS
