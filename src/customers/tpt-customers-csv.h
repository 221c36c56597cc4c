/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-csv.h"
#include "tpt-customer.h"

G_BEGIN_DECLS

/* The columns that are known. Any other becomes a custom field. */
typedef enum
{
  TPT_CUSTOMERS_CSV_NAME,
  TPT_CUSTOMERS_CSV_DOMAINS,
  TPT_CUSTOMERS_CSV_TIER,
  TPT_CUSTOMERS_CSV_OWNER,
  TPT_CUSTOMERS_CSV_CADENCE_DAYS,
  TPT_CUSTOMERS_CSV_EXTERNAL_ID,
  TPT_CUSTOMERS_CSV_STAKEHOLDER_NAME,
  TPT_CUSTOMERS_CSV_STAKEHOLDER_EMAIL,
  TPT_CUSTOMERS_CSV_STAKEHOLDER_ROLE,
  TPT_CUSTOMERS_CSV_N_COLUMNS,
} TptCustomersCsvColumn;

/* Something in a row that was not taken. */
typedef struct
{
  guint row;
  char *message;
} TptCustomersCsvProblem;

typedef struct
{
  GPtrArray *customers;    /* (element-type TptCustomer) drafts: no row, no time of creation */
  GArray *rows;            /* (element-type guint) the first row of each of them */
  GPtrArray *problems;     /* (element-type TptCustomersCsvProblem) in the order of the rows */
  GPtrArray *fields;       /* (element-type utf8) the columns that became custom fields */
  /* an absent column says nothing about what is stored */
  gboolean has_column[TPT_CUSTOMERS_CSV_N_COLUMNS];
} TptCustomersCsv;

TptCustomersCsv *tpt_customers_csv_parse (GBytes             *bytes,
                                          const char *const  *own_domains,
                                          const char *const  *free_mail,
                                          GError            **error);
void             tpt_customers_csv_free  (TptCustomersCsv    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptCustomersCsv, tpt_customers_csv_free)

G_END_DECLS
