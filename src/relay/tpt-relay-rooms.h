/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-context.h"

G_BEGIN_DECLS

/* What is called again with a request that had to wait. */
typedef void (*TptRelayRoomsAgain) (TptRelayContext *context,
                                    TptRelayRequest *request);

TptRelayRooms *tpt_relay_rooms_new   (TptRelayContext    *context);
void           tpt_relay_rooms_free  (TptRelayRooms      *self);
gboolean       tpt_relay_rooms_admit (TptRelayRooms      *self,
                                      TptRelayRequest    *request,
                                      const char         *user,
                                      TptRelayRoomsAgain  again);
void           tpt_relay_rooms_note_read (TptRelayRooms  *self,
                                          const char     *user);

G_END_DECLS
