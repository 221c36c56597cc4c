/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_HEALTH_PAGE (tpt_health_page_get_type ())

/* How complete the record is: older meetings, and what could not be read. */
G_DECLARE_FINAL_TYPE (TptHealthPage, tpt_health_page, TPT, HEALTH_PAGE, AdwPreferencesPage)

void tpt_health_page_set_workspace (TptHealthPage *self,
                                    TptWorkspace  *workspace);

G_END_DECLS
