/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invocation.h"

G_BEGIN_DECLS

void tpt_relay_print (TptInvocation *invocation);

G_END_DECLS
