/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER_ITEM (tpt_customer_item_get_type ())

/* A customer as the lists show it: the customer, its figures once they are counted, and the text
 * that a search looks in. Property `customer` and `metrics` notify. */
G_DECLARE_FINAL_TYPE (TptCustomerItem, tpt_customer_item, TPT, CUSTOMER_ITEM, GObject)

TptCustomerItem *tpt_customer_item_new              (TptCustomer      *customer);
gint64           tpt_customer_item_get_id           (TptCustomerItem  *self);
const char      *tpt_customer_item_get_key          (TptCustomerItem  *self);
const char      *tpt_customer_item_get_name         (TptCustomerItem  *self);
const char      *tpt_customer_item_get_sort_key     (TptCustomerItem  *self);
TptCustomer     *tpt_customer_item_get_customer     (TptCustomerItem  *self);
void             tpt_customer_item_set_customer     (TptCustomerItem  *self,
                                                     TptCustomer      *customer);
TptMetrics      *tpt_customer_item_get_metrics      (TptCustomerItem  *self);
void             tpt_customer_item_set_metrics      (TptCustomerItem  *self,
                                                     TptMetrics       *metrics);
gboolean         tpt_customer_item_matches          (TptCustomerItem  *self,
                                                     char            **words);
double           tpt_customer_item_get_attention    (TptCustomerItem  *self);

G_END_DECLS
