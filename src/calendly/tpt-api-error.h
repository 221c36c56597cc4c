/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-api-endpoint.h"
#include "tpt-json-tree.h"

G_BEGIN_DECLS

#define TPT_API_ERROR (tpt_api_error_quark ())

/**
 * TptApiError:
 * @TPT_API_ERROR_UNAUTHORIZED: 401, also with a fresh token
 * @TPT_API_ERROR_SCOPE: 403: the sign-in lacks a scope; the message and
 *   tpt_api_error_get_scopes() name it
 * @TPT_API_ERROR_PLAN: 403: the plan does not include it
 * @TPT_API_ERROR_PERMISSION: 403: the role or the resource does not allow it
 * @TPT_API_ERROR_NOT_FOUND: 404, 410
 * @TPT_API_ERROR_CONFLICT: 409
 * @TPT_API_ERROR_INVALID: 400, 422 and the like; the message tells the details
 * @TPT_API_ERROR_RATE_LIMITED: 429, and waiting longer makes no sense
 * @TPT_API_ERROR_UNAVAILABLE: 5xx, silence, an answer that is cut off or comes from something in
 *   between
 * @TPT_API_ERROR_OFFLINE: no name resolution, no connection, no trustworthy TLS
 * @TPT_API_ERROR_PROTOCOL: an answer that is not what the documentation promises
 * @TPT_API_ERROR_EXTERNAL: 424: the calendar behind it has a problem
 *
 * A canceled call is %G_IO_ERROR_CANCELLED; what the token source reports is passed on as it is.
 * Messages are sentences
 * for people.
 */
typedef enum
{
  TPT_API_ERROR_UNAUTHORIZED,
  TPT_API_ERROR_SCOPE,
  TPT_API_ERROR_PLAN,
  TPT_API_ERROR_PERMISSION,
  TPT_API_ERROR_NOT_FOUND,
  TPT_API_ERROR_CONFLICT,
  TPT_API_ERROR_INVALID,
  TPT_API_ERROR_RATE_LIMITED,
  TPT_API_ERROR_UNAVAILABLE,
  TPT_API_ERROR_OFFLINE,
  TPT_API_ERROR_PROTOCOL,
  TPT_API_ERROR_EXTERNAL,
} TptApiError;

GQuark             tpt_api_error_quark       (void);
GError            *tpt_api_error_new         (const TptApiEndpoint  *endpoint,
                                              TptApiError            code,
                                              guint                  status,
                                              const TptJsonValue    *body,
                                              const GError          *transport);
void               tpt_api_error_set_senseless (GError              **error,
                                              const GError          *reason);
const char        *tpt_api_error_get_feature (const GError          *error);
const char *const *tpt_api_error_get_scopes  (const GError          *error);
const char        *tpt_api_error_get_words   (const GError          *error);
guint              tpt_api_error_get_status  (const GError          *error);

G_END_DECLS
