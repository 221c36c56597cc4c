/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"

G_BEGIN_DECLS

/**
 * TptBookingStory:
 * @facts: (element-type TptMeeting): what was heard of it while it went on, each with the invitees
 *   that it tells of, stamped with its source and time: webhooks (some lost), polls, own actions
 * @ending: (element-type TptMeeting): every event, polled once more when all is over
 *
 * Bookings of single and group events, cancellations by either side, chains of up to
 * %TPT_BOOKING_STORY_MAX_CHAIN reschedules, no-show marks that come and go.
 */
typedef struct
{
  GPtrArray *facts;
  GPtrArray *ending;
} TptBookingStory;

#define TPT_BOOKING_STORY_START     ((TptTime) 1790000000 * TPT_SECOND)
#define TPT_BOOKING_STORY_MAX_CHAIN 5

TptBookingStory *tpt_booking_story_new  (GRand           *rand,
                                         guint            steps);
void             tpt_booking_story_free (TptBookingStory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBookingStory, tpt_booking_story_free)

G_END_DECLS
