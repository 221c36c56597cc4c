/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-meeting.h"

G_BEGIN_DECLS

TptMeeting *tpt_scheduled_event_parse (const TptJsonValue  *object,
                                       GError             **error);

G_END_DECLS
