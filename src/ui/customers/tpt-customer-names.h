/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-customer-item.h"

G_BEGIN_DECLS

/* What customers are called where they stand beside each other. */
typedef struct _TptCustomerNames TptCustomerNames;

TptCustomerNames *tpt_customer_names_new         (GListModel       *customers);
void              tpt_customer_names_free        (TptCustomerNames *self);
char             *tpt_customer_names_describe    (TptCustomerNames *self,
                                                  TptCustomerItem  *item);
char             *tpt_customer_names_distinguish (TptCustomer      *customer);

G_END_DECLS
