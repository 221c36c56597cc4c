/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-connection.h"

G_BEGIN_DECLS

/* When it was last asked whose account it is. */
#define TPT_SETTING_CHECKED_AT "account.checked-at"

/* Makes sure that the sign-in still is of the account and the organisation whose record is here. */

void     tpt_account_verify_async  (TptConnection        *connection,
                                    TptApiClient         *client,
                                    gboolean              now,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean tpt_account_verify_finish (TptConnection        *connection,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
