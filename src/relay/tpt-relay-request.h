/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-relay-head.h"

G_BEGIN_DECLS

typedef struct _TptRelayConnection TptRelayConnection;

/**
 * TptRelayRequest:
 * @body: complete
 * @argument: (nullable): what stood in the place of `*` in the route's pattern
 * @allow: (nullable): the methods to name with a 405
 *
 * One request that waits for its answer. Exactly one of tpt_relay_request_reply (), _problem () and
 * _steal () ends it; it may be kept until then. Main thread only.
 */
typedef struct
{
  TptRelayConnection *connection;
  TptRelayHead       *head;
  GBytes             *body;
  char               *argument;
  const char         *allow;
} TptRelayRequest;

void     tpt_relay_request_reply         (TptRelayRequest  *self,
                                          guint             status,
                                          const char       *json);
void     tpt_relay_request_problem       (TptRelayRequest  *self,
                                          guint             status,
                                          const char       *error,
                                          const char       *message);
GSocket *tpt_relay_request_steal         (TptRelayRequest  *self);
void     tpt_relay_request_authenticated (TptRelayRequest  *self);

G_END_DECLS
