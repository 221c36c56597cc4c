/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invitee.h"

G_BEGIN_DECLS

#define TPT_TYPE_MEETING (tpt_meeting_get_type ())

G_DECLARE_FINAL_TYPE (TptMeeting, tpt_meeting, TPT, MEETING, GObject)

typedef struct
{
  char *uri;               /* of the user */
  char *name;
  char *email;
} TptHost;

/* The way by which a record came here. */
typedef enum
{
  TPT_SOURCE_POLL,
  TPT_SOURCE_WEBHOOK,
  TPT_SOURCE_OWN,
} TptSource;

/* One event in the calendar with everybody who booked it. Filled by who makes it, read-only from
 * then on. Strings may be NULL. */
struct _TptMeeting
{
  GObject parent_instance;

  gint64 id;               /* row, 0 before it was stored */
  char *uri;
  char *name;
  char *event_type;        /* URI */
  TptTime start;
  TptTime end;
  char *location_type;     /* "zoom", "physical", … */
  char *location;          /* address, phone number, free text */
  char *location_status;
  char *join_url;
  char *notes_plain;       /* the event's meeting notes */
  char *notes_html;
  char *booking_method;
  TptTime created_at;
  TptTime updated_at;
  TptTime canceled_at;
  char *cancel_reason;
  char *canceled_by;
  TptCanceler canceler;
  guint canceled : 1;
  int invitees_total;
  int invitees_active;
  int invitees_limit;
  GPtrArray *hosts;        /* (element-type TptHost) */
  GStrv guests;            /* e-mails, never NULL once made by tpt_meeting_new () */
  GPtrArray *invitees;     /* (element-type TptInvitee), those known here, oldest first */
  TptTime first_synced_at;
  TptTime last_synced_at;
  TptSource source;        /* of the last change */
};

TptMeeting *tpt_meeting_new         (void);
void        tpt_meeting_add_host    (TptMeeting *self,
                                     const char *uri,
                                     const char *name,
                                     const char *email);
const char *tpt_meeting_get_title   (TptMeeting *self);
TptOutcome  tpt_meeting_get_outcome (TptMeeting *self,
                                     TptTime     now);
TptOutcome  tpt_meeting_get_outcome_for (TptMeeting *self,
                                         gint64      customer,
                                         TptTime     now);
TptInvitee *tpt_meeting_get_invitee (TptMeeting *self,
                                     gint64      customer);
gboolean    tpt_meeting_is_with     (TptMeeting *self,
                                     TptInvitee *invitee);
gboolean    tpt_meeting_is_superseded (TptMeeting *self);
const char *tpt_source_to_string    (TptSource   source);

G_END_DECLS
