/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer-item.h"

G_BEGIN_DECLS

/* The items of the portfolio, found by row; an item stays the same object for as long as its
 * customer exists. */
typedef struct _TptCustomerRoster TptCustomerRoster;

TptCustomerRoster *tpt_customer_roster_new       (void);
void               tpt_customer_roster_free      (TptCustomerRoster *self);
GListModel        *tpt_customer_roster_get_model (TptCustomerRoster *self);
TptCustomerItem   *tpt_customer_roster_find      (TptCustomerRoster *self,
                                                  gint64             row);
void               tpt_customer_roster_update    (TptCustomerRoster *self,
                                                  const GPtrArray   *customers);
GPtrArray         *tpt_customer_roster_list      (TptCustomerRoster *self,
                                                  const GArray      *rows);
GArray            *tpt_customer_roster_list_due  (TptCustomerRoster *self,
                                                  TptTime            now);

G_END_DECLS
