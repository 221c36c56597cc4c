/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-model.h"
#include "tpt-sandbox-random.h"

G_BEGIN_DECLS

JsonArray  *tpt_sandbox_answers_example  (TptSandboxEventType  *event_type,
                                          TptSandboxRandom     *random);
void        tpt_sandbox_answers_add      (JsonArray            *answers,
                                          const char           *question,
                                          const char           *answer,
                                          gint64                position);
const char *tpt_sandbox_answers_location (TptSandboxEventType  *event_type,
                                          const char          **location);

G_END_DECLS
