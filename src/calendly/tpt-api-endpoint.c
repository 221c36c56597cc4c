/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-endpoint.h"

#include <string.h>

#define READ  "GET"
#define AGAIN TRUE
#define ONCE  FALSE

/* Every request that a <noun>-client sends. What makes something new is never sent twice, since
 * Calendly has no key by which it would know the second for the first. */
static const TptApiEndpoint endpoints[] = {
  { READ, "/users/me", "users:read", "account", AGAIN, NULL },
  { READ, "/organizations/*", "organizations:read", "account", AGAIN, NULL },
  { READ, "/organization_memberships", "organizations:read", "account", AGAIN, NULL },
  { READ, "/event_types", "event_types:read", "event-types", AGAIN, NULL },
  { READ, "/event_types/*", "event_types:read", "event-types", AGAIN, NULL },
  { READ, "/event_type_memberships", "event_types:read", "event-types", AGAIN, NULL },
  { READ, "/event_type_available_times", "availability:read", "availability", AGAIN, NULL },
  { READ, "/user_availability_schedules", "availability:read", "availability", AGAIN, NULL },
  { READ, "/user_busy_times", "availability:read", "availability", AGAIN, NULL },
  { READ, "/scheduled_events", "scheduled_events:read", "meetings", AGAIN, NULL },
  { READ, "/scheduled_events/*", "scheduled_events:read", "meetings", AGAIN, NULL },
  { READ, "/scheduled_events/*/invitees", "scheduled_events:read", "meetings", AGAIN, NULL },
  { READ, "/scheduled_events/*/invitees/*", "scheduled_events:read", "meetings", AGAIN, NULL },
  { "POST", "/scheduled_events/*/cancellation", "scheduled_events:write", "meetings", AGAIN,
    "Event is already canceled" },
  { "POST", "/invitee_no_shows", "scheduled_events:write", "meetings", ONCE, NULL },
  { "DELETE", "/invitee_no_shows/*", "scheduled_events:write", "meetings", AGAIN, "" },
  { "POST", "/scheduling_links", "scheduling_links:write", "links", ONCE, NULL },
  { "POST", "/webhook_subscriptions", "webhooks:write", "webhooks", ONCE, NULL },
  { READ, "/webhook_subscriptions", "webhooks:read", "webhooks", AGAIN, NULL },
  { READ, "/webhook_subscriptions/*", "webhooks:read", "webhooks", AGAIN, NULL },
  { "DELETE", "/webhook_subscriptions/*", "webhooks:write", "webhooks", AGAIN, "" },
  { READ, "/contacts", "contacts:read", "contacts", AGAIN, NULL },
  { READ, "/meeting_recaps", "meeting_recaps:read", "recaps", AGAIN, NULL },
  { READ, "/meeting_recaps/*", "meeting_recaps:read", "recaps", AGAIN, NULL },
};

/* One part of a path against one of a pattern, both up to their next slash. */
static gboolean
part_fits (const char *pattern,
           gsize       pattern_length,
           const char *part,
           gsize       part_length)
{
  if (pattern_length == 1 && *pattern == '*')
    return part_length > 0;

  return pattern_length == part_length && memcmp (pattern, part, part_length) == 0;
}

static gboolean
path_fits (const char *pattern,
           const char *path)
{
  while (*pattern == '/' && *path == '/')
    {
      gsize pattern_length = strcspn (++pattern, "/");
      gsize path_length = strcspn (++path, "/");

      if (!part_fits (pattern, pattern_length, path, path_length))
        return FALSE;
      pattern += pattern_length;
      path += path_length;
    }

  return *pattern == '\0' && *path == '\0';
}

/**
 * tpt_api_endpoint_find:
 * @path: without its query
 *
 * Returns: (nullable): the endpoint; what is written out wins over an id
 */
const TptApiEndpoint *
tpt_api_endpoint_find (const char *method,
                       const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      if (strcmp (endpoints[i].method, method) == 0 && path_fits (endpoints[i].path, path))
        return &endpoints[i];
    }

  return NULL;
}

/** tpt_api_endpoint_list: (array length=length): every endpoint */
const TptApiEndpoint *
tpt_api_endpoint_list (guint *length)
{
  *length = G_N_ELEMENTS (endpoints);

  return endpoints;
}
