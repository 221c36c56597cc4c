/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-clock.h"
#include "tpt-grant.h"
#include "tpt-token-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_TOKEN_REFRESH (tpt_token_refresh_get_type ())

/**
 * TptTokenRefresh:
 *
 * Hands out the grant with a token that can be used, and renews it in time: once, however many
 * callers, threads and processes
 * ask for it. Errors are of %TPT_ACCOUNT_ERROR; after %TPT_ACCOUNT_ERROR_INVALID_GRANT the user
 * has to sign in again.
 */
G_DECLARE_FINAL_TYPE (TptTokenRefresh, tpt_token_refresh, TPT, TOKEN_REFRESH, GObject)

TptTokenRefresh *tpt_token_refresh_new           (TptTokenStore        *store,
                                                  const char           *auth_url,
                                                  const char           *lock_path,
                                                  TptClock             *clock);
void             tpt_token_refresh_set_uptime    (TptTokenRefresh      *self,
                                                  gint64              (*uptime) (void));
void             tpt_token_refresh_get_async     (TptTokenRefresh      *self,
                                                  const char           *rejected,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
TptGrant        *tpt_token_refresh_get_finish    (TptTokenRefresh      *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
char            *tpt_token_refresh_dup_token     (TptTokenRefresh      *self);
void             tpt_token_refresh_check_async   (TptTokenRefresh      *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         tpt_token_refresh_check_finish  (TptTokenRefresh      *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void             tpt_token_refresh_read_async    (TptTokenRefresh      *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         tpt_token_refresh_read_finish   (TptTokenRefresh      *self,
                                                  GAsyncResult         *result,
                                                  TptGrant            **grant,
                                                  GError              **error);
void             tpt_token_refresh_put_async     (TptTokenRefresh      *self,
                                                  const TptGrant       *grant,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         tpt_token_refresh_put_finish    (TptTokenRefresh      *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void             tpt_token_refresh_remove_async  (TptTokenRefresh      *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         tpt_token_refresh_remove_finish (TptTokenRefresh      *self,
                                                  GAsyncResult         *result,
                                                  gboolean             *revoked,
                                                  GError              **error);

G_END_DECLS
