/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What is not there is no error: the result is then NULL. */

gboolean tpt_meetings_table_find       (TptSession             *session,
                                        const char             *uri,
                                        TptMeeting            **meeting,
                                        GError                **error);
gboolean tpt_meetings_table_find_row   (TptSession             *session,
                                        const char             *uri,
                                        gint64                 *row,
                                        GError                **error);
gboolean tpt_meetings_table_load       (TptSession             *session,
                                        gint64                  row,
                                        TptMeeting            **meeting,
                                        GError                **error);
gboolean tpt_meetings_table_list       (TptSession             *session,
                                        const TptMeetingQuery  *query,
                                        GPtrArray             **meetings,
                                        GError                **error);
gboolean tpt_meetings_table_count      (TptSession             *session,
                                        gint64                 *count,
                                        GError                **error);
gboolean tpt_meetings_table_save       (TptSession             *session,
                                        TptMeeting             *meeting,
                                        GError                **error);
gboolean tpt_meetings_table_save_at    (TptSession             *session,
                                        TptMeeting             *meeting,
                                        gint64                  row,
                                        GError                **error);
gboolean tpt_meetings_table_set_synced (TptSession             *session,
                                        gint64                  row,
                                        TptTime                 at,
                                        GError                **error);
gboolean tpt_meetings_table_remove     (TptSession             *session,
                                        const char             *uri,
                                        GError                **error);

G_END_DECLS
