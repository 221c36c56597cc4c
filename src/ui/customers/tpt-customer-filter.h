/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER_FILTER (tpt_customer_filter_get_type ())

/**
 * TptCustomerFilter:
 *
 * Lets those #TptCustomerItem through that a search means: by what the list knows itself (name,
 * domains, stakeholders), and by the people and meetings that the store finds.
 */
G_DECLARE_FINAL_TYPE (TptCustomerFilter, tpt_customer_filter, TPT, CUSTOMER_FILTER, GtkFilter)

void     tpt_customer_filter_set_store    (TptCustomerFilter *self,
                                           TptStore          *store);
void     tpt_customer_filter_set_text     (TptCustomerFilter *self,
                                           const char        *text);
void     tpt_customer_filter_hurry        (TptCustomerFilter *self);
gboolean tpt_customer_filter_is_searching (TptCustomerFilter *self);

G_END_DECLS
