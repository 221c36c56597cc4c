/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int tpt_relay_journal_sqlite_claim (const char  *path,
                                    GError     **error);

G_END_DECLS
