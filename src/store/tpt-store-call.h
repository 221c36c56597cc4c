/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-search.h"
#include "tpt-session.h"

G_BEGIN_DECLS

/* Runs on the store's thread. Returns: (transfer full): the result, or NULL with an error */
typedef gpointer (*TptStoreCallFunc) (TptSession  *session,
                                      gpointer     data,
                                      GError     **error);

/* One call on its way to the store's thread and back. */
typedef struct
{
  GTask *task;
  TptStoreCallFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gpointer result;
  GError *error;
} TptStoreCall;

TptStoreCall *tpt_store_call_new    (GTask             *task,
                                     TptStoreCallFunc   func,
                                     gpointer           data,
                                     GDestroyNotify     data_free,
                                     GDestroyNotify     result_free);
void          tpt_store_call_run    (TptStoreCall      *self,
                                     TptSession        *session);
void          tpt_store_call_answer (TptStoreCall      *self);

/* Of TptStore, for the other files that make up its public face. */
void          tpt_store_push_task   (TptStore          *self,
                                     GTask             *task,
                                     TptStoreCallFunc   func,
                                     gpointer           data,
                                     GDestroyNotify     data_free,
                                     GDestroyNotify     result_free);
TptSearch    *tpt_store_get_search  (TptStore          *self);

G_END_DECLS
