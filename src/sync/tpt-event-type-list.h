/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-engine.h"
#include "tpt-set-aside-table.h"

G_BEGIN_DECLS

/* What can be booked, and how new that is. */
typedef struct
{
  GPtrArray *event_types;  /* (element-type TptEventType), never NULL */
  TptTime fetched_at;      /* TPT_TIME_NONE: never */
  GError *failure;         /* of TPT_CONNECTION_ERROR: why it was not fetched anew, or NULL */
  GPtrArray *unread;       /* (element-type TptSetAside): could not be read, never NULL */
} TptEventTypeList;

void              tpt_event_type_list_load_async  (TptStore             *store,
                                                   TptEngine            *engine,
                                                   gboolean              is_forced,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
TptEventTypeList *tpt_event_type_list_load_finish (TptStore             *store,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              tpt_event_type_list_free        (TptEventTypeList     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptEventTypeList, tpt_event_type_list_free)

G_END_DECLS
