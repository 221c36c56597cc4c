/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-portfolio.h"

G_BEGIN_DECLS

/* What can be told of a form about a customer while somebody writes; the store has the last word.
 * Each returns a sentence, or NULL. */

char  *tpt_customer_check_name     (TptPortfolio *portfolio,
                                    TptCustomer  *wanted);
char  *tpt_customer_check_owner    (TptCustomer  *wanted);
char  *tpt_customer_check_external (TptPortfolio *portfolio,
                                    TptCustomer  *wanted);
char  *tpt_customer_check_domains  (TptCustomer  *wanted);
char  *tpt_customer_check_twins    (TptPortfolio *portfolio,
                                    TptCustomer  *wanted);
char **tpt_customer_check_split    (const char   *text);

G_END_DECLS
