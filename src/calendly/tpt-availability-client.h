/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-pager.h"
#include "tpt-time-range.h"

G_BEGIN_DECLS

TptApiPager *tpt_availability_client_list_schedules    (TptApiClient         *client,
                                                        const char           *user);
void         tpt_availability_client_list_busy_async   (TptApiClient         *client,
                                                        const char           *user,
                                                        const TptTimeRange   *range,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
TptPage     *tpt_availability_client_list_busy_finish  (TptApiClient         *client,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void         tpt_availability_client_list_slots_async  (TptApiClient         *client,
                                                        const char           *event_type,
                                                        const TptTimeRange   *range,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
TptPage     *tpt_availability_client_list_slots_finish (TptApiClient         *client,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
