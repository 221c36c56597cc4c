/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-listener-client.h"
#include "tpt-listener-memory.h"
#include "tpt-relay-listener.h"

G_BEGIN_DECLS

/* The end of an enrolment: at relay and service with the best effort, here for certain. */

void     tpt_listener_goodbye_async  (TptListenerClient        *client,
                                      TptApiClient             *api,
                                      TptStore                 *store,
                                      TptTokenStore            *secrets,
                                      TptUser                  *account,
                                      const TptListenerSecret  *secret,
                                      const char               *webhook,
                                      TptListenerHeard         *heard,
                                      GCancellable             *cancellable,
                                      GAsyncReadyCallback       callback,
                                      gpointer                  user_data);
gboolean tpt_listener_goodbye_finish (GAsyncResult             *result,
                                      GError                  **error);

G_END_DECLS
