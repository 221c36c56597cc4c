/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_PERSON_DIALOG (tpt_person_dialog_get_type ())

/* What is known of one person at a customer, to be changed in one go; or somebody new there. */
G_DECLARE_FINAL_TYPE (TptPersonDialog, tpt_person_dialog, TPT, PERSON_DIALOG, AdwWindow)

void tpt_person_dialog_ask (GtkWidget      *parent,
                            TptWorkspace   *workspace,
                            TptCustomer    *customer,
                            TptStakeholder *person);

G_END_DECLS
