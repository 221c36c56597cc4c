/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-meeting.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_DAY_ROW (tpt_day_row_get_type ())

/* One meeting of a day on the dashboard. */
G_DECLARE_FINAL_TYPE (TptDayRow, tpt_day_row, TPT, DAY_ROW, GtkListBoxRow)

GtkWidget *tpt_day_row_new     (TptMeeting   *meeting,
                                TptWorkspace *workspace);
void       tpt_day_row_refresh (TptDayRow    *self,
                                TptTime       now);

G_END_DECLS
