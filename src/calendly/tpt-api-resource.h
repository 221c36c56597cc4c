/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"

G_BEGIN_DECLS

/**
 * TptResourceParseFunc:
 *
 * Returns: (transfer full) (nullable): what stands in `resource`, or %NULL with @error set
 */
typedef gpointer (*TptResourceParseFunc) (const TptJsonValue  *resource,
                                          GError             **error);

/**
 * TptApiRequest:
 * @method: "GET" where %NULL
 * @path: (nullable): %NULL when @error says why there is none
 * @query: (nullable): as tpt_api_query_new() makes it
 * @body: (nullable): what to send
 * @parse: (nullable): reads the answer's `resource`; without it any success is %TRUE
 * @free: for what @parse returns
 * @error: (nullable): fails the call before anything is sent
 *
 * One request and the way to read its answer. Owned by the caller, but for @error.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *query;
  JsonNode *body;
  TptResourceParseFunc parse;
  GDestroyNotify free;
  GError *error;
} TptApiRequest;

void     tpt_api_resource_async          (TptApiClient         *client,
                                          const TptApiRequest  *request,
                                          gpointer              source_tag,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gpointer tpt_api_resource_finish         (TptApiClient         *client,
                                          GAsyncResult         *result,
                                          GError              **error);
gboolean tpt_api_resource_finish_boolean (TptApiClient         *client,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
