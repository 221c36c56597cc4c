/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-listener-batch.h"
#include "tpt-listener-secret.h"
#include "tpt-relay-message.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_INBOX (tpt_listener_inbox_get_type ())

/**
 * TptListenerInbox:
 *
 * Takes in what the relay's stream brings, batch after batch: one transaction applies it and moves
 * the cursor. What waits is bounded by whoever heeds `crowded`.
 *
 * Signal `kept` (string cursor): everything up to it is in the database. Signal `crowded`
 * (boolean): more waits than should, or not any more. Signal `lost`: the store cannot take
 * anything now; what waited has to come again, from the cursor on. Signal `tested`: a test of the
 * relay has arrived. Signal `doubt`: something could not be believed or read; look at the service
 * itself.
 */
G_DECLARE_FINAL_TYPE (TptListenerInbox, tpt_listener_inbox, TPT, LISTENER_INBOX, GObject)

TptListenerInbox *tpt_listener_inbox_new        (TptStore                *store,
                                                 TptApply                *apply,
                                                 TptApiClient            *client,
                                                 TptOrganizationView     *view);
void              tpt_listener_inbox_open       (TptListenerInbox        *self,
                                                 const TptListenerSecret *secret,
                                                 const char              *cursor);
void              tpt_listener_inbox_close      (TptListenerInbox        *self);
void              tpt_listener_inbox_push       (TptListenerInbox        *self,
                                                 const TptRelayFrame     *frame);
void              tpt_listener_inbox_reset      (TptListenerInbox        *self);
const char       *tpt_listener_inbox_get_cursor (TptListenerInbox        *self);

G_END_DECLS
