/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_CONTACTS_ROW (tpt_contacts_row_get_type ())

/* Completes the customers with the people of Calendly's address book, and tells what came of it.
 * Seen while an account is connected. */
G_DECLARE_FINAL_TYPE (TptContactsRow, tpt_contacts_row, TPT, CONTACTS_ROW, AdwActionRow)

void tpt_contacts_row_set_workspace (TptContactsRow *self,
                                     TptWorkspace   *workspace);

G_END_DECLS
