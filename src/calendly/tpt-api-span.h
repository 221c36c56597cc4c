/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-page.h"
#include "tpt-time-range.h"

G_BEGIN_DECLS

/**
 * TptApiSpan:
 * @key: the parameter that says whose times these are
 * @value: its value, a URI
 * @range: both sides are set
 * @longest: what the service gives at once
 * @parse: reads one record
 *
 * A list of times that the service gives for a short range only.
 */
typedef struct
{
  const char *path;
  const char *key;
  const char *value;
  TptTimeRange range;
  TptTime longest;
  TptRecordParseFunc parse;
} TptApiSpan;

void     tpt_api_span_async  (TptApiClient         *client,
                              const TptApiSpan     *span,
                              gpointer              source_tag,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
TptPage *tpt_api_span_finish (TptApiClient         *client,
                              GAsyncResult         *result,
                              GError              **error);

G_END_DECLS
