/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "tpt-api-endpoint.h"
#include "tpt-json-tree.h"

G_BEGIN_DECLS

TptJsonTree *tpt_api_answer_peek        (SoupMessage           *message,
                                         GByteArray            *body);
gboolean     tpt_api_answer_is_foreign  (guint                  status,
                                         GByteArray            *body,
                                         const TptJsonTree     *tree);
gboolean     tpt_api_answer_is_large    (GByteArray            *body);
TptJsonTree *tpt_api_answer_read        (SoupMessage           *message,
                                         GByteArray            *body,
                                         const TptApiEndpoint  *endpoint,
                                         GError               **error);
void         tpt_api_answer_read_async  (SoupMessage           *message,
                                         GByteArray            *body,
                                         const TptApiEndpoint  *endpoint,
                                         GCancellable          *cancellable,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
TptJsonTree *tpt_api_answer_read_finish (GAsyncResult          *result,
                                         GError               **error);

G_END_DECLS
