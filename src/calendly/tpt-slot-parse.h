/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-slot.h"

G_BEGIN_DECLS

TptSlot *tpt_slot_parse (const TptJsonValue  *object,
                         GError             **error);

G_END_DECLS
