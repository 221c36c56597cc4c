/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_SET_ASIDE_GROUP (tpt_set_aside_group_get_type ())

/* The records that could not be read, each with the reason. */
G_DECLARE_FINAL_TYPE (TptSetAsideGroup, tpt_set_aside_group, TPT, SET_ASIDE_GROUP,
                      AdwPreferencesGroup)

void tpt_set_aside_group_set_workspace (TptSetAsideGroup *self,
                                        TptWorkspace     *workspace);

G_END_DECLS
