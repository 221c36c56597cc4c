/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-pager.h"
#include "tpt-meeting.h"
#include "tpt-time-range.h"

G_BEGIN_DECLS

/**
 * TptScheduledEventFilter:
 * @user: (nullable): URI; its own events, those of past organisations included
 * @organization: (nullable): URI; with it alone the events of everybody, which takes an admin
 * @status: (nullable): "active" or "canceled"; both where %NULL
 * @range: of starts
 * @newest_first: from the latest start to the earliest, instead of the other way
 */
typedef struct
{
  const char *user;
  const char *organization;
  const char *status;
  TptTimeRange range;
  gboolean newest_first;
} TptScheduledEventFilter;

TptApiPager *tpt_scheduled_event_client_list       (TptApiClient                   *client,
                                                    const TptScheduledEventFilter  *filter);
void         tpt_scheduled_event_client_get_async  (TptApiClient                   *client,
                                                    const char                     *uri,
                                                    GCancellable                   *cancellable,
                                                    GAsyncReadyCallback             callback,
                                                    gpointer                        user_data);
TptMeeting  *tpt_scheduled_event_client_get_finish (TptApiClient                   *client,
                                                    GAsyncResult                   *result,
                                                    GError                        **error);

G_END_DECLS
