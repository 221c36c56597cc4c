/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"

G_BEGIN_DECLS

/* A short story as the service would tell it: bookings, cancellations, reschedules, no-show marks,
 * one fact (a TptMeeting with the invitee that it is about) per step. */
GPtrArray *tpt_fact_world_make    (GRand      *rand,
                                   guint       steps);
void       tpt_fact_world_shuffle (GRand      *rand,
                                   GPtrArray  *facts);
void       tpt_fact_world_dump    (GString    *out,
                                   TptMeeting *meeting);
void       tpt_fact_world_dump_invitee (GString    *out,
                                        TptInvitee *invitee);
TptInvitee *tpt_fact_world_make_invitee (GRand *rand);
TptMeeting *tpt_fact_world_make_meeting (GRand *rand);

G_END_DECLS
