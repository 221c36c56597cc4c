/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-apply.h"
#include "tpt-listener-secret.h"
#include "tpt-organization-view.h"
#include "tpt-relay-message.h"

G_BEGIN_DECLS

#define TPT_SETTING_CURSOR "relay.cursor"
#define TPT_SETTING_LAST_EVENT "relay.last-event-at"

#define TPT_TYPE_LISTENER_INBOX (tpt_listener_inbox_get_type ())

/**
 * TptListenerInbox:
 *
 * Takes in what the relay's stream brings, one event after the other: opens it, applies it and
 * moves the cursor in the same transaction.
 *
 * Signal `kept` (string cursor): everything up to it is in the database and nothing more waits.
 * Signal `doubt`: something could not be believed or read; look at the service itself.
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
