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

/* Where the near days begin or end: between two seconds, since nothing starts there. So no meeting
 * is on both sides or on neither, whatever the service means by "until". */
static TptTime
get_edge (TptTime now,
          TptTime distance)
{
  TptTime edge = now + distance;

  return edge - edge % TPT_SECOND + TPT_SECOND / 2;
}

/* Where the past begins: with a whole day, wherever on earth it began. Else what is 24 months old
 * would be here or not by the hour at which somebody signed in. */
static TptTime
get_oldest (TptTime now)
{
  TptTime oldest = now - HISTORY;

  return oldest - oldest % TPT_DAY - TPT_DAY;
}

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
 * back and all ahead once a day, and 30 days back and 90 ahead in between. Everything begins with
 * the near days, since they are what somebody who has just signed in looks for; what follows is up
 * to tpt_sync_plan_go_on ().
 */
TptSyncPlan
tpt_sync_plan_make (const TptSyncHistory *history,
                    gboolean              full)
{
  TptTime now = history->now;
  TptSyncPlan plan = { { get_edge (now, -NEAR_BEFORE), get_edge (now, NEAR_AFTER) },
                       get_edge (now, -NEAR_BEFORE), TPT_SWEEP_NEAR };

  if (full || history->full_at == TPT_TIME_NONE || now - history->full_at >= FULL_EVERY
      || history->full_at > now)
    plan.kind = TPT_SWEEP_FULL;

  return plan;
}

static gboolean
was_cut_off (const TptSyncHistory *history)
{
  return history->reached_at <= history->now && history->now - history->reached_at < FULL_EVERY;
}

/**
 * tpt_sync_plan_get_begin:
 *
 * Returns: as of when a sweep of everything is true: of one that was cut off, what it had passed
 *   may have changed since it began
 */
TptTime
tpt_sync_plan_get_begin (const TptSyncHistory *history)
{
  return was_cut_off (history) ? history->reached_at : history->now;
}

/**
 * tpt_sync_plan_go_on:
 *
 * Makes @plan the next part of everything, when it has been swept. One that was cut off goes on
 * where it was.
 *
 * Returns: %FALSE where there is none
 */
gboolean
tpt_sync_plan_go_on (TptSyncPlan          *plan,
                     const TptSyncHistory *history)
{
  TptTime now = history->now;
  TptTime edge;

  if (plan->kind == TPT_SWEEP_FULL)
    {
      edge = get_edge (now, -NEAR_BEFORE);
      *plan = (TptSyncPlan) { { get_oldest (now), edge }, edge, TPT_SWEEP_PAST };
      /* What else starts at that very time may have been on the next page. */
      if (was_cut_off (history) && history->reached != TPT_TIME_NONE)
        plan->range.end = CLAMP (history->reached + TPT_SECOND, plan->range.start, edge);
      return TRUE;
    }
  if (plan->kind == TPT_SWEEP_PAST)
    {
      edge = get_edge (now, NEAR_AFTER);
      *plan = (TptSyncPlan) { { edge, TPT_TIME_NONE }, edge, TPT_SWEEP_AHEAD };
      if (was_cut_off (history) && history->reached_ahead != TPT_TIME_NONE)
        plan->range.start = MAX (history->reached_ahead, edge);
      return TRUE;
    }

  return FALSE;
}

/**
 * tpt_sync_plan_get_fraction:
 * @reached: where the sweep has come to
 *
 * Returns: how much is done, 0…1, of everything where it is a part of that. What lies behind the
 *   near days counts as nothing: it is little, and nobody knows how far ahead it goes. Where nobody
 *   knows yet where it begins, nothing is done
 */
double
tpt_sync_plan_get_fraction (const TptSyncPlan *plan,
                            TptTime            reached,
                            TptTime            now)
{
  TptTime end = plan->range.end;
  TptTime done;
  TptTime whole;

  if (plan->begin == TPT_TIME_NONE)
    return 0;
  if (plan->kind == TPT_SWEEP_FULL || plan->kind == TPT_SWEEP_PAST
      || plan->kind == TPT_SWEEP_AHEAD)
    {
      whole = HISTORY + NEAR_AFTER;
      done = reached - plan->begin;
      if (plan->kind == TPT_SWEEP_PAST)
        done = NEAR_BEFORE + NEAR_AFTER - done;
      if (plan->kind == TPT_SWEEP_AHEAD)
        done = whole;
    }
  else
    {
      whole = (end != TPT_TIME_NONE ? end : now + NEAR_AFTER) - plan->begin;
      done = reached - plan->begin;
    }

  return whole > 0 ? CLAMP ((double) done / (double) whole, 0, 1) : 0;
}

/**
 * tpt_sync_plan_make_import:
 * @range: of starts, its end not included; nothing else is looked at
 * @reached: where an import of the same range was cut off, or TPT_TIME_NONE
 */
TptSyncPlan
tpt_sync_plan_make_import (const TptTimeRange *range,
                           TptTime             reached)
{
  TptSyncPlan plan = { *range, range->start, TPT_SWEEP_IMPORT };

  /* The day after begins with its midnight, whatever the service means by "until". */
  if (range->end != TPT_TIME_NONE)
    plan.range.end = range->end - TPT_SECOND / 2;
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
