/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-customer.h"

G_BEGIN_DECLS

#define TPT_TYPE_FIELD_LIST (tpt_field_list_get_type ())

/* The custom fields of a customer, to be read; hidden where there are none. */
G_DECLARE_FINAL_TYPE (TptFieldList, tpt_field_list, TPT, FIELD_LIST, AdwBin)

void tpt_field_list_set_customer (TptFieldList *self,
                                  TptCustomer  *customer);

G_END_DECLS
