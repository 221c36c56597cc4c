/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER_PAGE (tpt_customer_page_get_type ())

/**
 * TptCustomerPage:
 *
 * Everything about one customer: making a link, meetings, engagement, links made. Follows the
 * store by itself. Signal `toast` (string): a sentence to show for a moment; plain text, no
 * markup.
 */
G_DECLARE_FINAL_TYPE (TptCustomerPage, tpt_customer_page, TPT, CUSTOMER_PAGE, AdwBin)

GtkWidget   *tpt_customer_page_new          (void);
void         tpt_customer_page_set_customer (TptCustomerPage *self,
                                             TptWorkspace    *workspace,
                                             gint64           customer);
TptCustomer *tpt_customer_page_get_customer (TptCustomerPage *self);
void         tpt_customer_page_copy_link    (TptCustomerPage *self,
                                             const char      *origin);

G_END_DECLS
