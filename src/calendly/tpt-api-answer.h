/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "tpt-api-endpoint.h"

G_BEGIN_DECLS

JsonNode *tpt_api_answer_peek         (SoupMessage           *message,
                                       GByteArray            *body);
void      tpt_api_answer_parse_async  (SoupMessage           *message,
                                       GByteArray            *body,
                                       const TptApiEndpoint  *endpoint,
                                       GCancellable          *cancellable,
                                       GAsyncReadyCallback    callback,
                                       gpointer               user_data);
JsonNode *tpt_api_answer_parse_finish (GAsyncResult          *result,
                                       GError               **error);

G_END_DECLS
