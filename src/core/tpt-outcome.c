/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-outcome.h"

static const char *const names[] = { "upcoming", "held", "canceled", "no_show", "superseded" };

/**
 * tpt_outcome_derive:
 * @canceled: whether the service says `canceled`
 * @rescheduled: whether a later booking replaced this one
 * @no_show: who did not come
 * @end: when the event ends
 *
 * The service only knows active and canceled; the rest is told by the time and the marks. A
 * cancellation after the
 * start stays a cancellation.
 */
TptOutcome
tpt_outcome_derive (gboolean  canceled,
                    gboolean  rescheduled,
                    TptNoShow no_show,
                    TptTime   end,
                    TptTime   now)
{
  if (canceled)
    return rescheduled ? TPT_OUTCOME_SUPERSEDED : TPT_OUTCOME_CANCELED;
  if (no_show != TPT_NO_SHOW_NONE)
    return TPT_OUTCOME_NO_SHOW;

  return end < now ? TPT_OUTCOME_HELD : TPT_OUTCOME_UPCOMING;
}

static int
weight_of (TptOutcome outcome)
{
  switch (outcome)
    {
    case TPT_OUTCOME_HELD:
    case TPT_OUTCOME_UPCOMING:
      return 3;
    case TPT_OUTCOME_NO_SHOW:
      return 2;
    case TPT_OUTCOME_CANCELED:
      return 1;
    case TPT_OUTCOME_SUPERSEDED:
    default:
      return 0;
    }
}

/**
 * tpt_outcome_combine:
 *
 * the outcome of one meeting with two parties: held or upcoming if any is, else no-show, else
 * canceled
 */
TptOutcome
tpt_outcome_combine (TptOutcome first,
                     TptOutcome second)
{
  return weight_of (second) > weight_of (first) ? second : first;
}

/** tpt_outcome_to_string: the word that stands in files, in JSON and on the command line */
const char *
tpt_outcome_to_string (TptOutcome outcome)
{
  g_return_val_if_fail ((gsize) outcome < G_N_ELEMENTS (names), NULL);

  return names[outcome];
}

gboolean
tpt_outcome_from_string (const char *text,
                         TptOutcome *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (text, names[i]) == 0)
        {
          *outcome = (TptOutcome) i;
          return TRUE;
        }
    }

  return FALSE;
}

/** tpt_canceler_to_string: "host", "invitee", or %NULL */
const char *
tpt_canceler_to_string (TptCanceler canceler)
{
  switch (canceler)
    {
    case TPT_CANCELER_HOST:
      return "host";
    case TPT_CANCELER_INVITEE:
      return "invitee";
    case TPT_CANCELER_NONE:
    case TPT_CANCELER_UNLISTED:
    default:
      return NULL;
    }
}
