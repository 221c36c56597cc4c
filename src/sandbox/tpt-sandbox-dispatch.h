/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

void tpt_sandbox_dispatch (TptSandboxContext *context,
                           SoupServerMessage *message,
                           const char        *path,
                           GHashTable        *query);

G_END_DECLS
