/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-request.h"

G_BEGIN_DECLS

void tpt_sandbox_state_get (TptSandboxRequest *request);

G_END_DECLS
