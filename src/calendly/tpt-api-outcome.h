/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-endpoint.h"
#include "tpt-api-error.h"
#include "tpt-json-tree.h"

G_BEGIN_DECLS

/* RFC 6585; libsoup has no name for it. */
#define TPT_API_STATUS_LIMITED 429

/**
 * TptApiAction:
 * @TPT_API_ACTION_READ: the answer is what was asked for
 * @TPT_API_ACTION_DONE: what was asked for is so, and there is nothing to read
 * @TPT_API_ACTION_REFRESH: the token has to be another one: once more with that, and only once
 * @TPT_API_ACTION_WAIT: once more when the service takes requests again
 * @TPT_API_ACTION_REPEAT: once more after a while
 * @TPT_API_ACTION_FAIL: it stays as it is
 */
typedef enum
{
  TPT_API_ACTION_READ,
  TPT_API_ACTION_DONE,
  TPT_API_ACTION_REFRESH,
  TPT_API_ACTION_WAIT,
  TPT_API_ACTION_REPEAT,
  TPT_API_ACTION_FAIL,
} TptApiAction;

/**
 * TptApiOutcome:
 * @code: what it becomes when no other try is left; says nothing with READ and DONE
 */
typedef struct
{
  TptApiAction action;
  TptApiError code;
} TptApiOutcome;

TptApiOutcome tpt_api_outcome_decide (const TptApiEndpoint *endpoint,
                                      guint                 status,
                                      const TptJsonValue   *body,
                                      const GError         *transport);

G_END_DECLS
