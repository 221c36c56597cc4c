/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "tpt-json-scan.h"
#include "tpt-protocol-error.h"

G_BEGIN_DECLS

/* What a webhook may hold, and a page of the API. */
extern const TptJsonLimits tpt_json_limits_webhook;
extern const TptJsonLimits tpt_json_limits_page;

#define TPT_JSON_LIMITS_WEBHOOK (&tpt_json_limits_webhook)
#define TPT_JSON_LIMITS_PAGE    (&tpt_json_limits_page)

TptJsonTree *tpt_json_guard_read          (const char           *data,
                                           gssize                length,
                                           const TptJsonLimits  *limits,
                                           GError              **error);
JsonNode    *tpt_json_guard_parse         (const char           *data,
                                           gssize                length,
                                           GError              **error);
JsonNode    *tpt_json_guard_parse_limited (const char           *data,
                                           gssize                length,
                                           const TptJsonLimits  *limits,
                                           GError              **error);

G_END_DECLS
