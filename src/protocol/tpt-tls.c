/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-tls.h"

/**
 * tpt_tls_is_outdated:
 *
 * Returns: whether @event of #SoupMessage::network-event tells that a connection was made with TLS
 *   1.1 or older (RFC 8996). GnuTLS lets a server choose those, and nothing was sent yet.
 */
gboolean
tpt_tls_is_outdated (GSocketClientEvent  event,
                     GIOStream          *connection)
{
  GTlsProtocolVersion version;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED || !G_IS_TLS_CONNECTION (connection))
    return FALSE;
  version = g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection));

  return version != G_TLS_PROTOCOL_VERSION_TLS_1_2 && version != G_TLS_PROTOCOL_VERSION_TLS_1_3;
}
