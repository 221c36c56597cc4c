/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"

G_BEGIN_DECLS

typedef enum
{
  TPT_NAME_PREFER_CUSTOMER,
  TPT_NAME_PREFER_STAKEHOLDER,
} TptNamePreference;

/* Somebody whom a written name may mean. Borrowed from the list of customers. */
typedef struct
{
  TptCustomer *customer;
  TptStakeholder *stakeholder; /* NULL: the customer itself */
  int score;                   /* higher fits better */
} TptNameHit;

GArray *tpt_name_match       (const GPtrArray   *customers,
                              const char        *name,
                              TptNamePreference  preference);
char   *tpt_name_hit_to_text (const TptNameHit  *hit);

G_END_DECLS
