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
} TptLinkAdvice;

void           tpt_link_advice_load_async  (TptWorkspace         *workspace,
                                            TptCustomer          *customer,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TptLinkAdvice *tpt_link_advice_load_finish (TptWorkspace         *workspace,
                                            GAsyncResult         *result,
                                            GError              **error);
void           tpt_link_advice_free        (TptLinkAdvice        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptLinkAdvice, tpt_link_advice_free)

G_END_DECLS
