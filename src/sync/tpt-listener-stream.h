/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-relay-message.h"
#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_STREAM (tpt_listener_stream_get_type ())

/* One connection to a relay's GET /v1/events: from the request until it breaks. */
G_DECLARE_FINAL_TYPE (TptListenerStream, tpt_listener_stream, TPT, LISTENER_STREAM, GObject)

/**
 * TptRelayFrameFunc:
 *
 * Called for each event as it comes in.
 */
typedef void (*TptRelayFrameFunc) (const TptRelayFrame *frame,
                                   gpointer             user_data);

TptListenerStream *tpt_listener_stream_new           (const char           *url,
                                                      const char           *token,
                                                      TptRelayFrameFunc     func,
                                                      gpointer              func_data);
void               tpt_listener_stream_set_heartbeat (TptListenerStream    *self,
                                                      guint                 seconds);
TptTime            tpt_listener_stream_get_retry     (TptListenerStream    *self);
void               tpt_listener_stream_hold          (TptListenerStream    *self,
                                                      gboolean              is_held);
void               tpt_listener_stream_run_async     (TptListenerStream    *self,
                                                      const char           *cursor,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean           tpt_listener_stream_run_finish    (TptListenerStream    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
