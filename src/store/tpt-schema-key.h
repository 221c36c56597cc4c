/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-seal.h"
#include "tpt-sqlite.h"

G_BEGIN_DECLS

/* A known text, sealed when the database is made: who can open it has the right key. */
gboolean tpt_schema_key_write (TptSqlite  *sqlite,
                               TptSeal    *seal,
                               GError    **error);
gboolean tpt_schema_key_check (TptSqlite  *sqlite,
                               TptSeal    *seal,
                               GError    **error);

G_END_DECLS
