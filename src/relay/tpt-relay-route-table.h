/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-context.h"

G_BEGIN_DECLS

/* Which of the two addresses a request came to. */
typedef enum
{
  TPT_RELAY_DOOR_PUBLIC,
  TPT_RELAY_DOOR_ADMIN,
} TptRelayDoor;

/**
 * TptRelayAccess:
 * @TPT_RELAY_ACCESS_ANYBODY: nothing is asked
 * @TPT_RELAY_ACCESS_WEBHOOK: who knows a signing key; the route checks it, for it needs the body
 * @TPT_RELAY_ACCESS_CODE: who has an enrolment code; the route looks for it in the body
 * @TPT_RELAY_ACCESS_DEVICE: an enrolled device
 * @TPT_RELAY_ACCESS_OWN_DEVICE: the enrolled device that the address names
 * @TPT_RELAY_ACCESS_DEVICE_OR_CODE: an enrolled device, or who has an enrolment code; the code is
 *   not used up
 * @TPT_RELAY_ACCESS_ADMIN: the operator, by the admin token
 *
 * Who may use a route.
 */
typedef enum
{
  TPT_RELAY_ACCESS_ANYBODY,
  TPT_RELAY_ACCESS_WEBHOOK,
  TPT_RELAY_ACCESS_CODE,
  TPT_RELAY_ACCESS_DEVICE,
  TPT_RELAY_ACCESS_OWN_DEVICE,
  TPT_RELAY_ACCESS_DEVICE_OR_CODE,
  TPT_RELAY_ACCESS_ADMIN,
} TptRelayAccess;

/**
 * TptRelayRoute:
 * @pattern: a path in which `*` stands for one segment
 *
 * One line of the table. Whoever it does not let in never gets to the handler.
 */
typedef struct
{
  const char      *method;
  const char      *pattern;
  TptRelayDoor     door;
  TptRelayAccess   access;
  void           (*handle) (TptRelayContext *context,
                            TptRelayRequest *request);
} TptRelayRoute;

const TptRelayRoute *tpt_relay_route_table_get  (guint             *count);
const TptRelayRoute *tpt_relay_route_table_find (TptRelayDoor       door,
                                                 TptRelayRequest   *request,
                                                 const char       **allow);

G_END_DECLS
