/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-apply.h"
#include "tpt-connection.h"
#include "tpt-history-import.h"
#include "tpt-pulse-timer.h"
#include "tpt-sync-report.h"
#include "tpt-time-range.h"

G_BEGIN_DECLS

/* Who shows what an engine does need not know how it asks. */
typedef struct _TptApiClient TptApiClient;

typedef enum
{
  TPT_ENGINE_IDLE,
  TPT_ENGINE_SYNCING,
  TPT_ENGINE_OFFLINE,
} TptEngineState;

typedef struct
{
  gboolean full;
  TptTimeRange range;      /* where set, this range of starts and nothing else */
} TptSyncOptions;

#define TPT_TYPE_ENGINE (tpt_engine_get_type ())

/**
 * TptEngine:
 *
 * Keeps the local record true: pulls on request and on its own (at start, every 45 s without a
 * relay, every 15 minutes with one, after a reconnection). Properties `state` (int,
 * TptEngineState), `last-sync-at` (int64), `progress` (double 0…1, or -1 while nothing is known)
 * notify. Imports of history run beside it. Signal `moved`: a sync or an import has come further.
 */
G_DECLARE_FINAL_TYPE (TptEngine, tpt_engine, TPT, ENGINE, GObject)

gboolean        tpt_engine_read_last_sync             (TptSession            *session,
                                                       gpointer               time,
                                                       GError               **error);
TptEngine      *tpt_engine_new                        (TptConnection         *connection,
                                                       TptApiClient          *client,
                                                       TptStore              *store,
                                                       TptApply              *apply,
                                                       TptTime                last_sync);
void            tpt_engine_set_relay_live             (TptEngine             *self,
                                                       gboolean               is_live);
void            tpt_engine_wake                       (TptEngine             *self);
void            tpt_engine_set_timer                  (TptEngine             *self,
                                                       const TptPulseTimer   *timer);
TptEngineState  tpt_engine_get_state                  (TptEngine             *self);
TptTime         tpt_engine_get_last_sync              (TptEngine             *self);
const char     *tpt_engine_get_message                (TptEngine             *self);
const TptSyncProgress *tpt_engine_get_progress        (TptEngine             *self,
                                                       GCancellable          *wish);
TptHistoryImport *tpt_engine_get_history              (TptEngine             *self);
void            tpt_engine_start                      (TptEngine             *self);
void            tpt_engine_stop                       (TptEngine             *self);
void            tpt_engine_sync_async                 (TptEngine             *self,
                                                       const TptSyncOptions  *options,
                                                       GCancellable          *cancellable,
                                                       GAsyncReadyCallback    callback,
                                                       gpointer               user_data);
TptSyncReport  *tpt_engine_sync_finish                (TptEngine             *self,
                                                       GAsyncResult          *result,
                                                       GError               **error);
void            tpt_engine_refresh_event_types_async  (TptEngine             *self,
                                                       GCancellable          *cancellable,
                                                       GAsyncReadyCallback    callback,
                                                       gpointer               user_data);
gboolean        tpt_engine_refresh_event_types_finish (TptEngine             *self,
                                                       GAsyncResult          *result,
                                                       GError               **error);

G_END_DECLS
