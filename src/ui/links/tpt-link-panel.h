/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_LINK_PANEL (tpt_link_panel_get_type ())

/**
 * TptLinkPanel:
 *
 * Makes single-use links for one customer: kind of meeting, person, Generate; the link is copied
 * at once and stays to be copied again or opened. Signal `toast` (string).
 */
G_DECLARE_FINAL_TYPE (TptLinkPanel, tpt_link_panel, TPT, LINK_PANEL, AdwBin)

void tpt_link_panel_set_customer (TptLinkPanel *self,
                                  TptWorkspace *workspace,
                                  TptCustomer  *customer);
void tpt_link_panel_generate     (TptLinkPanel *self,
                                  const char   *origin);

G_END_DECLS
