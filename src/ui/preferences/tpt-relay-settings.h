/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_RELAY_SETTINGS (tpt_relay_settings_get_type ())

/* The company's relay: enrolling this computer, what state the stream and the subscription are
 * in, a test. */
G_DECLARE_FINAL_TYPE (TptRelaySettings, tpt_relay_settings, TPT, RELAY_SETTINGS, AdwPreferencesPage)

void tpt_relay_settings_set_workspace (TptRelaySettings *self,
                                       TptWorkspace     *workspace);

G_END_DECLS
