/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics-chain.h"

G_BEGIN_DECLS

/* A meeting of one customer: all its chains in one event. */
typedef struct
{
  TptOutcome outcome;
  /* the one whose last booking was made first, among those that decide the outcome */
  const TptChain *chain;
  gboolean rescheduled;
} TptCustomerMeeting;

/* Everything that is counted for one customer before a figure is made of it; two of them can be
 * added up. */
typedef struct
{
  gint64 bookings;
  gint64 chains;             /* first booked in the window */
  TptTime known_since;       /* first booking */
  TptTime last_scheduled_at;
  TptTime last_held_at;
  TptTime next_meeting_at;
  gint64 ever;               /* meetings of any outcome */

  gint64 held;               /* H; from here on in the window */
  gint64 no_shows;           /* N */
  gint64 guest_no_shows;
  gint64 canceled;           /* C */
  gint64 canceled_host;
  gint64 canceled_invitee;
  gint64 canceled_late;
  gint64 canceled_invitee_late;
  gint64 meetings;           /* of any outcome */
  gint64 rescheduled;
  gint64 upcoming;           /* not only in the window */

  gint64 covered_days;       /* of the cadence's adherence */
  gint64 days;

  gint64 links;
  gint64 links_booked;

  /* (element-type gint64) days between dates with a held meeting, the last ones */
  GArray *gaps;
  GArray *lead_times;        /* (element-type gint64) microseconds */
  GArray *booking_times;     /* (element-type gint64) microseconds */
  /* (element-type gint64) every local date with a held meeting, ascending */
  GArray *held_days;
  GHashTable *emails;        /* a set of e-mail keys whose chain was held */
} TptTally;

TptTally *tpt_tally_new        (void);
void      tpt_tally_free       (TptTally              *self);
void      tpt_tally_add        (TptTally              *self,
                                TptTally              *other);
double    tpt_tally_get_median (GArray                *values);

void      tpt_tally_count_chains   (TptTally              *self,
                                    const TptMetricsInput *input,
                                    const TptChain        *chains,
                                    guint                  n_chains);
GArray   *tpt_chains_to_meetings   (const TptChain        *chains,
                                    guint                  n_chains);
void      tpt_tally_count_outcomes (TptTally              *self,
                                    const TptMetricsInput *input,
                                    const GArray          *meetings);
void      tpt_tally_count_rhythm   (TptTally              *self,
                                    const TptMetricsInput *input,
                                    const GArray          *meetings);
void      tpt_tally_count_cadence  (TptTally              *self,
                                    const TptMetricsInput *input,
                                    int                    cadence_days,
                                    TptTime                known_since);
void      tpt_tally_count_links    (TptTally              *self,
                                    const TptMetricsInput *input,
                                    gint64                 customer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptTally, tpt_tally_free)

G_END_DECLS
