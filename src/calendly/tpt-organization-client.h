/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-user.h"

G_BEGIN_DECLS

void  tpt_organization_client_get_plan_async  (TptApiClient         *client,
                                               const char           *organization,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
char *tpt_organization_client_get_plan_finish (TptApiClient         *client,
                                               GAsyncResult         *result,
                                               char                **name,
                                               GError              **error);
void  tpt_organization_client_get_role_async  (TptApiClient         *client,
                                               TptUser              *user,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
char *tpt_organization_client_get_role_finish (TptApiClient         *client,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
