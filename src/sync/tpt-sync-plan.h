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

/* What a sweep covers. */
typedef struct
{
  TptTimeRange range;
  gboolean full;           /* when it ends, everything has been swept */
} TptSyncPlan;

TptSyncPlan tpt_sync_plan_make      (const TptSyncHistory *history,
                                     gboolean              full,
                                     const TptTimeRange   *range);
TptTime     tpt_sync_plan_get_pause (gboolean              relay_is_live,
                                     guint                 failures,
                                     double                random);

G_END_DECLS
