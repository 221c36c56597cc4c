/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-collection.h"
#include "tpt-engine.h"

G_BEGIN_DECLS

/* When everything near was last looked at. */
#define TPT_SETTING_LAST_SYNC "sync.last-at"

#define TPT_TYPE_SYNC_RUN (tpt_sync_run_get_type ())

/* One sync from its plan to its report. */
G_DECLARE_FINAL_TYPE (TptSyncRun, tpt_sync_run, TPT, SYNC_RUN, GObject)

/* What a run works with. */
typedef struct
{
  TptStore *store;
  TptApiClient *client;
  TptCollection *event_types;
  TptCollection *events;
  TptCollection *unlisted;
} TptSyncParts;

TptSyncRun    *tpt_sync_run_new           (const TptSyncParts    *parts,
                                           TptUser               *account,
                                           const TptSyncOptions  *options,
                                           gboolean               is_routine,
                                           TptPullProgressFunc    progress,
                                           gpointer               progress_data);
void           tpt_sync_run_set_live_since (TptSyncRun           *self,
                                            TptTime               live_since);
void           tpt_sync_run_async         (TptSyncRun            *self,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
TptSyncReport *tpt_sync_run_finish        (TptSyncRun            *self,
                                           GAsyncResult          *result,
                                           GError               **error);
TptTime        tpt_sync_run_get_last_sync (TptSyncRun            *self);

G_END_DECLS
