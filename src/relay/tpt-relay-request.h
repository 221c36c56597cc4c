/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-relay-head.h"
#include "tpt-relay-record.h"

G_BEGIN_DECLS

typedef struct _TptRelayConnection TptRelayConnection;
typedef struct _TptRelayDevice     TptRelayDevice;

/**
 * TptRelayRequest:
 * @body: complete
 * @argument: (nullable): what stood in the place of `*` in the route's pattern
 * @device: (nullable): whose token came with it, on routes for devices
 * @has_code: whether an enrolment code stands in the place of the token; @code_hash names it, and
 *   it may have been used
 * @was_looked_for: whether other relays were asked about who sent it
 * @was_measured: whether the journal was asked how much waits for its user
 * @type: (nullable): of the answer's body; JSON where it is NULL
 * @fields: (nullable): more of the answer's head, see tpt_relay_request_add_field ()
 *
 * One request that waits for its answer. Where that takes too long the client has been told so,
 * and nobody hears what ends the request then. Exactly one of tpt_relay_request_reply (), _problem
 * () and _steal () ends it; it may be kept until then. Main thread only.
 */
typedef struct
{
  TptRelayConnection *connection;
  TptRelayHead       *head;
  GBytes             *body;
  char               *argument;
  TptRelayDevice     *device;
  gboolean            has_code;
  guint8              code_hash[TPT_RELAY_HASH_SIZE];
  gboolean            was_looked_for;
  gboolean            was_measured;
  const char         *type;
  GString            *fields;
} TptRelayRequest;

TptRelayRequest *tpt_relay_request_new           (TptRelayConnection  *connection,
                                                  TptRelayHead        *head,
                                                  GBytes              *body);
void             tpt_relay_request_reply         (TptRelayRequest     *self,
                                                  guint                status,
                                                  const char          *body);
void             tpt_relay_request_problem       (TptRelayRequest     *self,
                                                  guint                status,
                                                  const char          *error,
                                                  const char          *message);
GSocket         *tpt_relay_request_steal         (TptRelayRequest     *self);
void             tpt_relay_request_authenticated (TptRelayRequest     *self);
void             tpt_relay_request_add_field     (TptRelayRequest     *self,
                                                  const char          *name,
                                                  const char          *value);
void             tpt_relay_request_set_patience  (TptRelayRequest     *self,
                                                  guint                seconds);
gboolean         tpt_relay_request_begin         (TptRelayRequest     *self);
gboolean         tpt_relay_request_is_over       (TptRelayRequest     *self);
int              tpt_relay_request_get_fd        (TptRelayRequest     *self);

G_END_DECLS
