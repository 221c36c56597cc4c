/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_ACCOUNT_SETTINGS (tpt_account_settings_get_type ())

/* Who is signed in and what that allows, how to sign in, and how to stop. */
G_DECLARE_FINAL_TYPE (TptAccountSettings, tpt_account_settings, TPT, ACCOUNT_SETTINGS,
                      AdwPreferencesPage)

void tpt_account_settings_set_workspace (TptAccountSettings *self,
                                         TptWorkspace       *workspace,
                                         GSettings          *settings);

G_END_DECLS
