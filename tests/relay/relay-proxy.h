/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "relay-fixture.h"

typedef enum
{
  PROXY_NGINX,
  PROXY_HAPROXY,
} ProxyKind;

/* A real proxy between client and relay, with the directives of the example that ships. Only what
 * needs a certificate or another user is left out. */
typedef struct
{
  Relay       *relay;
  GSubprocess *process;
  Relay        front; /* what the fixture's functions connect to: the proxy's own socket */
} Proxy;

Proxy *proxy_start     (ProxyKind   kind);
void   proxy_stop      (Proxy      *self);
char  *proxy_await_log (Proxy      *self,
                        const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Proxy, proxy_stop)
