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

/* What can be said of a customer, one by one. */
typedef enum
{
  TPT_CUSTOMER_NAME = 1 << 0,
  TPT_CUSTOMER_TIER = 1 << 1,
  TPT_CUSTOMER_OWNER = 1 << 2,
  TPT_CUSTOMER_EXTERNAL_ID = 1 << 3,
  TPT_CUSTOMER_CADENCE = 1 << 4,
  TPT_CUSTOMER_STATUS = 1 << 5,
  TPT_CUSTOMER_RENEWAL = 1 << 6,
  TPT_CUSTOMER_DOMAINS = 1 << 7,
  TPT_CUSTOMER_FIELDS = 1 << 8,
} TptCustomerParts;

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
  GHashTable *fields;      /* custom fields: char * → char *, of which none is empty */
  GHashTable *fields_by_hand; /* names of those that somebody wrote, which no list changes */
  GPtrArray *stakeholders; /* (element-type TptStakeholder) */
  TptCustomerParts by_hand; /* what somebody wrote, which no list changes */
  TptTime created_at;
};

TptCustomer    *tpt_customer_new              (void);
TptCustomerParts tpt_customer_compare         (TptCustomer       *self,
                                               TptCustomer       *other);
void            tpt_customer_write            (TptCustomer       *self,
                                               TptCustomer       *wanted,
                                               TptCustomerParts   parts);
TptStakeholder *tpt_customer_find_stakeholder (TptCustomer       *self,
                                               const char        *email);
TptStakeholder *tpt_customer_get_stakeholder  (TptCustomer       *self,
                                               gint64             row);
const char     *tpt_customer_status_to_string (TptCustomerStatus  status);

G_END_DECLS
