/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-deed.h"

G_BEGIN_DECLS

/* On the store's thread: whose an e-mail address is, as a person says. */

TptStakeholder *tpt_person_emails_find (TptCustomer         *customer,
                                        gint64               row,
                                        GError             **error);
gboolean tpt_person_emails_check       (TptCustomer         *customer,
                                        TptStakeholder      *person,
                                        const char *const   *emails,
                                        TptStakeholder      *wanted,
                                        GError             **error);
gboolean tpt_person_emails_check_name  (const char          *name,
                                        const char *const   *emails,
                                        GError             **error);
gboolean tpt_person_emails_set (TptMatchDeed        *deed,
                                TptCustomer         *customer,
                                gint64               stakeholder,
                                const char *const   *emails,
                                GError             **error);
gboolean tpt_person_emails_add (TptMatchDeed        *deed,
                                TptCustomer         *customer,
                                gint64               stakeholder,
                                const GPtrArray     *invitees,
                                TptStakeholder     **person,
                                GError             **error);

G_END_DECLS
