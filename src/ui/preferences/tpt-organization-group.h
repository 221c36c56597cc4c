/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_ORGANIZATION_GROUP (tpt_organization_group_get_type ())

/* Whether the meetings of colleagues are shown, what that takes, and why they may not come. */
G_DECLARE_FINAL_TYPE (TptOrganizationGroup, tpt_organization_group, TPT, ORGANIZATION_GROUP,
                      AdwPreferencesGroup)

void tpt_organization_group_set_workspace (TptOrganizationGroup *self,
                                           TptWorkspace         *workspace);

G_END_DECLS
