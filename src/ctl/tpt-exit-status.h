/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invocation.h"

G_BEGIN_DECLS

TptExit tpt_exit_status_of (const GError *error);

G_END_DECLS
