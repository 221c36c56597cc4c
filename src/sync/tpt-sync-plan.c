/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sync-plan.h"

#define HISTORY (730 * TPT_DAY)
#define NEAR_BEFORE (30 * TPT_DAY)
#define NEAR_AFTER (90 * TPT_DAY)

/* After this long, an interrupted sweep starts anew, and everything is swept again. */
#define FULL_EVERY TPT_DAY

#define PAUSE_ALONE (45 * TPT_SECOND)
#define PAUSE_WITH_RELAY (15 * TPT_MINUTE)

/* Who comes back from a tunnel sees the bookings made meanwhile without a click. */
#define PAUSE_LONGEST (2 * TPT_MINUTE)

/* Whether @range (nullable) names days at all. */
gboolean
tpt_sync_plan_is_import (const TptTimeRange *range)
{
  return range != NULL && (range->start != TPT_TIME_NONE || range->end != TPT_TIME_NONE);
}

/**
 * tpt_sync_plan_make:
 * @full: whether everything was asked for
 *
 * The service has no "changed since": what may have changed has to be looked at. That is 24 months
 * back and all ahead once a day, and 30 days back and 90 ahead in between. A full sweep that was
 * cut off goes on where it was, but always looks at the near days again.
 */
TptSyncPlan
tpt_sync_plan_make (const TptSyncHistory *history,
                    gboolean              full)
{
  TptSyncPlan plan = { { TPT_TIME_NONE, TPT_TIME_NONE }, TPT_TIME_NONE, TPT_SWEEP_NEAR };
  TptTime now = history->now;

  full = full || history->full_at == TPT_TIME_NONE || now - history->full_at >= FULL_EVERY
         || history->full_at > now;
  plan.kind = full ? TPT_SWEEP_FULL : TPT_SWEEP_NEAR;
  plan.begin = plan.range.start = now - (full ? HISTORY : NEAR_BEFORE);
  plan.range.end = full ? TPT_TIME_NONE : now + NEAR_AFTER;
  if (full && history->reached != TPT_TIME_NONE && history->reached_at <= now
      && now - history->reached_at < FULL_EVERY)
    plan.range.start = MAX (plan.range.start, MIN (history->reached, now - NEAR_BEFORE));

  return plan;
}

/**
 * tpt_sync_plan_make_import:
 * @range: of starts; nothing else is looked at
 * @reached: where an import of the same range was cut off, or TPT_TIME_NONE
 */
TptSyncPlan
tpt_sync_plan_make_import (const TptTimeRange *range,
                           TptTime             reached)
{
  TptSyncPlan plan = { *range, range->start, TPT_SWEEP_IMPORT };

  if (reached != TPT_TIME_NONE)
    plan.range.start = MAX (range->start, reached);

  return plan;
}

/**
 * tpt_sync_plan_get_pause:
 * @failures: how many syncs in a row failed
 * @random: 0…1
 *
 * Returns: how long to wait until the next sync; after failures twice as long each time, a random
 *   part of it, so that many desktops do not come back at the same instant
 */
TptTime
tpt_sync_plan_get_pause (gboolean relay_is_live,
                         guint    failures,
                         double   random)
{
  TptTime pause = relay_is_live ? PAUSE_WITH_RELAY : PAUSE_ALONE;

  if (failures == 0)
    return pause;
  pause = MIN (PAUSE_ALONE << MIN (failures - 1, 8), PAUSE_LONGEST);

  return pause / 2 + (TptTime) ((double) (pause / 2) * random);
}
