/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-redirect.h"

G_BEGIN_DECLS

#define TPT_TYPE_LOOPBACK_REDIRECT (tpt_loopback_redirect_get_type ())

/* Back from the browser through a listener on this machine (RFC 8252, 7.3), open for the one flow
 * only. */
G_DECLARE_DERIVABLE_TYPE (TptLoopbackRedirect, tpt_loopback_redirect, TPT, LOOPBACK_REDIRECT,
                          TptRedirect)

struct _TptLoopbackRedirectClass
{
  TptRedirectClass parent_class;
};

TptRedirect *tpt_loopback_redirect_new         (const char          *host,
                                                guint16              port,
                                                const char          *path);
guint16      tpt_loopback_redirect_get_port    (TptLoopbackRedirect *self);
const char  *tpt_loopback_redirect_get_path    (TptLoopbackRedirect *self);
guint        tpt_loopback_redirect_get_refused (TptLoopbackRedirect *self);

G_END_DECLS
