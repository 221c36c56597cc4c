/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What is not there is no error: the result is then NULL or empty. */

gboolean tpt_customers_table_list          (TptSession    *session,
                                            GPtrArray    **customers,
                                            GError       **error);
gboolean tpt_customers_table_load          (TptSession    *session,
                                            gint64         row,
                                            TptCustomer  **customer,
                                            GError       **error);
gboolean tpt_customers_table_find_name     (TptSession    *session,
                                            const char    *name,
                                            TptCustomer  **customer,
                                            GError       **error);
gboolean tpt_customers_table_find_external (TptSession    *session,
                                            const char    *external_id,
                                            TptCustomer  **customer,
                                            GError       **error);
gboolean tpt_customers_table_count         (TptSession    *session,
                                            gint64        *count,
                                            GError       **error);
gboolean tpt_customers_table_save          (TptSession    *session,
                                            TptCustomer   *customer,
                                            GError       **error);
gboolean tpt_customers_table_remove        (TptSession    *session,
                                            gint64         row,
                                            GError       **error);

G_END_DECLS
