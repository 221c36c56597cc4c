/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_MEETINGS_PANEL (tpt_meetings_panel_get_type ())

/**
 * TptMeetingsPanel:
 *
 * The meetings of one customer: those ahead, the next one first, then what was, the newest first.
 * Follows the store. Signal `toast` (string).
 */
G_DECLARE_FINAL_TYPE (TptMeetingsPanel, tpt_meetings_panel, TPT, MEETINGS_PANEL, AdwBin)

void tpt_meetings_panel_set_customer (TptMeetingsPanel *self,
                                      TptWorkspace     *workspace,
                                      gint64            customer);

G_END_DECLS
