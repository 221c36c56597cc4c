/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time-range.h"

G_BEGIN_DECLS

/* What has to be known to decide what to sweep and when. Times may be TPT_TIME_NONE: never. */
typedef struct
{
  TptTime now;
  TptTime full_at;         /* when the last sweep of everything that came to its end began */
  TptTime reached;         /* the start down to which an interrupted full sweep came … */
  TptTime reached_ahead;   /* … and the one up to which it came behind the near days */
  TptTime reached_at;      /* when that sweep began */
} TptSyncHistory;

/**
 * TptSweepKind:
 * @TPT_SWEEP_NEAR: the days around today
 * @TPT_SWEEP_FULL: the same days, as the first part of everything
 * @TPT_SWEEP_PAST: then what was before them, back to 24 months ago, newest first
 * @TPT_SWEEP_AHEAD: and then all that comes after them
 * @TPT_SWEEP_IMPORT: a range that was asked for
 */
typedef enum
{
  TPT_SWEEP_NEAR,
  TPT_SWEEP_FULL,
  TPT_SWEEP_PAST,
  TPT_SWEEP_AHEAD,
  TPT_SWEEP_IMPORT,
} TptSweepKind;

/* What a sweep covers. Where it goes on after an interruption, @range lacks what was done, and
 * @begin is still where it began; of days without a first one, nobody knows before they come. */
typedef struct
{
  TptTimeRange range;
  TptTime begin;
  TptSweepKind kind;
} TptSyncPlan;

gboolean    tpt_sync_plan_is_import    (const TptTimeRange   *range);
TptSyncPlan tpt_sync_plan_make         (const TptSyncHistory *history,
                                        gboolean              full);
TptTime     tpt_sync_plan_get_begin    (const TptSyncHistory *history);
gboolean    tpt_sync_plan_go_on        (TptSyncPlan          *plan,
                                        const TptSyncHistory *history);
double      tpt_sync_plan_get_fraction (const TptSyncPlan    *plan,
                                        TptTime               reached,
                                        TptTime               now);
TptSyncPlan tpt_sync_plan_make_import  (const TptTimeRange   *range,
                                        TptTime               reached);
TptTime     tpt_sync_plan_get_pause    (gboolean              relay_is_live,
                                        guint                 failures,
                                        double                random);

G_END_DECLS
