/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-event-type.h"
#include "tpt-json-tree.h"

G_BEGIN_DECLS

TptEventType *tpt_event_type_parse          (const TptJsonValue  *object,
                                             GError             **error);
const char   *tpt_event_type_guess_category (const char  *name);

G_END_DECLS
