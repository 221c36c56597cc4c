/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_EMAILS_GROUP (tpt_emails_group_get_type ())

/* The e-mail addresses of one person at a customer, in a form. Signal `changed`. */
G_DECLARE_FINAL_TYPE (TptEmailsGroup, tpt_emails_group, TPT, EMAILS_GROUP, AdwPreferencesGroup)

void     tpt_emails_group_set_person (TptEmailsGroup *self,
                                      TptWorkspace   *workspace,
                                      TptCustomer    *customer,
                                      TptStakeholder *person);
gboolean tpt_emails_group_take       (TptEmailsGroup *self,
                                      TptStakeholder *wanted,
                                      gboolean        is_begun);

G_END_DECLS
