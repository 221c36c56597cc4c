/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics.h"

G_BEGIN_DECLS

/* The bookings of one invitee that replaced one another, as one customer sees them. Borrowed
 * from the input. */
typedef struct
{
  gint64 customer;
  const TptBooking *first;
  const TptBooking *last;    /* gives the time and the outcome */
  guint length;
  guint64 email_key;         /* of the newest booking that is matched to the customer */
  TptTime newest_at;         /* when the newest booking was made */
  guint in_window;           /* bookings made in the window */
  TptOutcome outcome;        /* SUPERSEDED: what replaced the last booking is not known here */
} TptChain;

/* All chains, by customer. A chain with bookings of two customers stands once for each. */
typedef struct
{
  /* (element-type TptChain) by customer, then by the event of the last booking */
  GArray *chains;
  GHashTable *start;         /* customer → where its chains begin, +1 */
} TptChainIndex;

TptChainIndex  *tpt_chain_index_new  (const TptMetricsInput *input);
void            tpt_chain_index_free (TptChainIndex         *self);
const TptChain *tpt_chain_index_get  (TptChainIndex         *self,
                                      gint64                 customer,
                                      guint                 *n_chains);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptChainIndex, tpt_chain_index_free)

G_END_DECLS
