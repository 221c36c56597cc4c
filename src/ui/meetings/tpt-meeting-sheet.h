/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"

G_BEGIN_DECLS

/* A line of a meeting's details. */
typedef struct
{
  char *title;
  char *text;              /* as it may be shown: see tpt-literal.h */
} TptMeetingFact;

GPtrArray *tpt_meeting_sheet_make    (TptMeeting      *meeting,
                                      GTimeZone       *zone,
                                      TptTime          now);
char      *tpt_meeting_sheet_to_text (TptMeeting      *meeting,
                                      const GPtrArray *facts);
char      *tpt_meeting_sheet_who     (TptMeeting      *meeting,
                                      gint64           customer);
char      *tpt_meeting_sheet_hosts   (TptMeeting      *meeting);

G_END_DECLS
