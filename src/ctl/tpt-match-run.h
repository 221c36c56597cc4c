/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-directory.h"
#include "tpt-invocation.h"
#include "tpt-match-inbox.h"

G_BEGIN_DECLS

/**
 * TptMatchRunFunc:
 *
 * Makes of the invocation's words what is to be done.
 *
 * Returns: (transfer full) (nullable): %NULL with an error
 */
typedef TptMatchAct *(*TptMatchRunFunc) (TptInvocation  *invocation,
                                         TptDirectory   *directory,
                                         GError        **error);

void tpt_match_run     (TptInvocation   *invocation,
                        TptMatchRunFunc  make);
void tpt_match_run_act (TptInvocation   *invocation,
                        TptMatchAct     *act);

G_END_DECLS
