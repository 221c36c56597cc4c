/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-booking.h"
#include "tpt-sandbox-request.h"

G_BEGIN_DECLS

void     tpt_sandbox_order_clear    (TptSandboxOrder    *order);
gboolean tpt_sandbox_order_is_email (const char         *text);
gboolean tpt_sandbox_order_read     (TptSandboxRequest  *request,
                                     JsonObject         *body,
                                     TptSandboxOrder    *order,
                                     char              **guests);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TptSandboxOrder, tpt_sandbox_order_clear)

G_END_DECLS
