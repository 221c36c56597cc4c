/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-route-table.h"

#include <string.h>

#include "tpt-relay-routes.h"

static const TptRelayRoute routes[] = {
  { "POST", "/v1/calendly/webhook", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_WEBHOOK,
    tpt_relay_webhook_route },
  { "POST", "/v1/calendly/webhook/*", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_WEBHOOK,
    tpt_relay_webhook_route },
  { "POST", "/v1/devices", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_CODE, tpt_relay_enrol_route },
  { "DELETE", "/v1/devices/*", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_OWN_DEVICE,
    tpt_relay_device_end_route },
  { "POST", "/v1/devices/*/test", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_OWN_DEVICE,
    tpt_relay_device_test_route },
  { "POST", "/v1/devices/*/role", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_OWN_DEVICE,
    tpt_relay_role_route },
  { "GET", "/v1/events", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_DEVICE, tpt_relay_events_route },
  { "POST", "/v1/events/ack", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_DEVICE, tpt_relay_ack_route },
  { "POST", "/v1/oauth/flows", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_DEVICE_OR_CODE,
    tpt_relay_flow_route },
  { "GET", "/oauth/callback", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_ANYBODY,
    tpt_relay_callback_route },
  { "GET", "/healthz", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_ANYBODY, tpt_relay_health_route },
  { "GET", "/readyz", TPT_RELAY_DOOR_PUBLIC, TPT_RELAY_ACCESS_ANYBODY, tpt_relay_health_route },
  { "GET", "/metrics", TPT_RELAY_DOOR_ADMIN, TPT_RELAY_ACCESS_ADMIN, tpt_relay_metrics_route },
  { "POST", "/v1/admin/devices", TPT_RELAY_DOOR_ADMIN, TPT_RELAY_ACCESS_ADMIN,
    tpt_relay_admin_devices_route },
  { "POST", "/v1/admin/devices/*/end", TPT_RELAY_DOOR_ADMIN, TPT_RELAY_ACCESS_ADMIN,
    tpt_relay_admin_end_route },
  { "POST", "/v1/admin/codes/roll", TPT_RELAY_DOOR_ADMIN, TPT_RELAY_ACCESS_ADMIN,
    tpt_relay_admin_codes_route },
  { "POST", "/v1/admin/keys/reload", TPT_RELAY_DOOR_ADMIN, TPT_RELAY_ACCESS_ADMIN,
    tpt_relay_admin_keys_route },
  { "POST", "/v1/admin/erase", TPT_RELAY_DOOR_ADMIN, TPT_RELAY_ACCESS_ADMIN,
    tpt_relay_erase_route },
  { "POST", "/v1/admin/audit", TPT_RELAY_DOOR_ADMIN, TPT_RELAY_ACCESS_ADMIN,
    tpt_relay_audit_route },
};

/* Returns: (transfer full) (nullable): what `*` stands for, "" where the pattern has none */
static char *
match (const char *pattern,
       const char *path)
{
  const char *star = strchr (pattern, '*');
  gsize before = star != NULL ? (gsize) (star - pattern) : 0;
  gsize segment;

  if (star == NULL)
    return strcmp (pattern, path) == 0 ? g_strdup ("") : NULL;
  if (strncmp (pattern, path, before) != 0)
    return NULL;
  segment = strcspn (path + before, "/");
  if (segment == 0 || strcmp (star + 1, path + before + segment) != 0)
    return NULL;

  return g_strndup (path + before, segment);
}

/* All of them, for the server and for the test of who may use which. */
const TptRelayRoute *
tpt_relay_route_table_get (guint *count)
{
  *count = G_N_ELEMENTS (routes);

  return routes;
}

/**
 * tpt_relay_route_table_find:
 * @request: gets what stands in the place of `*`
 * @allow: (out): the method that the address would bear, where it is not this one
 *
 * Returns: (nullable): NULL where there is nothing behind this door for this request
 */
const TptRelayRoute *
tpt_relay_route_table_find (TptRelayDoor      door,
                            TptRelayRequest  *request,
                            const char      **allow)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *argument = NULL;

      if (routes[i].door == door)
        argument = match (routes[i].pattern, request->head->path);
      if (argument == NULL)
        continue;
      if (strcmp (routes[i].method, request->head->method) != 0)
        {
          *allow = routes[i].method;
          continue;
        }
      if (argument[0] != '\0')
        request->argument = g_steal_pointer (&argument);
      return &routes[i];
    }

  return NULL;
}
