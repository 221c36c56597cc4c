/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-deed.h"

G_BEGIN_DECLS

/* Custom fields of a customer, as somebody writes them. */

void     tpt_field_edit_write  (TptMatchDeed        *deed,
                                TptCustomer         *customer,
                                TptCustomer         *wanted);
gboolean tpt_field_edit_revert (TptSession          *session,
                                const TptMatchStep  *step,
                                gint64               row,
                                GError             **error);

G_END_DECLS
