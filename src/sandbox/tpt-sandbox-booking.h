/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

G_BEGIN_DECLS

/* What somebody asks for on a booking page, through the API or through the control routes. Texts
 * are copied. */
typedef struct
{
  TptSandboxEventType *event_type;
  TptSandboxLink *link;
  gint64 start;
  const char *name;
  const char *first_name;
  const char *last_name;
  const char *email;
  const char *timezone;
  const char *phone;
  const char *guests;
  const char *location_kind;
  const char *location;
  const char *utm[TPT_SANDBOX_UTM];
  const char *method;
  JsonArray *answers;
  TptSandboxUser *scheduled_by;
} TptSandboxOrder;

TptSandboxInvitee *tpt_sandbox_booking_book           (TptSandboxContext     *context,
                                                       const TptSandboxOrder *order);
void               tpt_sandbox_booking_cancel_event   (TptSandboxContext     *context,
                                                       TptSandboxEvent       *event,
                                                       const char            *by,
                                                       const char            *reason);
void               tpt_sandbox_booking_cancel_invitee (TptSandboxContext     *context,
                                                       TptSandboxInvitee     *invitee,
                                                       const char            *reason);
TptSandboxInvitee *tpt_sandbox_booking_reschedule     (TptSandboxContext     *context,
                                                       TptSandboxInvitee     *invitee,
                                                       gint64                 start,
                                                       const char            *reason);
void               tpt_sandbox_booking_no_show        (TptSandboxContext     *context,
                                                       TptSandboxInvitee     *invitee);
void               tpt_sandbox_booking_undo_no_show   (TptSandboxContext     *context,
                                                       TptSandboxInvitee     *invitee);

G_END_DECLS
