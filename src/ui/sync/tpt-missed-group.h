/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_MISSED_GROUP (tpt_missed_group_get_type ())

/* How much the relay should have told of and did not. Nothing where there is no relay. */
G_DECLARE_FINAL_TYPE (TptMissedGroup, tpt_missed_group, TPT, MISSED_GROUP, AdwPreferencesGroup)

void tpt_missed_group_set_workspace (TptMissedGroup *self,
                                     TptWorkspace   *workspace);

G_END_DECLS
