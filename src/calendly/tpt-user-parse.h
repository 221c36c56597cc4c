/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-user.h"

G_BEGIN_DECLS

TptUser *tpt_user_parse (const TptJsonValue  *object,
                         GError             **error);

G_END_DECLS
