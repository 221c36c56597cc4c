/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_CUSTOMER_SUGGESTION (tpt_customer_suggestion_get_type ())

/* A domain that people met from and no customer has: perhaps a new customer. Filled by who makes
 * it, read-only from then on. */
G_DECLARE_FINAL_TYPE (TptCustomerSuggestion, tpt_customer_suggestion, TPT, CUSTOMER_SUGGESTION,
                      GObject)

struct _TptCustomerSuggestion
{
  GObject parent_instance;

  char *domain;            /* the part of it that somebody registered */
  char *name;              /* a guess */
  guint meetings;
  guint people;
  TptTime last_at;         /* start of the latest meeting */

  /* For who makes it alone. */
  GHashTable *uris;        /* of the meetings */
};

char      *tpt_customer_suggestion_make_name (const char      *domain);
GPtrArray *tpt_customer_suggestion_make_all  (const GPtrArray *entries);

G_END_DECLS
