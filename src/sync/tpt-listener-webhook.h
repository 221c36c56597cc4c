/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-connection.h"
#include "tpt-listener-secret.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_WEBHOOK (tpt_listener_webhook_get_type ())

/**
 * TptListenerWebhook:
 *
 * Keeps the webhook subscription for the relay alive, and knows how it stands. Signal `changed`: it
 * has been looked at. Signal `mended`: it had been gone, so that something may have been missed.
 */
G_DECLARE_FINAL_TYPE (TptListenerWebhook, tpt_listener_webhook, TPT, LISTENER_WEBHOOK, GObject)

TptListenerWebhook *tpt_listener_webhook_new        (TptConnection           *connection,
                                                     TptApiClient            *client);
void                tpt_listener_webhook_remember   (TptListenerWebhook      *self,
                                                     const char              *uri);
void                tpt_listener_webhook_start      (TptListenerWebhook      *self,
                                                     const TptListenerSecret *secret);
void                tpt_listener_webhook_look       (TptListenerWebhook      *self);
void                tpt_listener_webhook_stop       (TptListenerWebhook      *self);
void                tpt_listener_webhook_restore_async (TptListenerWebhook      *self,
                                                        const TptListenerSecret *secret,
                                                        GCancellable            *cancellable,
                                                        GAsyncReadyCallback      callback,
                                                        gpointer                 user_data);
void                tpt_listener_webhook_check_async  (TptListenerWebhook       *self,
                                                       const TptListenerSecret  *secret,
                                                       GCancellable             *cancellable,
                                                       GAsyncReadyCallback       callback,
                                                       gpointer                  user_data);
gboolean            tpt_listener_webhook_check_finish (TptListenerWebhook       *self,
                                                       GAsyncResult             *result,
                                                       GError                  **error);
gboolean            tpt_listener_webhook_is_complete (TptListenerWebhook     *self);
const char         *tpt_listener_webhook_get_uri    (TptListenerWebhook      *self);
const char         *tpt_listener_webhook_get_status (TptListenerWebhook      *self);

G_END_DECLS
