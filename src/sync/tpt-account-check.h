/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-user.h"

G_BEGIN_DECLS

/* Whose account it is that a client speaks for, with role and plan where it may know them. */

void     tpt_account_check_async  (TptApiClient         *client,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
TptUser *tpt_account_check_finish (TptApiClient         *client,
                                   GAsyncResult         *result,
                                   GError              **error);
gboolean tpt_account_check_is_refusal (const GError     *error);

G_END_DECLS
