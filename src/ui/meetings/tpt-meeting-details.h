/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-meeting.h"

G_BEGIN_DECLS

GtkWidget *tpt_meeting_details_new (TptMeeting *meeting,
                                    GTimeZone  *zone,
                                    TptTime     now,
                                    GtkWidget  *button);

G_END_DECLS
