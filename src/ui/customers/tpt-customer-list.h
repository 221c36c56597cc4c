/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER_LIST (tpt_customer_list_get_type ())

/**
 * TptCustomerList:
 *
 * The list in the sidebar: a search entry, the order, and every customer with health, next
 * meeting and the days since the last one. Signal `customer-chosen` (gint64 row): the user chose
 * one. The empty state offers the action `app.import-customers`.
 */
G_DECLARE_FINAL_TYPE (TptCustomerList, tpt_customer_list, TPT, CUSTOMER_LIST, AdwBin)

GtkWidget *tpt_customer_list_new           (void);
void       tpt_customer_list_set_workspace (TptCustomerList *self,
                                            TptWorkspace    *workspace);
void       tpt_customer_list_focus_search  (TptCustomerList *self);
void       tpt_customer_list_select        (TptCustomerList *self,
                                            gint64           customer);

G_END_DECLS
