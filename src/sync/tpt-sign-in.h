/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-grant.h"
#include "tpt-token-refresh.h"

G_BEGIN_DECLS

/* A new grant on its way in: whose it is, whether that is the account whose data is here, and only
 * then into the keyring and the store. */

void     tpt_sign_in_run_async  (TptConnection        *connection,
                                 TptTokenRefresh      *tokens,
                                 const char           *api_url,
                                 const TptGrant       *grant,
                                 TptOtherAccount       other,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean tpt_sign_in_run_finish (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
