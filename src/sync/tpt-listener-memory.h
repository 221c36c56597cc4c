/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-listener-secret.h"
#include "tpt-store.h"
#include "tpt-token-store.h"

G_BEGIN_DECLS

/* What keyring and store keep of an enrolment. */
typedef struct
{
  TptListenerSecret *secret;   /* NULL: no relay is set */
  char *cursor;
  char *webhook_uri;
  TptTime last_event_at;
} TptListenerMemory;

void               tpt_listener_memory_free          (TptListenerMemory    *self);
void               tpt_listener_memory_load_async    (TptStore             *store,
                                                      TptTokenStore        *secrets,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
TptListenerMemory *tpt_listener_memory_load_finish   (GAsyncResult         *result,
                                                      GError              **error);
void               tpt_listener_memory_forget_async  (TptStore             *store,
                                                      TptTokenStore        *secrets,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean           tpt_listener_memory_forget_finish (GAsyncResult         *result,
                                                      GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptListenerMemory, tpt_listener_memory_free)

G_END_DECLS
