/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-customer-item.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER_ROW (tpt_customer_row_get_type ())

/* A customer in the sidebar: name, health, next meeting, days since the last one. */
G_DECLARE_FINAL_TYPE (TptCustomerRow, tpt_customer_row, TPT, CUSTOMER_ROW, AdwBin)

GtkWidget *tpt_customer_row_new      (TptWorkspace    *workspace);
void       tpt_customer_row_set_item (TptCustomerRow  *self,
                                      TptCustomerItem *item);

G_END_DECLS
