/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-schedule.h"

G_BEGIN_DECLS

TptSchedule *tpt_schedule_parse (const TptJsonValue  *object,
                                 GError             **error);

G_END_DECLS
