/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-event-type.h"
#include "tpt-page.h"

G_BEGIN_DECLS

void          tpt_event_type_client_list_async  (TptApiClient         *client,
                                                 const char           *user,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
TptPage      *tpt_event_type_client_list_finish (TptApiClient         *client,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          tpt_event_type_client_get_async   (TptApiClient         *client,
                                                 const char           *uri,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
TptEventType *tpt_event_type_client_get_finish  (TptApiClient         *client,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
