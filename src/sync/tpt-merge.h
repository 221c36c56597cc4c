/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"

G_BEGIN_DECLS

/* Pure rules: two versions of one record → what is known by both. Merging is commutative,
 * associative and idempotent, so facts may come in any order and any number of times. */

TptInvitee *tpt_merge_invitee         (TptInvitee *a,
                                       TptInvitee *b);
gboolean    tpt_merge_invitee_is_same (TptInvitee *a,
                                       TptInvitee *b);
TptMeeting *tpt_merge_meeting         (TptMeeting *a,
                                       TptMeeting *b);
gboolean    tpt_merge_meeting_is_same (TptMeeting *a,
                                       TptMeeting *b);

G_END_DECLS
