/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-link-maker.h"
#include "tpt-reply.h"
#include "tpt-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_ASSISTANT (tpt_assistant_get_type ())

/* Does what a sentence asks for. Everything is understood on this machine. */
G_DECLARE_FINAL_TYPE (TptAssistant, tpt_assistant, TPT, ASSISTANT, GObject)

TptAssistant *tpt_assistant_new        (TptStore             *store,
                                        TptConnection        *connection,
                                        TptLinkMaker         *link_maker);
void          tpt_assistant_ask_async  (TptAssistant         *self,
                                        const char           *sentence,
                                        const char           *origin,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
TptReply     *tpt_assistant_ask_finish (TptAssistant         *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
