/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-deed.h"

G_BEGIN_DECLS

/* On the store's thread: what somebody writes of a customer or of its people in a form. Only the
 * parts that were written are touched, so that what came meanwhile of the others stays. */

gboolean tpt_hand_edit_add_person      (TptMatchDeed         *deed,
                                        TptCustomer          *customer,
                                        TptStakeholder       *wanted,
                                        GError              **error);
gboolean tpt_hand_edit_change_person   (TptMatchDeed         *deed,
                                        TptCustomer          *customer,
                                        TptStakeholder       *wanted,
                                        TptStakeholderParts   parts,
                                        GError              **error);
gboolean tpt_hand_edit_remove_person   (TptMatchDeed         *deed,
                                        TptCustomer          *customer,
                                        gint64                stakeholder,
                                        GError              **error);
gboolean tpt_hand_edit_check_customer  (TptSession           *session,
                                        TptCustomer          *wanted,
                                        TptCustomerParts      parts,
                                        GError              **error);
gboolean tpt_hand_edit_change_customer (TptMatchDeed         *deed,
                                        TptCustomer          *customer,
                                        TptCustomer          *wanted,
                                        TptCustomerParts      parts,
                                        GError              **error);
gboolean tpt_hand_edit_unadd_person    (TptSession           *session,
                                        gint64                row,
                                        GError              **error);
gboolean tpt_hand_edit_revert_person   (TptSession           *session,
                                        const TptMatchStep   *step,
                                        gint64                row,
                                        GError              **error);
gboolean tpt_hand_edit_revert_customer (TptSession           *session,
                                        const TptMatchStep   *step,
                                        gint64                row,
                                        GError              **error);

G_END_DECLS
