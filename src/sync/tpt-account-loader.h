/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-grant.h"
#include "tpt-store.h"
#include "tpt-token-refresh.h"

G_BEGIN_DECLS

/* What the keyring and the store know of the account. Where the store has lost it, the service is
 * asked once more whose the sign-in is. */

void     tpt_account_loader_run_async  (TptStore             *store,
                                        TptTokenRefresh      *tokens,
                                        const char           *api_url,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean tpt_account_loader_run_finish (GAsyncResult         *result,
                                        TptGrant            **grant,
                                        TptUser             **account,
                                        char                **refused,
                                        GError              **error);

G_END_DECLS
