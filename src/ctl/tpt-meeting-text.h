/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-directory.h"
#include "tpt-invocation.h"

G_BEGIN_DECLS

void tpt_meetings_print (TptInvocation   *invocation,
                         const GPtrArray *meetings,
                         TptDirectory    *directory);
void tpt_meeting_print  (TptInvocation   *invocation,
                         TptMeeting      *meeting,
                         const GPtrArray *history,
                         TptDirectory    *directory);

G_END_DECLS
