/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_SYNC_BUTTON (tpt_sync_button_get_type ())

/* Starts a sync (action `win.sync`), turns while one runs, and tells when the last one was. */
G_DECLARE_FINAL_TYPE (TptSyncButton, tpt_sync_button, TPT, SYNC_BUTTON, AdwBin)

void       tpt_sync_button_set_workspace (TptSyncButton *self,
                                          TptWorkspace  *workspace);

G_END_DECLS
