/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-health.h"

#define KNOWN_FOR (30 * TPT_DAY)
#define MEETINGS_NEEDED 2

static const struct
{
  const char *name;
  int weight;
} parts[TPT_HEALTH_N_PARTS] = {
  { "recency", 35 },
  { "frequency", 25 },
  { "reliability", 25 },
  { "forward", 15 },
};

static TptFigure
defined (double value)
{
  return (TptFigure) { TRUE, value };
}

static gboolean
next_within (const TptMetrics *metrics,
             int               days)
{
  return metrics->next_meeting_at != TPT_TIME_NONE
         && metrics->next_meeting_at <= metrics->as_of + days * TPT_DAY;
}

/* Full up to the cadence, nothing from two and a half times it, a straight line between. */
static TptFigure
score_recency (const TptMetrics *metrics)
{
  double cadence = metrics->cadence_days;
  double days = metrics->days_since_last_held.value;
  double score;

  if (!metrics->days_since_last_held.defined)
    return (TptFigure) { 0 };

  score = days <= cadence ? 100.0 : MAX (0.0, 100.0 * (2.5 * cadence - days) / (1.5 * cadence));
  if (metrics->covered)
    score = MAX (score, 60.0);

  return defined (score);
}

static TptFigure
score_frequency (const TptMetrics *metrics)
{
  double wanted = (double) metrics->window_days / metrics->cadence_days;

  return defined (100.0 * MIN (1.0, (double) metrics->held / wanted));
}

/* Few meetings must not make a rate of 0 or 1: each is drawn towards one in six. */
static double
shrink (gint64 count,
        gint64 of)
{
  return ((double) count + 0.5) / ((double) of + 3.0);
}

static TptFigure
score_reliability (const TptTally *tally)
{
  gint64 came = tally->held + tally->no_shows;
  gint64 all = came + tally->canceled;
  double loss;

  if (all == 0)
    return (TptFigure) { 0 };

  loss = 1.0 * shrink (tally->guest_no_shows, came) + 0.5 * shrink (tally->canceled_invitee, all)
         + 0.25 * shrink (tally->canceled_invitee_late, all);

  return defined (100.0 - 100.0 * MIN (1.0, loss));
}

static TptFigure
score_forward (const TptMetrics *metrics)
{
  if (metrics->covered)
    return defined (100.0);

  return defined (next_within (metrics, 2 * metrics->cadence_days) ? 50.0 : 0.0);
}

static TptHealthBand
band_of (double score)
{
  if (score >= 80)
    return TPT_HEALTH_HEALTHY;
  if (score >= 60)
    return TPT_HEALTH_WATCH;

  return score >= 40 ? TPT_HEALTH_AT_RISK : TPT_HEALTH_CRITICAL;
}

/**
 * tpt_health_compute:
 * @metrics: with every other figure in place
 * @known_since: since when the customer is known
 *
 * Fills the health: the parts that are defined share the weight of those that are not. A customer
 * of less than 30 days, or with fewer than two meetings ever, has parts but no score.
 */
void
tpt_health_compute (TptMetrics     *metrics,
                    const TptTally *tally,
                    TptTime         known_since)
{
  TptHealth *health = &metrics->health;
  double sum = 0;
  int weights = 0;

  health->parts[TPT_HEALTH_RECENCY].score = score_recency (metrics);
  health->parts[TPT_HEALTH_FREQUENCY].score = score_frequency (metrics);
  health->parts[TPT_HEALTH_RELIABILITY].score = score_reliability (tally);
  health->parts[TPT_HEALTH_FORWARD].score = score_forward (metrics);
  for (int i = 0; i < TPT_HEALTH_N_PARTS; i++)
    {
      health->parts[i].name = parts[i].name;
      health->parts[i].weight = parts[i].weight;
      if (!health->parts[i].score.defined)
        continue;
      sum += parts[i].weight * health->parts[i].score.value;
      weights += parts[i].weight;
    }

  if (known_since == TPT_TIME_NONE || metrics->as_of - known_since < KNOWN_FOR
      || tally->ever < MEETINGS_NEEDED)
    return;
  health->score = defined (sum / weights);
  health->band = band_of (health->score.value);
}

void
tpt_health_clear (TptHealth *health)
{
  for (int i = 0; i < TPT_HEALTH_N_PARTS; i++)
    {
      g_clear_pointer (&health->parts[i].reason, g_free);
      g_clear_pointer (&health->parts[i].raise, g_free);
    }
}

/** tpt_health_band_to_string: "unknown", "critical", "at-risk", "watch" or "healthy" */
const char *
tpt_health_band_to_string (TptHealthBand band)
{
  switch (band)
    {
    case TPT_HEALTH_CRITICAL:
      return "critical";
    case TPT_HEALTH_AT_RISK:
      return "at-risk";
    case TPT_HEALTH_WATCH:
      return "watch";
    case TPT_HEALTH_HEALTHY:
      return "healthy";
    case TPT_HEALTH_UNKNOWN:
    default:
      return "unknown";
    }
}
