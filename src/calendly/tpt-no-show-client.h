/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"

G_BEGIN_DECLS

void     tpt_no_show_client_create_async  (TptApiClient         *client,
                                           const char           *invitee,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
char    *tpt_no_show_client_create_finish (TptApiClient         *client,
                                           GAsyncResult         *result,
                                           GError              **error);
void     tpt_no_show_client_delete_async  (TptApiClient         *client,
                                           const char           *uri,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean tpt_no_show_client_delete_finish (TptApiClient         *client,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
