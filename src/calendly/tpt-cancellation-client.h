/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"

G_BEGIN_DECLS

void     tpt_cancellation_client_create_async  (TptApiClient         *client,
                                                const char           *event,
                                                const char           *reason,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean tpt_cancellation_client_create_finish (TptApiClient         *client,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
