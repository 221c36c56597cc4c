/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time-range.h"

G_BEGIN_DECLS

/* What has to be known to decide what to sweep and when. Times may be TPT_TIME_NONE: never. */
typedef struct
{
  TptTime now;
  TptTime full_at;         /* when everything was last swept to its end */
  TptTime reached;         /* start time up to which an interrupted full sweep came */
  TptTime reached_at;      /* when that was */
} TptSyncHistory;

/**
 * TptSweepKind:
 * @TPT_SWEEP_NEAR: the days around today
 * @TPT_SWEEP_FULL: everything: 24 months back and all ahead
 * @TPT_SWEEP_IMPORT: a range that was asked for
 */
typedef enum
{
  TPT_SWEEP_NEAR,
  TPT_SWEEP_FULL,
  TPT_SWEEP_IMPORT,
} TptSweepKind;

/* What a sweep covers. Where it goes on after an interruption, @range begins later than @begin. */
typedef struct
{
  TptTimeRange range;
  TptTime begin;
  TptSweepKind kind;
} TptSyncPlan;

gboolean    tpt_sync_plan_is_import    (const TptTimeRange   *range);
TptSyncPlan tpt_sync_plan_make         (const TptSyncHistory *history,
                                        gboolean              full);
TptSyncPlan tpt_sync_plan_make_import  (const TptTimeRange   *range,
                                        TptTime               reached);
TptTime     tpt_sync_plan_get_pause    (gboolean              relay_is_live,
                                        guint                 failures,
                                        double                random);

G_END_DECLS
