/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-peer.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define FORWARDED_FIELD "x-forwarded-for"
#define IPV4_SIZE 4
#define IPV6_NETWORK_SIZE 8
/* An IPv4 address within IPv6 (RFC 4291, section 2.5.5.2). */
#define MAPPED_SIZE 12

static void
set_ipv4 (TptRelayPeer *peer,
          const void   *bytes)
{
  memcpy (peer->bytes, bytes, IPV4_SIZE);
  peer->length = IPV4_SIZE;
}

/* Whoever has one address of IPv6 has all of a network. */
static void
set_ipv6 (TptRelayPeer *peer,
          const guint8 *bytes)
{
  static const guint8 mapped[MAPPED_SIZE] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    {
      set_ipv4 (peer, bytes + MAPPED_SIZE);
      return;
    }
  memcpy (peer->bytes, bytes, IPV6_NETWORK_SIZE);
  peer->length = IPV6_NETWORK_SIZE;
}

/* The last line of the name: HAProxy adds one of its own below what it was sent. */
static const char *
find_last (const TptRelayHead *head)
{
  for (guint i = head->names->len; i > 0; i--)
    {
      if (strcmp (head->names->pdata[i - 1], FORWARDED_FIELD) == 0)
        return head->values->pdata[i - 1];
    }

  return NULL;
}

/**
 * tpt_relay_peer_parse:
 *
 * Reads the last address of `X-Forwarded-For`: the one that our own proxy has written. All before
 * it is what a client says of itself. Without a good one the request counts for nobody in
 * particular, whom all such requests share.
 */
void
tpt_relay_peer_parse (const TptRelayHead *head,
                      TptRelayPeer       *peer)
{
  const char *value = find_last (head);
  const char *comma = value != NULL ? strrchr (value, ',') : NULL;
  g_autofree char *text = g_strdup (comma != NULL ? comma + 1 : value);
  g_autoptr (GInetAddress) address = NULL;

  peer->length = 0;
  if (text != NULL)
    address = g_inet_address_new_from_string (g_strstrip (text));
  if (address == NULL)
    return;
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    set_ipv4 (peer, g_inet_address_to_bytes (address));
  else
    set_ipv6 (peer, g_inet_address_to_bytes (address));
}

/* From where a request came: by the socket itself, or by what the proxy says who alone can reach a
 * Unix socket. */
void
tpt_relay_peer_find (TptRelayRequest *request,
                     TptRelayPeer    *peer)
{
  struct sockaddr_storage address = { 0 };
  socklen_t length = sizeof address;

  peer->length = 0;
  if (getpeername (tpt_relay_request_get_fd (request), (struct sockaddr *) &address, &length) < 0)
    return;
  if (address.ss_family == AF_UNIX)
    tpt_relay_peer_parse (request->head, peer);
  else if (address.ss_family == AF_INET)
    set_ipv4 (peer, &((struct sockaddr_in *) &address)->sin_addr);
  else if (address.ss_family == AF_INET6)
    set_ipv6 (peer, ((struct sockaddr_in6 *) &address)->sin6_addr.s6_addr);
}
