/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_CHECKUP_GROUP (tpt_checkup_group_get_type ())

/* What has to be right for bookings to arrive at once, one line each, and what to do next. */
G_DECLARE_FINAL_TYPE (TptCheckupGroup, tpt_checkup_group, TPT, CHECKUP_GROUP, AdwPreferencesGroup)

void tpt_checkup_group_set_workspace (TptCheckupGroup *self,
                                      TptWorkspace    *workspace);
void tpt_checkup_group_run           (TptCheckupGroup *self);

G_END_DECLS
