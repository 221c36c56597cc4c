/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customers-csv.h"

G_BEGIN_DECLS

/* Pure: what a list says of a customer, put into what is known. */

gboolean tpt_customer_draft_fold (TptCustomer    *customer,
                                  TptCustomer    *draft,
                                  const gboolean *has_column,
                                  GPtrArray      *problems);

gboolean tpt_customer_draft_add  (TptCustomer    *customer,
                                  TptCustomer    *draft,
                                  GPtrArray      *problems);
gboolean tpt_customer_draft_complete (TptCustomer    *customer,
                                      TptCustomer    *draft,
                                      GPtrArray      *problems);
char    *tpt_customer_draft_check_domains (TptCustomer        *draft,
                                           const char *const  *own_domains,
                                           const char *const  *free_mail);

G_END_DECLS
