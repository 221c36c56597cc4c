/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"

G_BEGIN_DECLS

/* The e-mail addresses of a person: what may stand among them. */

char *tpt_email_list_find_problem (TptCustomer     *customer,
                                   TptStakeholder  *person,
                                   const char      *text,
                                   char           **email);
GStrv tpt_email_list_parse        (const char      *text,
                                   char           **bad);

G_END_DECLS
