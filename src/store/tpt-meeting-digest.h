/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-session.h"

G_BEGIN_DECLS

gint64   tpt_meeting_digest_make (TptSession  *session,
                                  TptMeeting  *fact);
gboolean tpt_meeting_digest_find (TptSession  *session,
                                  TptMeeting  *fact,
                                  gint64      *row,
                                  gboolean    *same,
                                  GError     **error);
gboolean tpt_meeting_digest_note (TptSession  *session,
                                  gint64       row,
                                  gint64       digest,
                                  GError     **error);

G_END_DECLS
