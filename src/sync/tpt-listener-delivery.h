/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-deliveries-table.h"
#include "tpt-relay-box.h"
#include "tpt-webhook-fact.h"

G_BEGIN_DECLS

/* What the relay's own test is called where webhooks have the names of the service. */
#define TPT_LISTENER_TEST_EVENT "touchpoint.test"

/**
 * TptListenerDelivery:
 * @meeting: (nullable): what is to be applied; its invitees are stamped
 * @asks: it is not believed: the service has to be asked about its booking
 * @asked: that has been done
 * @reason: (nullable): why it was set aside
 *
 * One event of the relay's stream on its way into the record.
 */
typedef struct
{
  char *cursor;
  char *data;
  TptTime now;
  TptWebhookFact *fact;
  TptMeeting *meeting;
  TptDeliveryOutcome outcome;
  gboolean is_late;
  gboolean asks;
  gboolean asked;
  char *reason;
} TptListenerDelivery;

TptListenerDelivery *tpt_listener_delivery_new       (const char                *cursor,
                                                      const char                *data,
                                                      TptTime                    now);
void                 tpt_listener_delivery_free      (TptListenerDelivery       *self);
void                 tpt_listener_delivery_read      (TptListenerDelivery       *self,
                                                      const guint8              *secret_key);
void                 tpt_listener_delivery_set_aside (TptListenerDelivery       *self,
                                                      const char                *reason);
gboolean             tpt_listener_delivery_is_test   (const TptListenerDelivery *self);
gboolean             tpt_listener_delivery_note      (const TptListenerDelivery *self,
                                                      TptSession                *session,
                                                      gboolean                   is_listed,
                                                      GError                   **error);

G_END_DECLS
