/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invitee.h"
#include "tpt-link.h"

G_BEGIN_DECLS

/* Where a link stands. The strings are borrowed from the link or from the bookings. */
typedef struct
{
  TptLinkState state;
  TptAttribution attribution;
  TptTime booked_at;       /* first booking */
  const char *invitee;     /* URI of the newest booking */
  const char *meeting;     /* URI of its event */
} TptLinkProgress;

gboolean tpt_attribution_follow (TptLink         *link,
                                 const GPtrArray *invitees,
                                 TptLinkProgress *progress);
gboolean tpt_attribution_infers (TptLink         *link,
                                 TptInvitee      *invitee,
                                 const char      *event_type);

G_END_DECLS
