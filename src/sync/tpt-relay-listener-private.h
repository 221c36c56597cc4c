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
  GTask *enrolling;            /* waits for the webhook subscription */

  TptTime last_event_at;
  gboolean is_started;
};

G_END_DECLS
