/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-context.h"

G_BEGIN_DECLS

typedef struct _TptRelayServer TptRelayServer;

TptRelayServer *tpt_relay_server_new         (TptRelayContext  *context,
                                              GError          **error);
const char     *tpt_relay_server_get_address (TptRelayServer   *self);
void            tpt_relay_server_stop        (TptRelayServer   *self,
                                              GSourceFunc       stopped,
                                              gpointer          user_data);
void            tpt_relay_server_free        (TptRelayServer   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayServer, tpt_relay_server_free)

G_END_DECLS
