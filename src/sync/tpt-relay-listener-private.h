/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-listener-client.h"
#include "tpt-listener-inbox.h"
#include "tpt-listener-line.h"
#include "tpt-listener-role.h"
#include "tpt-listener-webhook.h"
#include "tpt-relay-listener.h"

G_BEGIN_DECLS

/* For TptRelayListener itself, and for what examines it. */

struct _TptRelayListener
{
  GObject parent_instance;

  /* owned */
  TptConnection *connection;
  TptStore *store;
  TptTokenStore *secrets;
  TptApiClient *api;
  TptListenerClient *client;
  TptListenerInbox *inbox;
  TptListenerLine *line;
  TptListenerWebhook *webhook;
  TptListenerRole *role;
  TptListenerSecret *secret;   /* NULL: no relay is set */
  TptListenerSecret *waiting;  /* address and code of an enrolment that waits for a sign-in */
  char *waiting_message;       /* why it still waits although there was one, or NULL */
  GTask *enrolling;            /* waits for the webhook subscription */

  TptTime last_event_at;
  guint retry;
  gboolean is_started;
  gboolean is_settling;        /* what waited is being enrolled */
};

gboolean tpt_relay_listener_is_connected (TptRelayListener  *self);
void     tpt_relay_listener_set          (TptRelayListener  *self,
                                          TptListenerSecret *secret,
                                          const char        *cursor);
void     tpt_relay_listener_hang_up      (TptRelayListener  *self);
void     tpt_relay_listener_arrange      (TptRelayListener  *self);

G_END_DECLS
