/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"

G_BEGIN_DECLS

char *tpt_calendar_file_write    (const GPtrArray *meetings,
                                  TptTime          now,
                                  guint           *n_meetings);
char *tpt_calendar_file_get_uid  (TptMeeting      *meeting);
char *tpt_calendar_file_get_name (const char      *subject);

G_END_DECLS
