/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_DASHBOARD (tpt_dashboard_get_type ())

/* The day and what needs attention. Cards named by the setting `hidden-cards` are left out. */
G_DECLARE_FINAL_TYPE (TptDashboard, tpt_dashboard, TPT, DASHBOARD, AdwBin)

GtkWidget *tpt_dashboard_new           (void);
void       tpt_dashboard_set_workspace (TptDashboard *self,
                                        TptWorkspace *workspace,
                                        GSettings    *settings);
GtkWidget *tpt_dashboard_get_card      (TptDashboard *self,
                                        const char   *name);

G_END_DECLS
