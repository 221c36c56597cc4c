/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal-postgres-link.h"

G_BEGIN_DECLS

gboolean tpt_relay_journal_postgres_schema_prepare (Link      *link,
                                                    gboolean   may_write,
                                                    GError   **error);

G_END_DECLS
