/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-portfolio.h"

G_BEGIN_DECLS

#define TPT_TYPE_FIELDS_GROUP (tpt_fields_group_get_type ())

/* The custom fields of a customer, in a form. Signal `changed`. */
G_DECLARE_FINAL_TYPE (TptFieldsGroup, tpt_fields_group, TPT, FIELDS_GROUP, AdwPreferencesGroup)

void     tpt_fields_group_set_customer (TptFieldsGroup *self,
                                        TptPortfolio   *portfolio,
                                        TptCustomer    *customer);
gboolean tpt_fields_group_take         (TptFieldsGroup *self,
                                        TptCustomer    *wanted);

G_END_DECLS
