/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-user.h"

G_BEGIN_DECLS

void     tpt_user_client_get_me_async     (TptApiClient         *client,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
TptUser *tpt_user_client_get_me_finish    (TptApiClient         *client,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
