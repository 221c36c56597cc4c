/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"
#include "tpt-event-type.h"

G_BEGIN_DECLS

/* What the advice depends on. Times are TPT_TIME_NONE where it never happened. */
typedef struct
{
  TptTime now;
  GTimeZone *zone;            /* whose dates the days are counted by */
  TptTime last_held_at;
  TptTime last_qbr_at;        /* end of the last meeting of the category "qbr" that was held */
  TptTime next_meeting_at;
  int cadence_days;           /* 0: the customer's, else 30 */
  gint64 last_stakeholder;    /* row of the stakeholder met last, 0 none */
  const char *event_type;     /* URI of the default event type, or NULL */
} TptRecommendContext;

typedef struct
{
  TptEventType *event_type;   /* borrowed from the list; NULL when nothing can be booked */
  char *reason;               /* a sentence */
} TptRecommendation;

TptRecommendation *tpt_recommend_event_type  (TptCustomer               *customer,
                                              const TptRecommendContext *context,
                                              const GPtrArray           *event_types);
void               tpt_recommendation_free   (TptRecommendation         *self);
TptStakeholder    *tpt_recommend_stakeholder (TptCustomer               *customer,
                                              const TptRecommendContext *context);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRecommendation, tpt_recommendation_free)

G_END_DECLS
