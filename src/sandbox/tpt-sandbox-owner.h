/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-request.h"

G_BEGIN_DECLS

gboolean tpt_sandbox_owner_read (TptSandboxRequest  *request,
                                 TptSandboxUser    **user);

G_END_DECLS
