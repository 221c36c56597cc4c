/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"
#include "tpt-invocation.h"

G_BEGIN_DECLS

void tpt_customer_print (TptInvocation *invocation,
                         TptCustomer   *customer);

G_END_DECLS
