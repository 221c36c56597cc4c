/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER_DIALOG (tpt_customer_dialog_get_type ())

/* What is known of a customer, to be changed in one go; or a new one, whose page is shown then. */
G_DECLARE_FINAL_TYPE (TptCustomerDialog, tpt_customer_dialog, TPT, CUSTOMER_DIALOG, AdwWindow)

void tpt_customer_dialog_ask (GtkWidget    *parent,
                              TptWorkspace *workspace,
                              TptCustomer  *customer);

G_END_DECLS
