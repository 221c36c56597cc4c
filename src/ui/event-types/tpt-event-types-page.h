/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_EVENT_TYPES_PAGE (tpt_event_types_page_get_type ())

/**
 * TptEventTypesPage:
 *
 * What can be booked, how new that list is, and what each is for.
 */
G_DECLARE_FINAL_TYPE (TptEventTypesPage, tpt_event_types_page, TPT, EVENT_TYPES_PAGE,
                      AdwPreferencesPage)

void tpt_event_types_page_set_workspace (TptEventTypesPage *self,
                                         TptWorkspace      *workspace);

G_END_DECLS
