/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMERS_SETTINGS (tpt_customers_settings_get_type ())

/* Importing customers, the cadence of each tier, the cards of the dashboard. */
G_DECLARE_FINAL_TYPE (TptCustomersSettings, tpt_customers_settings, TPT, CUSTOMERS_SETTINGS,
                      AdwPreferencesPage)

void        tpt_customers_settings_set_workspace (TptCustomersSettings *self,
                                                  TptWorkspace         *workspace,
                                                  GSettings            *settings);
GHashTable *tpt_tier_cadence_read                (GSettings            *settings);

G_END_DECLS
