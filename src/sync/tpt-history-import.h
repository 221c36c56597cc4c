/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"
#include "tpt-sync-report.h"

G_BEGIN_DECLS

/* Who shows an import need not know how it is run. */
typedef struct _TptSyncLane TptSyncLane;

/**
 * TptHistoryState:
 * @TPT_HISTORY_NONE: there is nothing to import
 * @TPT_HISTORY_RUNNING: it is under way
 * @TPT_HISTORY_WAITING: the service cannot be reached; it goes on by itself
 * @TPT_HISTORY_PAUSED: it goes on when somebody says so
 * @TPT_HISTORY_DONE: it has come to its end
 * @TPT_HISTORY_FAILED: it has stopped; the message says why
 */
typedef enum
{
  TPT_HISTORY_NONE,
  TPT_HISTORY_RUNNING,
  TPT_HISTORY_WAITING,
  TPT_HISTORY_PAUSED,
  TPT_HISTORY_DONE,
  TPT_HISTORY_FAILED,
} TptHistoryState;

#define TPT_TYPE_HISTORY_IMPORT (tpt_history_import_get_type ())

/**
 * TptHistoryImport:
 *
 * The import of a range of days that somebody asked for. How far it has come is kept in the store,
 * so that it goes on after the program was ended or killed.
 *
 * Signal `changed`: state, progress, report or message.
 */
G_DECLARE_FINAL_TYPE (TptHistoryImport, tpt_history_import, TPT, HISTORY_IMPORT, GObject)

TptHistoryImport      *tpt_history_import_new          (TptStore            *store,
                                                        TptSyncLane         *lane);
void                   tpt_history_import_load         (TptHistoryImport    *self);
void                   tpt_history_import_reset        (TptHistoryImport    *self);
void                   tpt_history_import_go_on        (TptHistoryImport    *self);
void                   tpt_history_import_suspend      (TptHistoryImport    *self);
void                   tpt_history_import_start        (TptHistoryImport    *self,
                                                        const TptTimeRange  *range);
void                   tpt_history_import_pause        (TptHistoryImport    *self);
void                   tpt_history_import_resume       (TptHistoryImport    *self);
void                   tpt_history_import_cancel       (TptHistoryImport    *self);
TptHistoryState        tpt_history_import_get_state    (TptHistoryImport    *self);
const TptTimeRange    *tpt_history_import_get_range    (TptHistoryImport    *self);
const TptSyncProgress *tpt_history_import_get_progress (TptHistoryImport    *self);
TptSyncReport         *tpt_history_import_get_report   (TptHistoryImport    *self);
const char            *tpt_history_import_get_message  (TptHistoryImport    *self);

G_END_DECLS
