/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-listener-client.h"
#include "tpt-listener-secret.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_ROLE (tpt_listener_role_get_type ())

/**
 * TptListenerRole:
 *
 * Shows the relay from time to time that the account may have what concerns colleagues: it keeps no
 * token by which it could ask the service itself, and two days after the last time it sends only
 * what is the account's own.
 */
G_DECLARE_FINAL_TYPE (TptListenerRole, tpt_listener_role, TPT, LISTENER_ROLE, GObject)

TptListenerRole *tpt_listener_role_new   (TptConnection           *connection,
                                          TptListenerClient       *client);
void             tpt_listener_role_start (TptListenerRole         *self,
                                          const TptListenerSecret *secret);
void             tpt_listener_role_stop  (TptListenerRole         *self);

G_END_DECLS
