/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-user.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_SUBSCRIPTION (tpt_listener_subscription_get_type ())

/* The webhook subscription that makes the service tell the relay: made where there is none, made
 * anew where it was disabled, and one of it only. */
G_DECLARE_FINAL_TYPE (TptListenerSubscription, tpt_listener_subscription,
                      TPT, LISTENER_SUBSCRIPTION, GObject)

TptListenerSubscription *tpt_listener_subscription_new (TptApiClient *client);
void                     tpt_listener_subscription_heal_async (TptListenerSubscription *self,
                                                               TptUser                 *account,
                                                               const char              *url,
                                                               const char              *signing_key,
                                                               gboolean                 everyone,
                                                               const char              *previous,
                                                               GCancellable            *cancellable,
                                                               GAsyncReadyCallback      callback,
                                                               gpointer                 user_data);
char                    *tpt_listener_subscription_heal_finish (TptListenerSubscription  *self,
                                                                GAsyncResult             *result,
                                                                GError                  **error);

G_END_DECLS
