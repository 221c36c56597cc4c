/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-page.h"
#include "tpt-webhook-subscription.h"

G_BEGIN_DECLS

/**
 * TptWebhookRequest:
 * @url: https; where to send
 * @events: (array zero-terminated=1): "invitee.created", …
 * @organization: URI
 * @user: (nullable): URI; with it the subscription is for this user's events, else for the
 *   organisation's
 * @signing_key: (nullable): what to sign with; a subscription of an OAuth app is signed with the
 *   app's key without it
 */
typedef struct
{
  const char *url;
  const char *const *events;
  const char *organization;
  const char *user;
  const char *signing_key;
} TptWebhookRequest;

void                    tpt_webhook_client_create_async  (TptApiClient             *client,
                                                          const TptWebhookRequest  *wanted,
                                                          GCancellable             *cancellable,
                                                          GAsyncReadyCallback       callback,
                                                          gpointer                  user_data);
TptWebhookSubscription *tpt_webhook_client_create_finish (TptApiClient             *client,
                                                          GAsyncResult             *result,
                                                          GError                  **error);
void                    tpt_webhook_client_get_async     (TptApiClient             *client,
                                                          const char               *uri,
                                                          GCancellable             *cancellable,
                                                          GAsyncReadyCallback       callback,
                                                          gpointer                  user_data);
TptWebhookSubscription *tpt_webhook_client_get_finish    (TptApiClient             *client,
                                                          GAsyncResult             *result,
                                                          GError                  **error);
void                    tpt_webhook_client_list_async    (TptApiClient             *client,
                                                          const char               *organization,
                                                          const char               *user,
                                                          GCancellable             *cancellable,
                                                          GAsyncReadyCallback       callback,
                                                          gpointer                  user_data);
TptPage                *tpt_webhook_client_list_finish   (TptApiClient             *client,
                                                          GAsyncResult             *result,
                                                          GError                  **error);
void                    tpt_webhook_client_delete_async  (TptApiClient             *client,
                                                          const char               *uri,
                                                          GCancellable             *cancellable,
                                                          GAsyncReadyCallback       callback,
                                                          gpointer                  user_data);
gboolean                tpt_webhook_client_delete_finish (TptApiClient             *client,
                                                          GAsyncResult             *result,
                                                          GError                  **error);

G_END_DECLS
