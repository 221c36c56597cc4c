/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal-sqlite-statement.h"
#include "tpt-relay-journal.h"

G_BEGIN_DECLS

char      *statements_dup_column    (sqlite3_stmt      *statement,
                                     int                column);
GPtrArray *statements_list_devices  (Statements        *self,
                                     GError           **error);
GPtrArray *statements_list_channels (Statements        *self,
                                     GError           **error);
gboolean   statements_get_position  (Statements        *self,
                                     gint64             device,
                                     TptRelayPosition  *position,
                                     GError           **error);
GPtrArray *statements_list_events   (Statements        *self,
                                     gint64             device,
                                     gint64             after,
                                     guint              limit,
                                     gsize              bytes,
                                     GError           **error);

G_END_DECLS
