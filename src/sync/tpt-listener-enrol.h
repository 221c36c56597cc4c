/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-listener-client.h"
#include "tpt-listener-secret.h"
#include "tpt-token-store.h"

G_BEGIN_DECLS

/* Makes this device known to a relay, and keeps what that gave in the keyring. */

void               tpt_listener_enrol_async       (TptListenerClient        *client,
                                                   TptConnection            *connection,
                                                   TptTokenStore            *secrets,
                                                   const char               *url,
                                                   const char               *code,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
TptListenerSecret *tpt_listener_enrol_finish      (GAsyncResult             *result,
                                                   GError                  **error);
void               tpt_listener_enrol_test_async  (TptListenerClient        *client,
                                                   const TptListenerSecret  *secret,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean           tpt_listener_enrol_test_finish (GAsyncResult             *result,
                                                   GError                  **error);

G_END_DECLS
