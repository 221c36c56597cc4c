/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_DECISIONS_GROUP (tpt_decisions_group_get_type ())

/* What was said once for all in the match inbox, and who was set aside, long after the toast that
 * would have taken it back. Not shown where the workspace has no inbox. */
G_DECLARE_FINAL_TYPE (TptDecisionsGroup, tpt_decisions_group, TPT, DECISIONS_GROUP,
                      AdwPreferencesGroup)

void tpt_decisions_group_set_workspace (TptDecisionsGroup *self,
                                        TptWorkspace      *workspace);

G_END_DECLS
