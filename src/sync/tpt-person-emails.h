/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-deed.h"

G_BEGIN_DECLS

/* On the store's thread: whose an e-mail address is, as a person says. */

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
