/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptApiEndpoint:
 * @method: "GET", "POST", "PATCH", "DELETE"
 * @path: a star stands for an id
 * @scope: that it takes, as Calendly's catalogue of scopes has it
 * @feature: what of Touchpoint it serves: "account", "availability", "contacts", "event-types",
 *   "links", "meetings", "recaps", "webhooks"; the name of a feature, not a text for people
 * @repeatable: asking twice does no more than asking once
 * @met_by: (nullable): how the service says that what is asked for is so already: its message, or
 *   "" for a 404
 *
 * One kind of request that is sent to Calendly.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *scope;
  const char *feature;
  gboolean repeatable;
  const char *met_by;
} TptApiEndpoint;

const TptApiEndpoint *tpt_api_endpoint_find (const char *method,
                                             const char *path);
const TptApiEndpoint *tpt_api_endpoint_list (guint      *length);

G_END_DECLS
