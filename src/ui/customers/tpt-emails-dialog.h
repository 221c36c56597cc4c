/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_EMAILS_DIALOG (tpt_emails_dialog_get_type ())

/* The e-mail addresses of one person at a customer, to be changed in one go. */
G_DECLARE_FINAL_TYPE (TptEmailsDialog, tpt_emails_dialog, TPT, EMAILS_DIALOG, AdwWindow)

void tpt_emails_dialog_ask (GtkWidget      *parent,
                            TptWorkspace   *workspace,
                            TptCustomer    *customer,
                            TptStakeholder *person);

G_END_DECLS
