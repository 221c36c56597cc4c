/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-matcher.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* What facts changed, counted in events. */
typedef struct
{
  guint created;
  guint updated;
  guint unchanged;
  guint stale;             /* older than what is known of the same booking, and different */
} TptApplyCounts;

/* On the store's thread, after facts that changed as much as @counts says. */
typedef gboolean (*TptApplyFunc) (TptSession            *session,
                                  const TptApplyCounts  *counts,
                                  gpointer               user_data,
                                  GError               **error);

#define TPT_TYPE_APPLY (tpt_apply_get_type ())

/**
 * TptApply:
 *
 * The one way in for what is known of meetings, whether a poll, a webhook or an own action tells
 * it.
 */
G_DECLARE_FINAL_TYPE (TptApply, tpt_apply, TPT, APPLY, GObject)

TptApply   *tpt_apply_new         (TptStore             *store,
                                   TptMatcher           *matcher);
TptMatcher *tpt_apply_get_matcher (TptApply             *self);
TptTime     tpt_apply_look        (TptApply             *self);
gboolean    tpt_apply_load        (TptSession           *session,
                                   gpointer              apply,
                                   GError              **error);
void        tpt_apply_stamp       (TptMeeting           *meeting,
                                   TptSource             source,
                                   TptTime               seen_at);
gboolean    tpt_apply_facts       (TptApply             *self,
                                   TptSession           *session,
                                   GPtrArray            *meetings,
                                   TptApplyCounts       *counts,
                                   GError              **error);
void        tpt_apply_run_async   (TptApply             *self,
                                   GPtrArray            *meetings,
                                   TptApplyFunc          also,
                                   gpointer              also_data,
                                   GDestroyNotify        also_free,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean    tpt_apply_run_finish  (TptApply             *self,
                                   GAsyncResult         *result,
                                   TptApplyCounts       *counts,
                                   GError              **error);

G_END_DECLS
