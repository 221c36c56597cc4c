/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-deed.h"

G_BEGIN_DECLS

/* On the store's thread: two customers become one, or one becomes two. */

gboolean tpt_customer_union_merge (TptMatchDeed       *deed,
                                   TptCustomer        *customer,
                                   TptCustomer        *other,
                                   GError            **error);
gboolean tpt_customer_union_split (TptMatchDeed       *deed,
                                   TptCustomer        *customer,
                                   TptCustomer        *draft,
                                   const char *const  *domains,
                                   const char *const  *people,
                                   GError            **error);

G_END_DECLS
