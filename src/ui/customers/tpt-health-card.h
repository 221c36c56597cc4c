/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-metrics.h"

G_BEGIN_DECLS

#define TPT_TYPE_HEALTH_CARD (tpt_health_card_get_type ())

/* The health score with its four parts: how much each has, why, and what would raise it. */
G_DECLARE_FINAL_TYPE (TptHealthCard, tpt_health_card, TPT, HEALTH_CARD, AdwBin)

void tpt_health_card_set_health (TptHealthCard   *self,
                                 const TptHealth *health);

G_END_DECLS
