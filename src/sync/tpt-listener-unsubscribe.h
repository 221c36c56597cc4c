/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-user.h"

G_BEGIN_DECLS

/* Whoever leaves takes the own webhook subscription along, and nobody else's. */

void     tpt_listener_unsubscribe_async  (TptApiClient         *client,
                                          TptUser              *account,
                                          const char           *url,
                                          const char           *kept,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean tpt_listener_unsubscribe_finish (GAsyncResult         *result,
                                          gboolean             *deleted,
                                          GError              **error);

G_END_DECLS
