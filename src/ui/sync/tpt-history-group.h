/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_HISTORY_GROUP (tpt_history_group_get_type ())

/* Importing a range of days: which, how far it is, and what it did. */
G_DECLARE_FINAL_TYPE (TptHistoryGroup, tpt_history_group, TPT, HISTORY_GROUP, AdwPreferencesGroup)

void tpt_history_group_set_workspace (TptHistoryGroup *self,
                                      TptWorkspace    *workspace);

G_END_DECLS
