/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-engine.h"

G_BEGIN_DECLS

typedef struct _TptApiClient TptApiClient;

#define TPT_TYPE_LINK_MAKER (tpt_link_maker_get_type ())

/* Makes booking links and writes them into the ledger. */
G_DECLARE_FINAL_TYPE (TptLinkMaker, tpt_link_maker, TPT, LINK_MAKER, GObject)

/* What to make. NULL stands for the recommended event type and the right stakeholder. */
typedef struct
{
  TptCustomer *customer;
  TptStakeholder *stakeholder;
  const char *email;       /* one of the stakeholder's; NULL: the first of them */
  TptEventType *event_type;
  TptLinkKind kind;
  int cadence_days;        /* how often the customer's tier is to be met; 0: not known */
  const char *origin;      /* "customer-page", "shortcut", "palette", "dashboard", "cli", … */
} TptLinkRequest;

TptLinkMaker *tpt_link_maker_new         (TptConnection         *connection,
                                          TptApiClient          *client,
                                          TptStore              *store,
                                          TptEngine             *engine);
void          tpt_link_maker_make_async  (TptLinkMaker          *self,
                                          const TptLinkRequest  *request,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);
TptLink      *tpt_link_maker_make_finish (TptLinkMaker          *self,
                                          GAsyncResult          *result,
                                          GError               **error);

G_END_DECLS
