/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-request.h"

G_BEGIN_DECLS

/* Whom a stranger's requests are counted for: an IPv4 address, the half of an IPv6 address that
 * names a network, or nothing where it is not known. */
typedef struct
{
  guint8 bytes[16];
  gsize  length;
} TptRelayPeer;

void tpt_relay_peer_find  (TptRelayRequest    *request,
                           TptRelayPeer       *peer);
void tpt_relay_peer_parse (const TptRelayHead *head,
                           TptRelayPeer       *peer);

G_END_DECLS
