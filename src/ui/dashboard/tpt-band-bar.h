/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-metrics.h"

G_BEGIN_DECLS

#define TPT_TYPE_BAND_BAR (tpt_band_bar_get_type ())

/* How many customers are in which band of health: a bar in proportion, and below it every band
 * with its name and number, so
 * that no colour stands alone. */
G_DECLARE_FINAL_TYPE (TptBandBar, tpt_band_bar, TPT, BAND_BAR, GtkBox)

void       tpt_band_bar_set_counts (TptBandBar  *self,
                                    const guint *counts);
guint      tpt_band_bar_get_count  (TptBandBar    *self,
                                    TptHealthBand  band);

G_END_DECLS
