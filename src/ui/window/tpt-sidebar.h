/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_SIDEBAR (tpt_sidebar_get_type ())

/**
 * TptSidebar:
 *
 * Where one can go: the dashboard, and every customer. Property `folded`: it has the window for
 * itself. Signal
 * `customer-chosen` (gint64 row); choosing the dashboard activates `win.dashboard`.
 */
G_DECLARE_FINAL_TYPE (TptSidebar, tpt_sidebar, TPT, SIDEBAR, AdwBin)

void tpt_sidebar_set_workspace (TptSidebar   *self,
                                TptWorkspace *workspace);
void tpt_sidebar_select        (TptSidebar   *self,
                                gint64        customer);
void tpt_sidebar_select_inbox  (TptSidebar   *self);
void tpt_sidebar_focus_search  (TptSidebar   *self);

G_END_DECLS
