/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-deliveries-table.h"

G_BEGIN_DECLS

/* What the relay delivered last, and what became of it; tpt_listener_delivery_note () writes it. */

void       tpt_listener_log_list_async  (TptStore             *store,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GPtrArray *tpt_listener_log_list_finish (TptStore             *store,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
