/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void        tpt_api_exchange_async  (SoupSession          *session,
                                     SoupMessage          *message,
                                     guint                 deadline_ms,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GByteArray *tpt_api_exchange_finish (SoupSession          *session,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
