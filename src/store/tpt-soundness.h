/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-seal.h"
#include "tpt-sqlite.h"

G_BEGIN_DECLS

gboolean tpt_soundness_check (TptSqlite  *sqlite,
                              TptSeal    *seal,
                              GError    **error);

G_END_DECLS
