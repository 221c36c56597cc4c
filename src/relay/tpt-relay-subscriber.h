/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-device.h"
#include "tpt-relay-message.h"

G_BEGIN_DECLS

typedef struct _TptRelaySubscriber TptRelaySubscriber;

/* What a client of GET /v1/events is told by. */
typedef enum
{
  TPT_RELAY_SUBSCRIBER_STREAM, /* text/event-stream, without end */
  TPT_RELAY_SUBSCRIBER_PAGE,   /* one JSON page, as soon as there is something */
} TptRelaySubscriberKind;

/* How a subscriber stands after it was given a chance to go on. */
typedef enum
{
  TPT_RELAY_SUBSCRIBER_IDLE,  /* has all there is */
  TPT_RELAY_SUBSCRIBER_FULL,  /* waits until its socket takes more */
  TPT_RELAY_SUBSCRIBER_ENDED, /* done, gone, or stuck */
} TptRelaySubscriberState;

TptRelaySubscriber      *tpt_relay_subscriber_new        (GSocket                 *socket,
                                                          TptRelayDevice          *device,
                                                          TptRelaySubscriberKind   kind,
                                                          const TptRelayCursor    *cursor);
void                     tpt_relay_subscriber_free       (TptRelaySubscriber      *self);
int                      tpt_relay_subscriber_get_fd     (TptRelaySubscriber      *self);
gint64                   tpt_relay_subscriber_get_device (TptRelaySubscriber      *self);
gboolean                 tpt_relay_subscriber_is_endless (TptRelaySubscriber     *self);
TptRelaySubscriberState  tpt_relay_subscriber_start      (TptRelaySubscriber      *self,
                                                          TptRelayJournal         *journal);
TptRelaySubscriberState  tpt_relay_subscriber_go_on      (TptRelaySubscriber      *self,
                                                          TptRelayJournal         *journal);
TptRelaySubscriberState  tpt_relay_subscriber_tick       (TptRelaySubscriber      *self,
                                                          gint64                   now);
gboolean                 tpt_relay_subscriber_note_state (TptRelaySubscriber      *self,
                                                          TptRelaySubscriberState  state);
gboolean                 tpt_relay_subscriber_is_there   (TptRelaySubscriber      *self);
void                     tpt_relay_subscriber_goodbye    (TptRelaySubscriber      *self);

G_END_DECLS
