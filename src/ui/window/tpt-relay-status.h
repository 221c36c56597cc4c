/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_RELAY_STATUS (tpt_relay_status_get_type ())

/* Whether changes arrive at once, and when the last one did; shown where a relay is set only, and
 * leads to it. */
G_DECLARE_FINAL_TYPE (TptRelayStatus, tpt_relay_status, TPT, RELAY_STATUS, AdwBin)

void tpt_relay_status_set_workspace (TptRelayStatus *self,
                                     TptWorkspace   *workspace);

G_END_DECLS
