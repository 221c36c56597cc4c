/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptRedirectMethod:
 * @TPT_REDIRECT_AUTO: a bounce where a relay is set, else loopback
 * @TPT_REDIRECT_BOUNCE: through the company's relay, which sends the browser on to this machine
 * @TPT_REDIRECT_LOOPBACK: straight to this machine
 * @TPT_REDIRECT_SCHEME: by an address of a scheme that the desktop opens with this program
 *
 * How the browser comes back from the sign-in.
 */
typedef enum
{
  TPT_REDIRECT_AUTO,
  TPT_REDIRECT_BOUNCE,
  TPT_REDIRECT_LOOPBACK,
  TPT_REDIRECT_SCHEME,
} TptRedirectMethod;

TptRedirectMethod tpt_redirect_method_from_string (const char *name);

G_END_DECLS
