/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-inbox-entry.h"
#include "tpt-match-inbox.h"

G_BEGIN_DECLS

typedef enum
{
  TPT_INBOX_LOADING,
  TPT_INBOX_FAILED,
  TPT_INBOX_READY,
} TptInboxState;

#define TPT_TYPE_INBOX_MODEL (tpt_inbox_model_get_type ())

/**
 * TptInboxModel:
 *
 * The match inbox as the screens show it. The number is always there; the entries are read while
 * somebody looks. Signals: `updated`, after the number, the state or the entries changed; `acted`
 * (string what, boolean whether it can be undone) and `failed` (string why), after an act.
 */
G_DECLARE_FINAL_TYPE (TptInboxModel, tpt_inbox_model, TPT, INBOX_MODEL, GObject)

TptInboxModel *tpt_inbox_model_new             (TptMatchInbox  *inbox,
                                                TptStore       *store);
TptMatchInbox *tpt_inbox_model_get_inbox       (TptInboxModel  *self);
guint          tpt_inbox_model_get_count       (TptInboxModel  *self);
TptInboxState  tpt_inbox_model_get_state       (TptInboxModel  *self);
const char    *tpt_inbox_model_get_message     (TptInboxModel  *self);
GListModel    *tpt_inbox_model_get_entries     (TptInboxModel  *self);
GListModel    *tpt_inbox_model_get_suggestions (TptInboxModel  *self);
void           tpt_inbox_model_set_watched     (TptInboxModel  *self,
                                                gboolean        watched);
void           tpt_inbox_model_load            (TptInboxModel  *self);
void           tpt_inbox_model_act             (TptInboxModel  *self,
                                                TptMatchAct    *act,
                                                const char     *done);
void           tpt_inbox_model_act_async       (TptInboxModel        *self,
                                                TptMatchAct          *act,
                                                const char           *done,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gint64         tpt_inbox_model_act_finish      (TptInboxModel  *self,
                                                GAsyncResult   *result,
                                                GError        **error);
void           tpt_inbox_model_undo            (TptInboxModel  *self);

G_END_DECLS
