/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-apply.h"
#include "tpt-listener-delivery.h"
#include "tpt-organization-view.h"

G_BEGIN_DECLS

#define TPT_SETTING_CURSOR "relay.cursor"
#define TPT_SETTING_LAST_EVENT "relay.last-event-at"

/* What a batch is taken in with; the fields are borrowed. */
typedef struct
{
  TptStore *store;
  TptApply *apply;
  TptApiClient *client;
  TptOrganizationView *view;
  guint8 secret_key[TPT_RELAY_KEY_SIZE];
} TptListenerDesk;

/* What became of a batch; only of those that are in the record. */
typedef struct
{
  guint tests;
  guint set_aside;
} TptListenerTally;

void     tpt_listener_batch_run_async  (const TptListenerDesk *desk,
                                        GPtrArray             *deliveries,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data);
gboolean tpt_listener_batch_run_finish (GAsyncResult          *result,
                                        TptListenerTally      *tally,
                                        GError               **error);

G_END_DECLS
