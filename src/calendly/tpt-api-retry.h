/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* RFC 6585; libsoup has no name for it. */
#define TPT_API_STATUS_LIMITED 429

/**
 * TptApiAttempt:
 * @method: "GET", "POST", "DELETE"
 * @count: how often it was tried
 * @status: of the answer, 0 where there was none
 * @headers: (nullable): of the answer
 * @error: (nullable): what went wrong below HTTP
 */
typedef struct
{
  const char *method;
  guint count;
  guint status;
  SoupMessageHeaders *headers;
  const GError *error;
} TptApiAttempt;

gboolean tpt_api_retry_decide (const TptApiAttempt *attempt,
                               guint               *delay_ms);

G_END_DECLS
