/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-listener-client.h"
#include "tpt-loopback-redirect.h"

G_BEGIN_DECLS

#define TPT_TYPE_BOUNCE_REDIRECT (tpt_bounce_redirect_get_type ())

/* Back from the browser through the company's relay, as Calendly's production apps accept no
 * address of this machine: the relay sends the browser on to a listener here. */
G_DECLARE_FINAL_TYPE (TptBounceRedirect, tpt_bounce_redirect, TPT, BOUNCE_REDIRECT,
                      TptLoopbackRedirect)

TptRedirect *tpt_bounce_redirect_new      (TptListenerClient *client,
                                           const char        *url,
                                           const char        *bearer);
char        *tpt_bounce_redirect_make_uri (const char        *url);

G_END_DECLS
