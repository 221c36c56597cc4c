/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-recommend.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

/* What the link generator offers for a customer. */
typedef struct
{
  GPtrArray *event_types;      /* (element-type TptEventType) to book, the recommended one first */
  TptEventType *recommended;   /* owned by event_types; NULL when there is none */
  char *reason;                /* a sentence, or NULL */
  TptStakeholder *stakeholder; /* the right person, owned; NULL when nobody is known */
  gboolean is_fetched;         /* the service was asked what can be booked */
  GError *failure;             /* why that did not come, or NULL */
} TptLinkAdvice;

/**
 * TptLinkFetch:
 * @TPT_LINK_FETCH_NEVER: what can be booked is what is stored
 * @TPT_LINK_FETCH_WHERE_NONE: that there is nothing to book is only true of a list that has come,
 *   and not long ago
 * @TPT_LINK_FETCH_ALWAYS: somebody asked for the newest list
 */
typedef enum
{
  TPT_LINK_FETCH_NEVER,
  TPT_LINK_FETCH_WHERE_NONE,
  TPT_LINK_FETCH_ALWAYS,
} TptLinkFetch;

void           tpt_link_advice_load_async  (TptWorkspace         *workspace,
                                            TptCustomer          *customer,
                                            TptLinkFetch          fetch,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TptLinkAdvice *tpt_link_advice_load_finish (TptWorkspace         *workspace,
                                            GAsyncResult         *result,
                                            GError              **error);
void           tpt_link_advice_free        (TptLinkAdvice        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptLinkAdvice, tpt_link_advice_free)

G_END_DECLS
