/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_INBOX_PAGE (tpt_inbox_page_get_type ())

/**
 * TptInboxPage:
 *
 * Everybody who belongs to no customer, one below the other, each decided with a key. What was done
 * is said in a toast of the overlay that the page is in.
 */
G_DECLARE_FINAL_TYPE (TptInboxPage, tpt_inbox_page, TPT, INBOX_PAGE, AdwBin)

void tpt_inbox_page_set_workspace (TptInboxPage *self,
                                   TptWorkspace *workspace);

G_END_DECLS
