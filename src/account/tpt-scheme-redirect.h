/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-redirect.h"

G_BEGIN_DECLS

#define TPT_SCHEME "touchpoint"
#define TPT_SCHEME_REDIRECT_URI TPT_SCHEME ":/oauth/callback"

#define TPT_TYPE_SCHEME_REDIRECT (tpt_scheme_redirect_get_type ())

/* Back from the browser by an address that the desktop opens with this program (RFC 8252, 7.1). */
G_DECLARE_FINAL_TYPE (TptSchemeRedirect, tpt_scheme_redirect, TPT, SCHEME_REDIRECT, TptRedirect)

TptRedirect *tpt_scheme_redirect_new  (void);
gboolean     tpt_scheme_redirect_take (TptSchemeRedirect *self,
                                       const char        *address);

G_END_DECLS
