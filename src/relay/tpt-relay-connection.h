/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-fate.h"
#include "tpt-relay-request.h"

G_BEGIN_DECLS

typedef void (*TptRelayRequestFunc)    (TptRelayRequest    *request,
                                        gpointer            user_data);
typedef void (*TptRelayConnectionFunc) (TptRelayConnection *connection,
                                        gpointer            user_data);
typedef void (*TptRelayHeldFunc)       (TptRelayConnection *connection,
                                        gssize              change,
                                        gpointer            user_data);

TptRelayConnection *tpt_relay_connection_new              (GSocket                *socket,
                                                           TptRelayRequestFunc     on_request,
                                                           TptRelayConnectionFunc  on_closed,
                                                           TptRelayHeldFunc        on_held,
                                                           gpointer                user_data);
TptRelayConnection *tpt_relay_connection_ref              (TptRelayConnection     *self);
void                tpt_relay_connection_unref            (TptRelayConnection     *self);
void                tpt_relay_connection_close            (TptRelayConnection     *self);
void                tpt_relay_connection_finish           (TptRelayConnection     *self);
gboolean            tpt_relay_connection_may_be_dropped   (TptRelayConnection     *self);
gsize               tpt_relay_connection_get_held         (TptRelayConnection     *self);
gboolean            tpt_relay_connection_is_reading       (TptRelayConnection     *self);
void                tpt_relay_connection_set_authenticated (TptRelayConnection    *self);
void                tpt_relay_connection_answer           (TptRelayConnection     *self,
                                                           TptRelayHead           *head,
                                                           guint                   status,
                                                           const char             *type,
                                                           const GString          *fields,
                                                           const char             *body);
void                tpt_relay_connection_set_patience     (TptRelayConnection     *self,
                                                           guint                   seconds);
TptRelayFate       *tpt_relay_connection_get_fate         (TptRelayConnection     *self);
int                 tpt_relay_connection_get_fd           (TptRelayConnection     *self);
GSocket            *tpt_relay_connection_steal            (TptRelayConnection     *self);

G_END_DECLS
