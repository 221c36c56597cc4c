/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_LINK_LIST (tpt_link_list_get_type ())

/* The ledger of one customer: the links that were made, newest first, and what became of each.
 * Follows the store. Signal `toast` (string). */
G_DECLARE_FINAL_TYPE (TptLinkList, tpt_link_list, TPT, LINK_LIST, AdwBin)

void tpt_link_list_set_customer (TptLinkList  *self,
                                 TptWorkspace *workspace,
                                 gint64        customer);

G_END_DECLS
