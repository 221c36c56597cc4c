/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-guard.h"

#include <string.h>

/* The token of `Authorization: Bearer TOKEN`; NULL where there is none or more than one. */
static const char *
get_token (TptRelayRequest *request)
{
  const char *value = tpt_relay_head_get (request->head, "authorization");

  if (value == NULL || tpt_relay_head_count (request->head, "authorization") != 1 ||
      g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return NULL;

  return value + 7;
}

static gboolean
admit_device (TptRelayContext *context,
              TptRelayRequest *request)
{
  const char *token = get_token (request);

  if (token != NULL)
    request->device = tpt_relay_directory_find_token (context->directory, token);
  if (request->device == NULL)
    {
      tpt_relay_context_count (context, "wrong-token");
      tpt_relay_request_problem (request, 401, "unauthorized", "A device token is needed.");
      return FALSE;
    }
  tpt_relay_request_authenticated (request);

  return TRUE;
}

/* A foreign device is as good as none: nobody learns which there are. */
static gboolean
admit_own_device (TptRelayContext *context,
                  TptRelayRequest *request)
{
  if (!admit_device (context, request))
    return FALSE;
  if (strcmp (tpt_relay_device_get_record (request->device)->name, request->argument) == 0)
    return TRUE;
  tpt_relay_request_problem (request, 404, "not_found", "There is no such device.");

  return FALSE;
}

/**
 * tpt_relay_guard_admit:
 *
 * Whether the one who asks may use the route, as its line in the table says.
 *
 * Returns: FALSE after having answered, which ends the request
 */
gboolean
tpt_relay_guard_admit (TptRelayContext     *context,
                       TptRelayRequest     *request,
                       const TptRelayRoute *route)
{
  switch (route->access)
    {
    case TPT_RELAY_ACCESS_ANYBODY:
    case TPT_RELAY_ACCESS_WEBHOOK:
    case TPT_RELAY_ACCESS_CODE:
      return TRUE;
    case TPT_RELAY_ACCESS_DEVICE:
      return admit_device (context, request);
    case TPT_RELAY_ACCESS_OWN_DEVICE:
      return admit_own_device (context, request);
    case TPT_RELAY_ACCESS_ADMIN:
    default:
      tpt_relay_request_problem (request, 401, "unauthorized", "The admin token is needed.");
      return FALSE;
    }
}
