/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-stakeholder.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER (tpt_customer_get_type ())

G_DECLARE_FINAL_TYPE (TptCustomer, tpt_customer, TPT, CUSTOMER, GObject)

typedef enum
{
  TPT_CUSTOMER_ACTIVE,
  TPT_CUSTOMER_PROSPECT,
  TPT_CUSTOMER_INACTIVE,
} TptCustomerStatus;

/* A company to look after. Filled by who makes it, read-only from then on. Strings may be NULL. */
struct _TptCustomer
{
  GObject parent_instance;

  gint64 id;               /* row, 0 before it was stored */
  char *name;
  GStrv domains;           /* lower case, ASCII form; never NULL once made by tpt_customer_new () */
  char *tier;
  char *owner;             /* e-mail of the customer success manager */
  int cadence_days;        /* 0: that of the tier */
  TptCustomerStatus status;
  TptTime renewal_at;
  char *external_id;
  GHashTable *fields;      /* custom fields: char * → char * */
  GPtrArray *stakeholders; /* (element-type TptStakeholder) */
  TptTime created_at;
};

TptCustomer    *tpt_customer_new              (void);
TptStakeholder *tpt_customer_find_stakeholder (TptCustomer       *self,
                                               const char        *email);
const char     *tpt_customer_status_to_string (TptCustomerStatus  status);

G_END_DECLS
