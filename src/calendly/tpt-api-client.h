/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-error.h"
#include "tpt-api-timer.h"
#include "tpt-json-tree.h"
#include "tpt-token-source.h"

G_BEGIN_DECLS

#define TPT_TYPE_API_CLIENT (tpt_api_client_get_type ())

/**
 * TptApiClient:
 *
 * Sends requests to Calendly's API and knows nothing of what they mean: connections, tokens,
 * limits, retries, and the way
 * from bytes to JSON.
 */
G_DECLARE_FINAL_TYPE (TptApiClient, tpt_api_client, TPT, API_CLIENT, GObject)

TptApiClient *tpt_api_client_new          (const char           *base_url,
                                           TptTokenSource       *tokens);
void          tpt_api_client_set_timer    (TptApiClient         *self,
                                           const TptApiTimer    *timer);
void          tpt_api_client_set_trust    (TptApiClient         *self,
                                           GTlsDatabase         *trust);
void          tpt_api_client_set_deadline (TptApiClient         *self,
                                           guint                 milliseconds);
guint         tpt_api_client_get_requests (TptApiClient         *self);
guint         tpt_api_client_get_retries  (TptApiClient         *self);
void          tpt_api_client_send_async   (TptApiClient         *self,
                                           const char           *method,
                                           const char           *path,
                                           const char           *query,
                                           JsonNode             *body,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
TptJsonTree  *tpt_api_client_send_finish  (TptApiClient         *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
