/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-request.h"

G_BEGIN_DECLS

void tpt_sandbox_event_type_post         (TptSandboxRequest *request);
void tpt_sandbox_event_type_patch        (TptSandboxRequest *request);
void tpt_sandbox_event_type_post_one_off (TptSandboxRequest *request);

G_END_DECLS
