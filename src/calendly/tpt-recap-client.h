/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-pager.h"
#include "tpt-recap.h"

G_BEGIN_DECLS

TptApiPager *tpt_recap_client_list       (TptApiClient         *client,
                                          const char           *event,
                                          const TptTimeRange   *range);
void         tpt_recap_client_get_async  (TptApiClient         *client,
                                          const char           *uri,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
TptRecap    *tpt_recap_client_get_finish (TptApiClient         *client,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
