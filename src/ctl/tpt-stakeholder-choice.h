/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"

G_BEGIN_DECLS

/* Whom somebody means on the command line. */

TptStakeholder *tpt_stakeholder_choice_find (TptCustomer  *customer,
                                             const char   *text,
                                             GError      **error);

G_END_DECLS
