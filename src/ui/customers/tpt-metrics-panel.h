/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_METRICS_PANEL (tpt_metrics_panel_get_type ())

/* How engaged one customer is: health with its parts, the figures, meetings by month. Follows the
 * portfolio. */
G_DECLARE_FINAL_TYPE (TptMetricsPanel, tpt_metrics_panel, TPT, METRICS_PANEL, AdwBin)

void tpt_metrics_panel_set_item (TptMetricsPanel *self,
                                 TptWorkspace    *workspace,
                                 TptCustomerItem *item);

G_END_DECLS
