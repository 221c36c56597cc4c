/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-sync-run.h"

G_BEGIN_DECLS

#define TPT_TYPE_SYNC_LANE (tpt_sync_lane_get_type ())

/**
 * TptSyncLane:
 *
 * One sync at a time; the others wait for their turn. One that is called off while it waits ends at
 * once.
 *
 * Signal `moved`: it has become busy or idle, or has come further.
 * Signal `ended` (GError *error, %NULL where it went well): a sync has ended, and is going to be
 * answered.
 */
G_DECLARE_FINAL_TYPE (TptSyncLane, tpt_sync_lane, TPT, SYNC_LANE, GObject)

TptSyncLane           *tpt_sync_lane_new           (TptConnection         *connection,
                                                    const TptSyncParts    *parts);
void                   tpt_sync_lane_push          (TptSyncLane           *self,
                                                    GTask                 *task,
                                                    const TptSyncOptions  *options,
                                                    gboolean               is_routine);
void                   tpt_sync_lane_set_relay_live (TptSyncLane          *self,
                                                     gboolean              is_live);
gboolean               tpt_sync_lane_is_busy       (TptSyncLane           *self);
const TptSyncProgress *tpt_sync_lane_get_progress  (TptSyncLane           *self,
                                                    GCancellable          *wish);
TptTime                tpt_sync_lane_get_last_sync (TptSyncLane           *self);
GError                *tpt_sync_lane_new_unknown_account (void);

G_END_DECLS
