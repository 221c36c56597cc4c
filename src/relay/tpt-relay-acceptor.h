/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-address.h"

G_BEGIN_DECLS

/* A socket that takes connections. */
typedef struct _TptRelayAcceptor TptRelayAcceptor;

/* @socket is non-blocking; whoever wants it keeps a reference. */
typedef void (*TptRelayAcceptorFunc) (TptRelayAcceptor *acceptor,
                                      GSocket          *socket,
                                      gpointer          user_data);

TptRelayAcceptor *tpt_relay_acceptor_new         (TptRelayAddress       *address,
                                                  TptRelayAcceptorFunc   on_socket,
                                                  gpointer               user_data,
                                                  GError               **error);
const char       *tpt_relay_acceptor_get_address (TptRelayAcceptor      *self);
void              tpt_relay_acceptor_stop        (TptRelayAcceptor      *self);
void              tpt_relay_acceptor_free        (TptRelayAcceptor      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayAcceptor, tpt_relay_acceptor_free)

G_END_DECLS
