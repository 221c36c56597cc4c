/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-session.h"

G_BEGIN_DECLS

/* Bookings that were made of one another. A chain has two or three, seldom more: it is walked by
 * the row, which costs a tenth of what a recursive statement and its tables do. */

gboolean tpt_booking_chain_list          (TptSession  *session,
                                          const char  *uri,
                                          GArray     **rows,
                                          GError     **error);
gboolean tpt_booking_chain_list_alike    (TptSession  *session,
                                          gint64       row,
                                          GArray     **rows,
                                          GError     **error);
gboolean tpt_booking_chain_count         (TptSession  *session,
                                          gint64       row,
                                          guint       *before,
                                          GError     **error);
gboolean tpt_booking_chain_is_chosen     (TptSession  *session,
                                          const char  *uri,
                                          gboolean    *chosen,
                                          GError     **error);
gboolean tpt_booking_chain_find_previous (TptSession  *session,
                                          TptInvitee  *invitee,
                                          gint64      *row,
                                          GError     **error);
gboolean tpt_booking_chain_join          (TptSession  *session,
                                          TptInvitee  *invitee,
                                          GError     **error);
gboolean tpt_booking_chain_mark          (TptSession  *session,
                                          const char  *uri,
                                          GError     **error);

G_END_DECLS
