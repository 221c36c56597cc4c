/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-auth-flow.h"
#include "tpt-redirect-method.h"

G_BEGIN_DECLS

#define TPT_TYPE_OAUTH_APP (tpt_oauth_app_get_type ())

/* The company's registration as an OAuth app, and the way through the browser with it. */
G_DECLARE_FINAL_TYPE (TptOauthApp, tpt_oauth_app, TPT, OAUTH_APP, GObject)

TptOauthApp *tpt_oauth_app_new            (const char           *auth_url,
                                           TptClock             *clock);
void         tpt_oauth_app_set_client     (TptOauthApp          *self,
                                           const char           *client_id,
                                           const char           *host,
                                           guint16               port);
void         tpt_oauth_app_set_method     (TptOauthApp          *self,
                                           TptRedirectMethod     method);
void         tpt_oauth_app_set_once       (TptOauthApp          *self,
                                           TptRedirectMethod     method);
void         tpt_oauth_app_set_relay      (TptOauthApp          *self,
                                           const char           *url,
                                           const char           *bearer);
void         tpt_oauth_app_set_reachable  (TptOauthApp          *self,
                                           gboolean              is_reachable);
char        *tpt_oauth_app_get_redirect   (TptOauthApp          *self);
gboolean     tpt_oauth_app_take_address   (TptOauthApp          *self,
                                           const char           *address);
void         tpt_oauth_app_sign_in_async  (TptOauthApp          *self,
                                           TptAuthFlowOpenFunc   open,
                                           gpointer              open_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
TptGrant    *tpt_oauth_app_sign_in_finish (TptOauthApp          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
