/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-meeting.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_MEETING_ROW (tpt_meeting_row_get_type ())

/**
 * TptMeetingRow:
 *
 * A meeting in a list: status, what, when here and there, who, Join and Reschedule; everything
 * else unfolds below. Signal `toast` (string): a sentence to show for a moment.
 */
G_DECLARE_FINAL_TYPE (TptMeetingRow, tpt_meeting_row, TPT, MEETING_ROW, GtkListBoxRow)

GtkWidget  *tpt_meeting_row_new         (TptWorkspace  *workspace,
                                         TptMeeting    *meeting,
                                         gint64         customer);
void        tpt_meeting_row_refresh     (TptMeetingRow *self);

G_END_DECLS
