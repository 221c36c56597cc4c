/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-act.h"
#include "tpt-match-forecast.h"
#include "tpt-matcher.h"

G_BEGIN_DECLS

#define TPT_TYPE_MATCH_INBOX (tpt_match_inbox_get_type ())

/**
 * TptMatchInbox:
 *
 * Who came to meetings and belongs to no customer, and what a person does about it. Each act is one
 * transaction together with the new matching of all history, and can be taken back.
 */
G_DECLARE_FINAL_TYPE (TptMatchInbox, tpt_match_inbox, TPT, MATCH_INBOX, GObject)

/* What an act did. */
typedef struct
{
  gint64 action;           /* to take it back; 0 where nothing was to be done */
  gint64 customer;         /* row of who got something, 0 nobody */
  guint rematched;         /* invitees that the rules see otherwise now */
} TptMatchReceipt;

TptMatchInbox *tpt_match_inbox_new                (TptStore             *store,
                                                   TptMatcher           *matcher);
void           tpt_match_inbox_list_async         (TptMatchInbox        *self,
                                                   gboolean              ignored,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GPtrArray     *tpt_match_inbox_list_finish        (TptMatchInbox        *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void           tpt_match_inbox_count_async        (TptMatchInbox        *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean       tpt_match_inbox_count_finish       (TptMatchInbox        *self,
                                                   GAsyncResult         *result,
                                                   guint                *people,
                                                   GError              **error);
void           tpt_match_inbox_list_rules_async   (TptMatchInbox        *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GPtrArray     *tpt_match_inbox_list_rules_finish  (TptMatchInbox        *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void           tpt_match_inbox_try_async          (TptMatchInbox        *self,
                                                   TptMatchAct          *act,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
TptMatchForecast *tpt_match_inbox_try_finish      (TptMatchInbox        *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void           tpt_match_inbox_act_async          (TptMatchInbox        *self,
                                                   TptMatchAct          *act,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean       tpt_match_inbox_act_finish         (TptMatchInbox        *self,
                                                   GAsyncResult         *result,
                                                   TptMatchReceipt      *receipt,
                                                   GError              **error);
void           tpt_match_inbox_undo_async         (TptMatchInbox        *self,
                                                   gint64                action,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean       tpt_match_inbox_undo_finish        (TptMatchInbox        *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
