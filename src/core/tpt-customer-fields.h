/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"

G_BEGIN_DECLS

/* What a company knows of its customers beyond what everybody does: a name and a value each. */

GStrv    tpt_customer_fields_list_names (TptCustomer *self);
gboolean tpt_customer_fields_are_same   (TptCustomer *self,
                                         TptCustomer *other);
void     tpt_customer_fields_write      (TptCustomer *self,
                                         TptCustomer *wanted);
gboolean tpt_customer_fields_fold       (TptCustomer *self,
                                         TptCustomer *said);

G_END_DECLS
