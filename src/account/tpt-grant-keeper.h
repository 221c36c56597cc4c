/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-clock.h"
#include "tpt-grant.h"
#include "tpt-token-store.h"

G_BEGIN_DECLS

/**
 * TptGrantKeeper:
 *
 * The blocking half of TptTokenRefresh: what happens to the stored grant while this process holds
 * the lock. Every function but tpt_grant_keeper_is_fresh() is for worker threads and takes the lock
 * itself.
 */
typedef struct _TptGrantKeeper TptGrantKeeper;

TptGrantKeeper *tpt_grant_keeper_new        (TptTokenStore   *store,
                                             const char      *auth_url,
                                             const char      *lock_path,
                                             TptClock        *clock);
void            tpt_grant_keeper_free       (TptGrantKeeper  *self);
TptGrant       *tpt_grant_keeper_get        (TptGrantKeeper  *self,
                                             const char      *rejected,
                                             GCancellable    *cancellable,
                                             GError         **error);
gboolean        tpt_grant_keeper_read       (TptGrantKeeper  *self,
                                             TptGrant       **grant,
                                             GCancellable    *cancellable,
                                             GError         **error);
gboolean        tpt_grant_keeper_put        (TptGrantKeeper  *self,
                                             const TptGrant  *grant,
                                             GCancellable    *cancellable,
                                             GError         **error);
gboolean        tpt_grant_keeper_remove     (TptGrantKeeper  *self,
                                             gboolean        *revoked,
                                             GCancellable    *cancellable,
                                             GError         **error);
gboolean        tpt_grant_keeper_is_fresh   (TptGrantKeeper  *self,
                                             const TptGrant  *grant);
gboolean        tpt_grant_keeper_is_locked  (TptGrantKeeper  *self,
                                             GCancellable    *cancellable);
void            tpt_grant_keeper_set_uptime (TptGrantKeeper  *self,
                                             gint64         (*uptime) (void));

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptGrantKeeper, tpt_grant_keeper_free)

G_END_DECLS
