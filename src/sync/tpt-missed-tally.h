/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"
#include "tpt-store.h"
#include "tpt-time-range.h"

G_BEGIN_DECLS

/* Bookings and cancellations that a sync found although the relay should have told of them: how
 * many of the last days' webhooks never came. */

/* "2026-11-20 3;2026-11-21 1": days of UTC and what was found on them, oldest first. */
#define TPT_SETTING_MISSED "relay.missed"

/* As long as a day is remembered, and counts. */
#define TPT_MISSED_DAYS 30

guint    tpt_missed_tally_find (TptMeeting          *stored,
                                TptMeeting          *fact,
                                const TptTimeRange  *told,
                                GHashTable          *missed);
gboolean tpt_missed_tally_add  (TptSession          *session,
                                guint                count,
                                GError             **error);
gboolean tpt_missed_tally_read (TptSession          *session,
                                gpointer             total,
                                GError             **error);

G_END_DECLS
