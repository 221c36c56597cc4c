/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-listener-error.h"
#include "tpt-relay-message.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_CLIENT (tpt_listener_client_get_type ())

/* The relay's short requests. Every error is of %TPT_LISTENER_ERROR. */
G_DECLARE_FINAL_TYPE (TptListenerClient, tpt_listener_client, TPT, LISTENER_CLIENT, GObject)

TptListenerClient *tpt_listener_client_new          (void);
char              *tpt_listener_client_check_url    (const char                      *text,
                                                     GError                         **error);
void               tpt_listener_client_enrol_async  (TptListenerClient               *self,
                                                     const char                      *url,
                                                     const TptRelayEnrolmentRequest  *request,
                                                     GCancellable                    *cancellable,
                                                     GAsyncReadyCallback              callback,
                                                     gpointer                         user_data);
TptRelayEnrolment *tpt_listener_client_enrol_finish (TptListenerClient               *self,
                                                     GAsyncResult                    *result,
                                                     GError                         **error);
void               tpt_listener_client_call_async   (TptListenerClient               *self,
                                                     const char                      *method,
                                                     const char                      *url,
                                                     const char                      *path,
                                                     const char                      *token,
                                                     const char                      *body,
                                                     GCancellable                    *cancellable,
                                                     GAsyncReadyCallback              callback,
                                                     gpointer                         user_data);
gboolean           tpt_listener_client_call_finish  (TptListenerClient               *self,
                                                     GAsyncResult                    *result,
                                                     GError                         **error);

G_END_DECLS
