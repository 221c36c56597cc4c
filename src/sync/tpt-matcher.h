/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match.h"
#include "tpt-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_MATCHER (tpt_matcher_get_type ())

/**
 * TptMatcher:
 *
 * Says whose customer an invitee is, by the customers that the running transaction sees. Lives on
 * the store's thread; only tpt_matcher_forget () may be called from elsewhere.
 */
G_DECLARE_FINAL_TYPE (TptMatcher, tpt_matcher, TPT, MATCHER, GObject)

TptMatcher *tpt_matcher_new             (void);
void        tpt_matcher_forget          (TptMatcher  *self);
gboolean    tpt_matcher_apply           (TptMatcher  *self,
                                         TptSession  *session,
                                         TptInvitee  *invitee,
                                         GError     **error);
gboolean    tpt_matcher_rematch         (TptMatcher  *self,
                                         TptSession  *session,
                                         guint       *changed,
                                         GError     **error);
gboolean    tpt_matcher_inherit         (TptMatcher  *self,
                                         TptSession  *session,
                                         TptInvitee  *invitee,
                                         GError     **error);
TptMatchIndex *tpt_matcher_get_index    (TptMatcher  *self,
                                         TptSession  *session,
                                         GError     **error);
GStrv       tpt_matcher_get_own_domains (TptSession  *session,
                                         GError     **error);
GStrv       tpt_matcher_get_free_mail   (TptSession  *session,
                                         GError     **error);

G_END_DECLS
