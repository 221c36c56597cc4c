/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-meeting.h"

G_BEGIN_DECLS

/* How long the service may take to answer. */
#define TPT_LISTENER_FETCH_MS (10 * 1000)

/* One booking and its event as the service knows them now, for a webhook that is not believed. */

void        tpt_listener_fetch_async  (TptApiClient         *client,
                                       TptInvitee           *told,
                                       TptMeeting           *meeting,
                                       TptTime               seen_at,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
TptMeeting *tpt_listener_fetch_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
