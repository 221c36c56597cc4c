/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

gboolean tpt_relay_journal_sqlite_schema_prepare (sqlite3   *db,
                                                  gboolean   may_write,
                                                  GError   **error);

G_END_DECLS
