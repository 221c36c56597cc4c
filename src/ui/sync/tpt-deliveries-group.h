/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_DELIVERIES_GROUP (tpt_deliveries_group_get_type ())

/* What the relay delivered last, and what became of it. */
G_DECLARE_FINAL_TYPE (TptDeliveriesGroup, tpt_deliveries_group, TPT, DELIVERIES_GROUP,
                      AdwPreferencesGroup)

void tpt_deliveries_group_set_workspace (TptDeliveriesGroup *self,
                                         TptWorkspace       *workspace);

G_END_DECLS
