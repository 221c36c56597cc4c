/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-busy-time.h"
#include "tpt-json-tree.h"

G_BEGIN_DECLS

TptBusyTime *tpt_busy_time_parse (const TptJsonValue  *object,
                                  GError             **error);

G_END_DECLS
